/** The CNI project's own plugins for tests, noop and sleep (test/tools/cnitool/go.mod has their version), as real processes. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { DavitError } from '#errors';
import { createProcessRunner, MNT_DETACH, umount } from '#linux';
import { silentLogger } from '#log';
import { createCni } from './cni.ts';
import { attachment as attachmentOf, signal, testNode, type TestNode } from './test-node.ts';
import type { Attachment, Cni } from './types.ts';

const BIN = resolve(import.meta.dirname, '../../.cache/bin');
const RESULT = { cniVersion: '1.0.0', interfaces: [{ name: 'eth0', sandbox: '/run/x' }], ips: [{ interface: 0, address: '10.9.0.5/24' }], dns: {} };

/** Less than the sixty seconds that sleep takes. */
const SHORT_TIMEOUT_MS = 500;

let directory: string;
let netnsPath: string;

// They refuse to work in the namespace that they are in.
before(async () => {
  directory = await mkdtemp('/tmp/cni-project-');
  netnsPath = join(directory, 'net');
  await writeFile(netnsPath, '');
  await promisify(execFile)('unshare', [`--net=${netnsPath}`, 'true']);
});
after(async () => {
  umount(netnsPath, MNT_DETACH);
  await rm(directory, { recursive: true });
});

const attachment = (): Attachment => attachmentOf({ netnsPath });

/** What noop reads at each command, and where it writes what it was given. */
interface Debug {
  readonly ReportResult?: string;
  readonly ReportError?: string;
  readonly ReportErrorCode?: number;
  readonly ReportStderr?: string;
  readonly ReportVersionSupport?: readonly string[];
  readonly ExitWithCode?: number;
  readonly Command?: string;
  readonly CmdArgs?: { readonly ContainerID: string; readonly Netns: string; readonly IfName: string; readonly Args: string; readonly StdinData: string };
}

/** A network of as many noops as there are behaviours. */
async function nodeWith(...behaviours: readonly Debug[]): Promise<TestNode> {
  const node = await testNode([]);
  await copyFile(join(BIN, 'cni-noop'), join(node.pluginDir, 'noop'));
  for (const at of behaviours.keys()) await behave(node, behaviours[at] ?? {}, at);
  await node.configure('10-net.conflist', { cniVersion: '1.0.0', name: 'net', plugins: behaviours.map((_debug, at) => ({ type: 'noop', debugFile: debugFile(node, at) })) });
  return node;
}

const debugFile = (node: TestNode, at: number): string => join(node.pluginDir, `debug${at}`);
const behave = (node: TestNode, debug: Debug, at = 0): Promise<void> => writeFile(debugFile(node, at), JSON.stringify(debug));
const given = async (node: TestNode, at = 0): Promise<Debug> => JSON.parse(await readFile(debugFile(node, at), 'utf8')) as Debug;
const cniOf = ({ confDir, pluginDir, cacheDir }: TestNode, timeoutMs = 30_000): Promise<Cni> => createCni({ confDir, pluginDirs: [pluginDir], cacheDir, runner: createProcessRunner(), timeoutMs, hostPorts: false, log: silentLogger });

test('noop is given its sandbox, and hands results on: ADD, CHECK, DEL', async () => {
  await using node = await nodeWith({ ReportResult: JSON.stringify(RESULT) }, { ReportResult: 'PASSTHROUGH' }, { ReportResult: 'INJECT-DNS' });
  await using cni = await cniOf(node);
  const { ips, raw } = await cni.add(attachment(), { signal: signal() }) as { ips: readonly string[]; raw: { dns?: unknown } };
  assert.deepEqual([ips, raw.dns], [['10.9.0.5'], { nameservers: ['1.2.3.4'] }]);
  for (const command of ['ADD', 'CHECK', 'DEL'] as const) {
    if (command === 'CHECK') assert.equal(await cni.check(attachment(), { signal: signal() }), 'in order');
    if (command === 'DEL') await cni.del(attachment(), { signal: signal() });
    const { Command, CmdArgs } = await given(node, 2);
    assert.ok(CmdArgs);
    assert.deepEqual([Command, CmdArgs.ContainerID, CmdArgs.Netns, CmdArgs.IfName], [command, 'box', netnsPath, 'eth0']);
    assert.match(CmdArgs.Args, /K8S_POD_NAMESPACE=ns;K8S_POD_NAME=pod/);
    const { name, prevResult } = JSON.parse(Buffer.from(CmdArgs.StdinData, 'base64').toString()) as { name: string; prevResult: { dns?: unknown; ips: unknown } };
    assert.deepEqual([name, prevResult.ips], ['net', RESULT.ips]);
    if (command !== 'ADD') assert.deepEqual(prevResult.dns, { nameservers: ['1.2.3.4'] });
  }
});

for (const [what, debug, code, message] of [
  ['an error', { ReportError: 'the cable is out', ReportErrorCode: 999 }, 'Internal', /CNI plugin "noop": ADD sandbox "box" to network "net": the cable is out \(CNI code 999\)/],
  ['an error that asks for another try', { ReportError: 'the pool is empty', ReportErrorCode: 11 }, 'Unavailable', /the pool is empty \(CNI code 11\)/],
  ['an error of the configuration', { ReportError: 'bad network', ReportErrorCode: 7 }, 'FailedPrecondition', /bad network \(CNI code 7\)/],
  ['garbage', { ReportResult: 'this is no JSON' }, 'Internal', /CNI plugin "noop": .*not JSON: "this is no JSON"/],
  ['garbage and a failure', { ReportResult: 'panic: oh', ReportStderr: 'goroutine 1', ExitWithCode: 3 }, 'Internal', /exit code 3, stdout "panic: oh", stderr "goroutine 1"/],
  ['a result of an unknown version', { ReportResult: '{"cniVersion":"9.9.9"}' }, 'Internal', /cniVersion "9\.9\.9"/],
  ['that it does not know the version', { ReportVersionSupport: ['0.3.1'] }, 'FailedPrecondition', /incompatible CNI versions.*\(CNI code 1\)/],
] as const satisfies readonly (readonly [string, Debug, string, RegExp])[]) {
  test(`add() fails in ${code} when noop says ${what}; del() takes it back, and it works when noop does`, async () => {
    await using node = await nodeWith(debug);
    await using cni = await cniOf(node);
    await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof DavitError && error.code === code && message.test(error.message));
    await behave(node, { ReportResult: JSON.stringify(RESULT) });
    await cni.del(attachment(), { signal: signal() });
    assert.equal((await given(node)).Command, 'DEL');
    assert.deepEqual((await cni.add(attachment(), { signal: signal() })).ips, ['10.9.0.5']);
  });
}

test('sleep, which does not answer in time, keeps the network not ready, and a pod that is attached all the same hears its name', async () => {
  await using node = await testNode([]);
  await copyFile(join(BIN, 'cni-sleep'), join(node.pluginDir, 'sleep'));
  await node.configure('10-net.conflist', { cniVersion: '1.0.0', name: 'net', plugins: [{ type: 'sleep' }] });
  await using cni = await cniOf(node, SHORT_TIMEOUT_MS);
  assert.match(cni.status().message, /CNI plugin "sleep": VERSION: no answer after \d+ ms/);
  await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof DavitError && error.code === 'DeadlineExceeded' && /CNI plugin "sleep": ADD sandbox "box"/.test(error.message));
});
