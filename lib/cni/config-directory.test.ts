import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { loadDirectory } from './config-directory.ts';
import { testNode } from './test-node.ts';

const list = (name: string): unknown => ({ cniVersion: '1.0.0', name, plugins: [{ type: name }] });

test('loadDirectory() reads the three kinds of files, sorted, and nothing else', async () => {
  await using node = await testNode();
  await node.configure('30-c.json', { cniVersion: '1.0.0', name: 'c', type: 'c' });
  await node.configure('10-a.conflist', list('a'));
  await node.configure('20-b.conf', { cniVersion: '1.0.0', name: 'b', type: 'b' });
  await node.configure('05-x.conflist.bak', list('x'));
  await node.configure('README', 'x');
  await mkdir(join(node.confDir, '00-dir.conflist'));
  await writeFile(join(node.cacheDir + '.conflist'), JSON.stringify(list('linked')));
  await symlink(node.cacheDir + '.conflist', join(node.confDir, '40-linked.conflist'));
  const { networks, skipped } = await loadDirectory(node.confDir, []);
  assert.deepEqual(networks.map(({ network }) => network.name), ['a', 'b', 'c', 'linked']);
  assert.deepEqual(skipped, []);
});

test('loadDirectory() skips bad files and names them', async () => {
  await using node = await testNode();
  await node.configure('10-bad.conflist', '{');
  await node.configure('20-good.conflist', list('good'));
  await node.configure('30-twin.conflist', list('good'));
  await symlink('/nonexistent', join(node.confDir, '40-dangling.conf'));
  execFileSync('mkfifo', [join(node.confDir, '50-pipe.conf')]);
  const { networks, skipped } = await loadDirectory(node.confDir, []);
  assert.deepEqual(networks.map(({ network }) => network.name), ['good']);
  assert.deepEqual(skipped.map(({ file }) => basename(file)), ['10-bad.conflist', '30-twin.conflist', '40-dangling.conf', '50-pipe.conf']);
  assert.match(skipped[1]?.error ?? '', /already configured by .*20-good\.conflist/);
  assert.match(skipped[3]?.error ?? '', /not a regular file/);
});

test('loadDirectory() keeps the last good content of a file that went bad, not of one that went away', async () => {
  await using node = await testNode();
  await node.configure('10-a.conflist', list('a'));
  await node.configure('20-b.conflist', list('b'));
  const first = await loadDirectory(node.confDir, []);
  await node.configure('10-a.conflist', '{"name":');
  await rm(join(node.confDir, '20-b.conflist'));
  const second = await loadDirectory(node.confDir, first.networks);
  assert.deepEqual(second.networks.map(({ network }) => network.name), ['a']);
  assert.match(second.skipped[0]?.error ?? '', /last good content stays in use/);
});

test('loadDirectory() appends the plugins beside a list unless it wants only its own', async () => {
  await using node = await testNode();
  await mkdir(join(node.confDir, 'a'));
  await writeFile(join(node.confDir, 'a', '20.conf'), '{"type":"second"}');
  await writeFile(join(node.confDir, 'a', '10.conf'), '{"type":"first"}');
  await writeFile(join(node.confDir, 'a', '30.conflist'), '{"type":"not"}');
  const types = async (): Promise<string[] | undefined> => (await loadDirectory(node.confDir, [])).networks[0]?.network.plugins.map(({ type }) => type);
  await node.configure('10-a.conflist', list('a'));
  assert.deepEqual(await types(), ['a', 'first', 'second']);
  await node.configure('10-a.conflist', { ...list('a') as object, loadOnlyInlinedPlugins: true });
  assert.deepEqual(await types(), ['a']);
});

test('loadDirectory() has no networks where there is no directory', async () => {
  assert.deepEqual(await loadDirectory('/nonexistent/net.d', []), { networks: [], skipped: [] });
});
