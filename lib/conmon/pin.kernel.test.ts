import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { InvalidArgumentError, errorText } from '#errors';
import { detectCgroups, readMountInfo } from '#linux';
import type { PinSpec } from './pin.ts';
import { createTestNode, deadline } from './test-node.ts';
import type { TestNode } from './test-node.ts';

let node: TestNode;
before(async () => { node = await createTestNode(); });
after(async () => {
  // What a failed test has left would keep the directory from being removed.
  for (const name of await readdir(node.path('ns'))) await node.monitors.unpin(node.path(`ns/${name}`)).catch(() => undefined);
  await node[Symbol.asyncDispose]();
});

function pin(name: string, options: Partial<PinSpec> = {}): PinSpec {
  return { directory: node.path(`ns/${name}`), net: true, ipc: true, uts: true, hostname: '', sysctls: {}, loopback: true, ...options };
}

/** stdout of a command inside pinned namespaces. */
async function inside(args: readonly string[]): Promise<string> {
  const result = await node.launcher.run({ file: '/usr/bin/nsenter', args, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, timeoutMs: 10_000 }, { signal: deadline() });
  assert.equal(result.exitCode, 0, result.stderr.toString());
  return result.stdout.toString().trim();
}

test('pin() makes namespaces with host name, sysctls and lo; unpin() takes all of it away, twice without harm', async () => {
  const spec = pin('full', { hostname: 'pod-1', sysctls: { 'net.ipv4.ip_local_port_range': '1024 65000', 'net.ipv4.ip_unprivileged_port_start': '80', 'kernel.shmmax': '123456', 'fs.mqueue.msg_max': '20' } });
  const pinned = await node.monitors.pin(spec, { signal: deadline() });
  assert.deepEqual(pinned, { net: node.path('ns/full/net'), ipc: node.path('ns/full/ipc'), uts: node.path('ns/full/uts') });
  assert.equal(await inside([`--uts=${pinned.uts}`, 'hostname']), 'pod-1');
  assert.match(await inside([`--net=${pinned.net}`, 'ip', '-o', 'link', 'show', 'lo']), /LOOPBACK,UP/);
  assert.equal((await inside([`--net=${pinned.net}`, `--ipc=${pinned.ipc}`, 'cat', '/proc/sys/net/ipv4/ip_local_port_range', '/proc/sys/net/ipv4/ip_unprivileged_port_start', '/proc/sys/kernel/shmmax', '/proc/sys/fs/mqueue/msg_max'])).replace(/\s+/g, ' '), '1024 65000 80 123456 20');
  assert.notEqual((await readFile('/proc/sys/kernel/shmmax', 'utf8')).trim(), '123456');
  const parent = readMountInfo().find((m) => m.mountPoint === node.path('ns'));
  assert.ok(parent?.propagation.some((field) => field.startsWith('shared:')), 'the directory is no shared mount');
  await node.monitors.unpin(spec.directory);
  await node.monitors.unpin(spec.directory);
  assert.deepEqual(readMountInfo().filter((m) => m.mountPoint.startsWith(node.path('ns'))), []);
  assert.deepEqual(await readdir(node.path('ns')), []);
});

test('the shared mount stays as long as one pod is there', async () => {
  const [a, b] = [pin('a', { ipc: false }), pin('b', { net: false, loopback: false })];
  await Promise.all([a, b].map((spec) => node.monitors.pin(spec, { signal: deadline() })));
  await node.monitors.unpin(a.directory);
  assert.deepEqual(readMountInfo().filter((m) => m.mountPoint.startsWith(node.path('ns'))).map((m) => m.mountPoint.slice(node.directory.length + 1)).sort(), ['ns', 'ns/b/ipc', 'ns/b/uts']);
  await node.monitors.unpin(b.directory);
  assert.deepEqual(readMountInfo().filter((m) => m.mountPoint.startsWith(node.path('ns'))), []);
});

for (const [name, options, message] of [
  ['a sysctl of the host', { sysctls: { 'vm.swappiness': '1' } }, /vm.swappiness.*belongs to no namespace/],
  ['a sysctl of a namespace that the pod shares with the host', { ipc: false, sysctls: { 'kernel.shmmax': '1' } }, /kernel.shmmax.*shares that namespace with the host/],
  ['a sysctl whose name climbs out', { sysctls: { 'net/../vm/swappiness': '1' } }, /not of the form/],
  ['a sysctl whose dotted name climbs out', { sysctls: { 'net.//.vm.swappiness': '1' } }, /not of the form/],
] as const) {
  test(`pin() refuses ${name} and changes nothing`, async () => {
    await assert.rejects(node.monitors.pin(pin('bad', options), { signal: deadline() }), (e: Error) => e instanceof InvalidArgumentError && message.test(e.message));
    await assert.rejects(stat(node.path('ns/bad')), { code: 'ENOENT' });
  });
}

test('a sysctl that the kernel refuses is named, and nothing is left', async () => {
  await assert.rejects(node.monitors.pin(pin('refused', { sysctls: { 'net.ipv4.ip_unprivileged_port_start': 'many' } }), { signal: deadline() }), /set sysctl "net.ipv4.ip_unprivileged_port_start=many": Invalid argument/);
  await assert.rejects(stat(node.path('ns/refused')), { code: 'ENOENT' });
  assert.deepEqual(readMountInfo().filter((m) => m.mountPoint.startsWith(node.path('ns'))), []);
});

