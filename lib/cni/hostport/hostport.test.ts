import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { AlreadyExistsError, DavitError, FailedPreconditionError, InternalError } from '#errors';
import type { RunResult, RunSpec } from '#linux';
import { silentLogger } from '#log';
import { HostPorts } from './host-ports.ts';
import { nftScript } from './nft-script.ts';
import { hostPortRules, isHostPortRule, type HostPortRule } from './rules.ts';

const ADDRESSES = ['10.1.2.3/24', 'fd00::3/64', '10.1.2.4/24'];
const web: HostPortRule = { protocol: 'tcp', hostPort: 8080, hostIp: '', podIp: '10.1.2.3', podPort: 80, podNetwork: '10.1.2.3/24' };

test('hostPortRules() has a rule for the first address of each family that the host address allows', () => {
  const rules = (hostIp: string): unknown[] => hostPortRules([{ hostPort: 8080, containerPort: 80, protocol: 'TCP', hostIp }], ADDRESSES).map((rule) => [rule.podIp, rule.hostIp]);
  assert.deepEqual(rules(''), [['10.1.2.3', ''], ['fd00::3', '']]);
  assert.deepEqual(rules('0.0.0.0'), [['10.1.2.3', '']]);
  assert.deepEqual(rules('::'), [['fd00::3', '']]);
  assert.deepEqual(rules('192.0.2.1'), [['10.1.2.3', '192.0.2.1']]);
  assert.deepEqual(hostPortRules([{ hostPort: 0, containerPort: 80, protocol: 'tcp' }], ADDRESSES), []);
  assert.deepEqual(hostPortRules([{ hostPort: 8080, containerPort: 80, protocol: 'TCP' }], ADDRESSES)[0], web);
});

for (const [mapping, code] of [
  [{ hostPort: 70_000, containerPort: 80, protocol: 'tcp' }, 'InvalidArgument'], [{ hostPort: 80, containerPort: 0, protocol: 'tcp' }, 'InvalidArgument'], [{ hostPort: 80, containerPort: 80, protocol: 'icmp' }, 'InvalidArgument'],
  [{ hostPort: 80, containerPort: 80, protocol: 'tcp', hostIp: '10.0.0.0/8' }, 'InvalidArgument'], [{ hostPort: 80, containerPort: 80, protocol: 'tcp', hostIp: 'fe80::1%eth0' }, 'InvalidArgument'],
] as const) {
  test(`hostPortRules() refuses ${JSON.stringify(mapping)}`, () => assert.throws(() => hostPortRules([mapping], ADDRESSES), (error) => error instanceof DavitError && error.code === code));
}

test('hostPortRules() refuses a host address of a family that the pod has not', () => {
  assert.throws(() => hostPortRules([{ hostPort: 80, containerPort: 80, protocol: 'tcp', hostIp: '::1' }], ['10.1.2.3/24']), FailedPreconditionError);
  assert.throws(() => hostPortRules([{ hostPort: 80, containerPort: 80, protocol: 'tcp' }], []), FailedPreconditionError);
});

test('isHostPortRule() lets nothing into a script that is no address, port or protocol', () => {
  assert.ok(isHostPortRule(web));
  const bad = [{ protocol: 'tcp; flush ruleset' }, { hostPort: '1' }, { hostPort: 1.5 }, { hostIp: '1.2.3.4 drop' }, { podIp: '' }, { podIp: 'fe80::1%x; drop' }, { podNetwork: '10.1.2.3/24 ; drop' }, { podNetwork: 'x/24' }, { podPort: undefined }];
  for (const part of bad) assert.equal(isHostPortRule({ ...web, ...part }), false, JSON.stringify(part));
});

