import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { networksText } from './networks-text.ts';

const DAVIT = fileURLToPath(new URL('../../../bin/davit', import.meta.url));

test('davit networks without a daemon shows configuration, plugins and records, and changes nothing', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'dv-networks-'));
  try {
    const [confDir, pluginDir] = [join(directory, 'net.d'), join(directory, 'bin')];
    for (const path of [confDir, pluginDir]) await mkdir(path);
    await writeFile(join(confDir, '10-a.conflist'), JSON.stringify({ cniVersion: '1.0.0', name: 'first', plugins: [{ type: 'one' }] }));
    await writeFile(join(confDir, '20-b.conf'), '{"name": "half');
    const args = ['networks', '--config=', '--config-dir=', '--root', join(directory, 'root'), '--runroot', join(directory, 'run'), '--cni-config-dir', confDir, '--cni-plugin-dir', pluginDir];
    const run = (): Promise<{ code: unknown; stdout: string; stderr: string }> => new Promise((resolve) => {
      const child = execFile(DAVIT, args, (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
    });
    const without = await run();
    assert.equal(without.code, 1, without.stderr);
    assert.match(without.stderr, /no davit answers at .*\nFrom the disk:/);
    assert.match(without.stdout, /NOT READY: find CNI plugin "one": no executable file/);
    assert.match(without.stdout, /BROKEN 20-b\.conf: not JSON/);
    await writeFile(join(pluginDir, 'one'), '#!/bin/sh\necho \'{"cniVersion":"1.0.0","supportedVersions":["1.0.0"]}\'\n');
    await chmod(join(pluginDir, 'one'), 0o755);
    const installed = await run();
    assert.equal(installed.code, 0, installed.stderr);
    assert.match(installed.stdout, /^pods get the first of .*: ready\n.*\n {2}\* +first +10-a\.conflist +1\.0\.0 +one$/m);
    assert.match(installed.stdout, /^no sandbox is attached$/m);
    assert.deepEqual((await readdir(directory)).sort(), ['bin', 'net.d']);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('networksText() has what is attached, half attached, unreadable and damaged', () => {
  const pod = { name: 'web', namespace: 'shop' };
  const status = { ready: true, reason: '', message: '', network: 'net', failure: 'the agent is down', skipped: [] };
  const attached = (sandboxId: string, rest: object) => ({ sandboxId, ifName: 'eth0', pod, network: 'net', ips: ['10.1.2.3', 'fd00::3'], state: 'attached' as const, ...rest });
  const text = networksText({
    pluginDirs: ['/a', '/b'], hostPorts: '/usr/sbin/nft',
    choices: [{ handlers: ['', 'crun'], confDir: '/etc/cni/net.d', defaultNetwork: 'net', status, networks: [] }, { handlers: ['kata'], confDir: '/own', defaultNetwork: '', status, networks: [] }],
    attached: [attached('0123456789abcdef', {}), attached('b', { state: 'not finished', ips: [] }), attached('c', { complaint: 'the route is gone' }), attached('d', { state: 'unreadable', pod: { name: '', namespace: '' }, network: '', ips: [] })],
  });
  assert.match(text, /^pods get "net" of \/etc\/cni\/net\.d: within the grace period: the agent is down$/m);
  assert.match(text, /^pods of kata get the first of \/own/m);
  assert.match(text, /^ {2}0123456789abc {2}shop\/web +eth0 +net +10\.1\.2\.3 fd00::3 +attached$/m);
  assert.match(text, /not finished$[^]*DAMAGED: the route is gone$[^]*unreadable$/m);
});