test('a pin() that is aborted leaves nothing', async () => {
  const controller = new AbortController();
  const pinning = node.monitors.pin(pin('aborted', { pause: { cgroupDirs: [], oomScoreAdj: 0 } }), { signal: controller.signal });
  setImmediate(() => controller.abort());
  await pinning.then(() => node.monitors.unpin(node.path('ns/aborted')), (error: unknown) => assert.match(errorText(error), /cancelled/));
  await assert.rejects(stat(node.path('ns/aborted')), { code: 'ENOENT' });
});

test('a shared pid namespace has a pause process without rights, sight or memory of the host, which reaps and ends when told', async () => {
  const cgroups = detectCgroups();
  const cgroup = `${node.cgroup}/pause`;
  await cgroups.create(cgroup);
  const spec = pin('shared', { pause: { cgroupDirs: cgroups.directories(cgroup), oomScoreAdj: 500 } });
  const pinned = await node.monitors.pin(spec, { signal: deadline() });
  assert.ok(pinned.pid !== undefined && pinned.pausePid !== undefined);
  const proc = (file: string): Promise<string> => readFile(`/proc/${pinned.pausePid}/${file}`, 'utf8');
  const status = await proc('status');
  for (const line of [/^Name:\tpause$/m, /^Uid:\t65535\t65535\t65535\t65535$/m, /^Gid:\t65535\t65535\t65535\t65535$/m, /^CapEff:\t0+$/m, /^CapBnd:\t0+$/m, /^NoNewPrivs:\t1$/m, /^Seccomp:\t2$/m, /^NSpid:\t\d+\t1$/m]) assert.match(status, line);
  assert.equal(await proc('cmdline'), 'pause\0');
  assert.equal((await proc('oom_score_adj')).trim(), '500');
  assert.ok(cgroups.processes(cgroup).includes(pinned.pausePid));
  assert.deepEqual(await readdir(`/proc/${pinned.pausePid}/root/`), []);
  assert.equal((await proc('mountinfo')).trim().split('\n').length, 1);
  for (const fd of await readdir(`/proc/${pinned.pausePid}/fd`)) assert.equal(await readlink(`/proc/${pinned.pausePid}/fd/${fd}`), '/dev/null');
  await using monitor = await node.run(['orphan', '0', 'sleep', '600000'], { id: 'in-shared', namespaces: [{ type: 'pid', path: pinned.pid }, { type: 'mount' }, { type: 'uts' }] });
  assert.match(await readFile(`/proc/${monitor.containerPid}/status`, 'utf8'), /^NSpid:\t\d+\t[2-9]\d*$/m);
  await node.monitors.unpin(spec.directory);
  await assert.rejects(proc('stat').then((text) => { if (/ Z /.test(text)) throw Object.assign(new Error('zombie'), { code: 'ENOENT' }); }), (e: NodeJS.ErrnoException) => e.code === 'ENOENT' || e.code === 'ESRCH');
  assert.equal((await monitor.exited).exitCode, 137);
});

test('pause ends on SIGTERM', async () => {
  const spec = pin('term', { net: false, ipc: false, uts: false, loopback: false, pause: { cgroupDirs: [], oomScoreAdj: 0 } });
  const pinned = await node.monitors.pin(spec, { signal: deadline() });
  assert.ok(pinned.pausePid !== undefined);
  process.kill(pinned.pausePid, 'SIGTERM');
  const signal = deadline();
  while (!signal.aborted && !/ Z /.test(await readFile(`/proc/${pinned.pausePid}/stat`, 'utf8').catch(() => ' Z '))) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(!signal.aborted);
  await node.monitors.unpin(spec.directory);
});

test('a user namespace has the mappings and owns the others', async () => {
  const map = [{ containerId: 0, hostId: 200_000, length: 65_536 }];
  const spec = pin('user', { hostname: 'mapped', sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' }, user: { uids: map, gids: map }, pause: { cgroupDirs: [], oomScoreAdj: 0 } });
  const pinned = await node.monitors.pin(spec, { signal: deadline() });
  assert.ok(pinned.user !== undefined && pinned.pausePid !== undefined);
  assert.equal((await inside([`--user=${pinned.user}`, 'cat', '/proc/self/uid_map'])).replace(/\s+/g, ' '), '0 200000 65536');
  assert.equal(await inside([`--user=${pinned.user}`, `--uts=${pinned.uts}`, 'sh', '-c', 'hostname changed && hostname']), 'changed');
  assert.match(await readFile(`/proc/${pinned.pausePid}/status`, 'utf8'), /^Uid:\t265535\t/m);
  await node.monitors.unpin(spec.directory);
});

test('unpin() touches nothing that pin() did not make', async () => {
  await mkdir(node.path('ns/foreign'), { recursive: true });
  await writeFile(node.path('ns/foreign/keep'), 'mine');
  await assert.rejects(node.monitors.unpin(node.path('ns/foreign')), /Directory not empty/);
  assert.equal(await readFile(node.path('ns/foreign/keep'), 'utf8'), 'mine');
  await node.monitors.unpin(node.path('no/such/directory'));
});
