import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { UnavailableError } from '#errors';
import { fakePlugins, installPlugins } from './fake-plugins.ts';
import { attachment, signal, testNode, TWO_PLUGINS } from './test-node.ts';
import type { Cni, CniStatus } from './types.ts';

const list = (name: string, extra: object = {}): string => JSON.stringify({ cniVersion: '1.0.0', name, plugins: [{ type: 'one' }], ...extra });
const idle = (): undefined => undefined;

/** Until the status is as wanted; the test's own deadline ends it otherwise. */
async function until(cni: Cni, wanted: (status: CniStatus) => boolean, deadline = signal()): Promise<CniStatus> {
  for (; !wanted(cni.status()); deadline.throwIfAborted()) await sleep(20);
  return cni.status();
}

test('status() is ready at once when configuration and plugins are there, and says the network', async () => {
  await using node = await testNode();
  await node.configure('20-second.conflist', list('second'));
  await node.configure('10-first.conflist', list('first'));
  await using cni = await node.cni(fakePlugins(idle));
  assert.deepEqual(cni.status(), { ready: true, reason: '', message: '', network: 'first', skipped: [] });
});

test('status() follows the default network by its name', async () => {
  await using node = await testNode();
  await node.configure('10-first.conflist', list('first'));
  await using cni = await node.cni(fakePlugins(idle), { defaultNetwork: 'second' });
  assert.match(cni.status().message, /no CNI network "second" in /);
  await node.configure('20-second.conflist', list('second'));
  assert.equal((await until(cni, ({ ready }) => ready)).network, 'second');
});

test('a network of loopback alone is none unless it is asked for', async () => {
  await using node = await testNode(['loopback']);
  await node.configure('99-loopback.conf', { cniVersion: '1.0.0', name: 'lo', type: 'loopback' });
  await using cni = await node.cni(fakePlugins(idle));
  assert.equal(cni.status().ready, false);
  await using byName = await node.cni(fakePlugins(idle), { defaultNetwork: 'lo' });
  assert.equal(byName.status().ready, true);
});

test('a directory that comes late, goes, comes again, and is replaced by a link is followed', async () => {
  await using node = await testNode();
  await rm(node.confDir, { recursive: true });
  await using cni = await node.cni(fakePlugins(idle));
  assert.deepEqual([cni.status().ready, cni.status().reason], [false, 'NetworkPluginNotReady']);
  await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof UnavailableError && /no CNI network configuration in/.test(error.message));
  await mkdir(node.confDir);
  await node.configure('10.conflist', list('late'));
  await until(cni, ({ network }) => network === 'late');
  await rm(node.confDir, { recursive: true });
  await until(cni, ({ ready }) => !ready);
  await mkdir(node.confDir);
  await node.configure('10.conflist', list('again'));
  await until(cni, ({ network }) => network === 'again');
  await mkdir(`${node.confDir}.real`);
  await writeFile(join(`${node.confDir}.real`, '10.conflist'), list('linked'));
  await rename(node.confDir, `${node.confDir}.old`);
  await symlink(`${node.confDir}.real`, node.confDir);
  await until(cni, ({ network }) => network === 'linked');
  await writeFile(join(`${node.confDir}.real`, '05.conflist'), list('behind-the-link'));
  await until(cni, ({ network }) => network === 'behind-the-link');
});

test('a configuration that goes bad stays in use and is named', async () => {
  await using node = await testNode();
  await node.configure('10-net.conflist', TWO_PLUGINS);
  const plugins = fakePlugins(({ command }) => (command === 'ADD' ? { stdout: {} } : undefined));
  await using cni = await node.cni(plugins);
  await node.configure('10-net.conflist', '{"name": "net", "plug');
  const status = await until(cni, ({ skipped }) => skipped.length > 0);
  assert.deepEqual([status.ready, status.network, status.skipped[0]?.file], [true, 'net', join(node.confDir, '10-net.conflist')]);
  await cni.add(attachment(), { signal: signal() });
});

test('a plugin that is not installed keeps the network not ready until it is', async () => {
  await using node = await testNode([]);
  await mkdir(join(node.pluginDir, 'one'));
  await writeFile(join(node.pluginDir, 'two'), '', { mode: 0o644 });
  await node.configure('10-net.conflist', TWO_PLUGINS);
  await using cni = await node.cni(fakePlugins(idle));
  assert.match(cni.status().message, /find CNI plugin "one": no executable file of that name in /);
  await rm(join(node.pluginDir, 'one'), { recursive: true });
  await installPlugins(node.pluginDir, ['one', 'two']);
  await until(cni, ({ ready }) => ready);
});

test('the version is the newest that configuration and all plugins share', async () => {
  await using node = await testNode();
  await node.configure('10-net.conflist', { ...TWO_PLUGINS, cniVersion: '0.4.0', cniVersions: ['1.0.0', '1.1.0'] });
  const plugins = fakePlugins(({ command, plugin }) => (command === 'VERSION' && plugin === 'two' ? { stdout: { cniVersion: '1.0.0', supportedVersions: ['0.4.0', '1.0.0'] } } : command === 'ADD' ? { stdout: {} } : undefined));
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  assert.deepEqual(plugins.calls.map(({ request }) => request['cniVersion']), ['1.0.0', '1.0.0']);
});

for (const [name, answer, message] of [
  ['supports other versions', { stdout: { cniVersion: '0.4.0', supportedVersions: ['0.4.0'] } }, /network "net" is configured for CNI 1\.0\.0; plugin "one" supports 0\.4\.0/],
  ['answers VERSION with garbage', { stdout: 'v1' }, /plugin "one": its answer to VERSION is not JSON/],
  ['is of before VERSION', { exitCode: 1, stdout: { code: 0, msg: 'unknown CNI_COMMAND: VERSION' } }, /plugin "one" supports 0\.1\.0/],
  ['hangs', { timedOut: true }, /CNI plugin "one": VERSION: no answer after/],
] as const) {
  test(`status() is not ready when a plugin ${name}`, async () => {
    await using node = await testNode();
    await node.configure('10-net.conflist', list('net'));
    await using cni = await node.cni(fakePlugins(({ command }) => (command === 'VERSION' ? answer : undefined)));
    assert.match(cni.status().message, message);
  });
}

test('VERSION is asked once per binary, STATUS only where the version has it', async () => {
  await using node = await testNode();
  await node.configure('10-net.conflist', list('net', { cniVersion: '1.1.0' }));
  let available = false;
  const plugins = fakePlugins(({ command }) => (command === 'STATUS' && !available ? { exitCode: 1, stdout: { code: 50, msg: 'agent is down' } } : undefined));
  await using cni = await node.cni(plugins);
  assert.match(cni.status().message, /CNI plugin "one": STATUS of network "net": agent is down \(CNI code 50\)/);
  available = true;
  await until(cni, ({ ready }) => ready);
  assert.equal(plugins.probes.length, 1);
  await node.configure('10-net.conflist', list('old', { cniVersion: '1.0.0' }));
  const before = plugins.calls.length;
  await until(cni, ({ network }) => network === 'old');
  assert.equal(plugins.calls.length, before);
  assert.equal(plugins.probes.length, 1);
});
