/**
 * What plugins are given is what libcni gives them: the same configurations go through its own cnitool
 * (test/tools/cnitool has the version) and through ours, with plugins that write down environment and standard input.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'node:test';
import { createProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { createCni } from './cni.ts';
import { LIBCNI_CASES, type LibcniCase } from './testdata/libcni-cases.ts';
import { attachment, signal, testNode, type TestNode } from './test-node.ts';

const execute = promisify(execFile);
const BIN = resolve(import.meta.dirname, '../../.cache/bin');
const NETNS = '/proc/self/ns/net';
/** How cnitool names the container of a namespace. */
const SANDBOX = `cnitool-${createHash('sha512').update(NETNS).digest('hex').slice(0, 20)}`;
const CNI_ARGS = `IgnoreUnknown=1;K8S_POD_NAMESPACE=ns;K8S_POD_NAME=pod;K8S_POD_INFRA_CONTAINER_ID=${SANDBOX};K8S_POD_UID=uid`;
/** cnitool's cache has a fixed place, which is a file system of its own here. */
const WITH_OWN_CACHE = ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /var/lib && "$@" 2>&1', 'sh'];

interface Call { readonly plugin: string; readonly command: string; readonly environment: readonly string[]; readonly stdin: unknown }

async function prepare({ files, answer, answers = {} }: LibcniCase): Promise<TestNode> {
  const node = await testNode([]);
  for (const name of ['recorder', 'recorder2']) await copyFile(join(import.meta.dirname, 'testdata/recorder.sh'), join(node.pluginDir, name));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(node.confDir, path)), { recursive: true });
    await node.configure(path, content);
  }
  for (const [name, result] of Object.entries({ answer, ...Object.fromEntries(Object.entries(answers).map(([plugin, value]) => [`answer-${plugin}`, value])) })) {
    await writeFile(join(node.pluginDir, name), JSON.stringify(result));
  }
  return node;
}

/** What the plugins have written down since the last time. */
async function takeCalls({ pluginDir }: TestNode): Promise<Call[]> {
  const file = join(pluginDir, 'calls');
  const text = await readFile(file, 'utf8').catch(() => '');
  await rm(file, { force: true });
  return text.split('\n').filter((line) => line !== '').map((line) => {
    const [plugin = '', command = '', ...rest] = line.split('\t');
    return { plugin, command, environment: rest.slice(0, -1), stdin: JSON.parse(rest.at(-1) ?? '', withoutEmptyDns) as unknown };
  });
}

/** libcni writes an empty object into results of old versions where a plugin had no member at all. */
function withoutEmptyDns(key: string, value: unknown): unknown {
  return key === 'dns' && JSON.stringify(value) === '{}' ? undefined : value;
}

/** Each of cnitool's commands may fail, as CHECK does where a version has none. */
async function callsOfCnitool(node: TestNode, { capabilityArgs = {} }: LibcniCase): Promise<Call[]> {
  const script = `for c in status add check del; do "${BIN}/cnitool" $c golden ${NETNS} > /dev/null; done; "${BIN}/cni-gc" golden ${SANDBOX}/eth0`;
  const env = { PATH: process.env['PATH'], NETCONFPATH: node.confDir, CNI_PATH: node.pluginDir, CNI_ARGS, CAP_ARGS: JSON.stringify(capabilityArgs) };
  await execute('unshare', [...WITH_OWN_CACHE, 'sh', '-c', script], { env, timeout: 60_000 });
  return takeCalls(node);
}

async function ourCalls(node: TestNode, { wishes = {} }: LibcniCase): Promise<Call[]> {
  await using cni = await createCni({ confDir: node.confDir, pluginDirs: [node.pluginDir], cacheDir: node.cacheDir, runner: createProcessRunner(), defaultNetwork: 'golden', hostPorts: false, log: silentLogger });
  const wanted = attachment({ sandboxId: SANDBOX, netnsPath: NETNS, ...wishes });
  await cni.add(wanted, { signal: signal() });
  await cni.check(wanted, { signal: signal() });
  const calls = await takeCalls(node);
  // GC while it is attached, so that the list of valid attachments has it.
  await cni.collect(() => true, { signal: signal() });
  const gc = await takeCalls(node);
  await cni.del(wanted, { signal: signal() });
  return [...calls, ...await takeCalls(node), ...gc];
}

test('the one difference: members of a result that nobody knows go on to the next plugin, where libcni drops them', async () => {
  const one = { name: '', files: { '10.conflist': { cniVersion: '1.0.0', name: 'golden', plugins: [{ type: 'recorder' }, { type: 'recorder2' }] } }, answer: { ips: [{ address: '10.9.0.5/24' }], own: { a: 1 } } };
  await using node = await prepare(one);
  const prevResults = (calls: readonly Call[]): unknown[] => calls.map(({ stdin }) => (stdin as { prevResult?: unknown }).prevResult).filter((result) => result !== undefined);
  const known = { cniVersion: '1.0.0', ips: [{ address: '10.9.0.5/24' }] };
  assert.deepEqual(new Set(prevResults(await callsOfCnitool(node, one)).map((result) => JSON.stringify(result))), new Set([JSON.stringify(known)]));
  const ours = prevResults(await ourCalls(node, one));
  assert.equal(ours.length, 5);
  for (const result of ours) assert.deepEqual(result, { ...known, own: { a: 1 } });
});

for (const one of LIBCNI_CASES) {
  test(`plugins are given what libcni gives them: ${one.name}`, async () => {
    await using node = await prepare(one);
    const theirs = await callsOfCnitool(node, one);
    const ours = await ourCalls(node, one);
    assert.ok(theirs.length >= 2, `cnitool called nobody: ${JSON.stringify(theirs)}`);
    assert.deepEqual(ours, theirs);
  });
}