test('nftScript() replaces the whole table, narrow rules first; without rules it leaves none', () => {
  assert.equal(nftScript([]), 'add table inet davit_hostports\ndelete table inet davit_hostports\n');
  const script = nftScript([web, { ...web, hostIp: '192.0.2.1', podIp: '10.1.2.9', podNetwork: '10.1.2.9/24' }, { ...web, protocol: 'udp', podIp: 'fd00::3', podNetwork: 'fd00::3/64' }]);
  assert.ok(script.startsWith('add table inet davit_hostports\ndelete table inet davit_hostports\ntable inet davit_hostports {'));
  assert.deepEqual(script.match(/^\t\tmeta nfproto .* dnat .*$/gm), [
    '\t\tmeta nfproto ipv4 ip daddr 192.0.2.1 tcp dport 8080 dnat ip to 10.1.2.9:80', '\t\tmeta nfproto ipv4 tcp dport 8080 dnat ip to 10.1.2.3:80', '\t\tmeta nfproto ipv6 udp dport 8080 dnat ip6 to [fd00::3]:80',
  ]);
});

interface Fake extends AsyncDisposable { readonly ports: HostPorts; readonly scripts: string[]; fail: boolean; removeProgram(): Promise<void> }

async function fake(recorded: [string, HostPortRule[]][] = []): Promise<Fake> {
  const directory = await mkdtemp(join(tmpdir(), 'nft-'));
  const nft = join(directory, 'nft');
  await writeFile(nft, '', { mode: 0o755 });
  const scripts: string[] = [];
  const run = async ({ stdin }: RunSpec): Promise<RunResult> => {
    scripts.push(Buffer.from(stdin ?? []).toString());
    return { exitCode: self.fail ? 1 : 0, signal: undefined, stdout: Buffer.of(), stderr: Buffer.from(self.fail ? 'Error: no room' : ''), timedOut: false };
  };
  const self: Fake = {
    ports: new HostPorts({ runner: { run }, log: silentLogger, nftPaths: [nft] }, recorded), scripts, fail: false,
    removeProgram: () => rm(nft), [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
  return self;
}

const portsIn = (script = ''): number[] => [...script.matchAll(/dport (\d+) dnat/g)].map(([, port]) => Number(port));

test('every change writes all that is open', async () => {
  await using node = await fake([['old', [{ ...web, hostPort: 1 }]]]);
  await node.ports.refresh();
  await node.ports.open('new', [web], []);
  await node.ports.close('old');
  await node.ports.close('new');
  await node.ports.close('new');
  assert.deepEqual(node.scripts.map(portsIn), [[1], [1, 8080], [8080], []]);
});

test('ports that are taken are refused by the name of their sandbox, also by one address of many', async () => {
  await using node = await fake([['a', [web]]]);
  for (const rule of [web, { ...web, hostIp: '192.0.2.1' }]) await assert.rejects(node.ports.open('b', [rule], []), (error) => error instanceof AlreadyExistsError && /tcp\/8080.*taken by sandbox "a"/.test(error.message));
  await node.ports.open('b', [{ ...web, protocol: 'udp' }, { ...web, podIp: 'fd00::1', podNetwork: 'fd00::1/64' }], []);
  await node.ports.open('a', [web], []);
});

test('a script that nft refuses fails with its words and opens nothing; a close that fails can be repeated', async () => {
  await using node = await fake();
  node.fail = true;
  await assert.rejects(node.ports.open('a', [web], []), (error) => error instanceof InternalError && /exit code 1: "Error: no room"/.test(error.message));
  node.fail = false;
  await node.ports.open('b', [web], []);
  node.fail = true;
  await assert.rejects(node.ports.close('b'), InternalError);
  node.fail = false;
  await node.ports.close('b');
  assert.deepEqual(portsIn(node.scripts.at(-1)), []);
});

test('many at once need few scripts, and the last has them all', async () => {
  await using node = await fake();
  await Promise.all(Array.from({ length: 50 }, (_, i) => node.ports.open(`s${i}`, [{ ...web, hostPort: i + 1 }], [])));
  assert.equal(portsIn(node.scripts.at(-1)).length, 50);
  assert.ok(node.scripts.length <= 5, `${node.scripts.length} scripts`);
});

test('without nft: a port is refused in words, an open one is let go', async () => {
  await using node = await fake([['a', [web]]]);
  await node.removeProgram();
  await assert.rejects(node.ports.requireProgram('open the host ports of sandbox "x"'), (error) => error instanceof FailedPreconditionError && /sandbox "x": no plugin .* portMappings.*install nftables/.test(error.message));
  await node.ports.close('a');
  await node.ports.refresh();
  assert.deepEqual(node.scripts, []);
});
