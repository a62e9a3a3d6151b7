/** Test of the tests: each kind of leftover is made on purpose, must be named, and must be gone when it is removed. */
import { strict as assert } from 'node:assert';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { assertNothingLeft, compareSnapshots, hostSnapshot } from './snapshot/index.ts';

const run = promisify(execFile);
const NAME = `dvl${process.pid % 100_000}`;

interface Leftover { readonly name: string; readonly make: (directory: string) => Promise<() => Promise<unknown>>; readonly expected: RegExp }

const LEFTOVERS: readonly Leftover[] = [
  { name: 'a mount', expected: /mounts: left: .*\/mount \(tmpfs of leftover\)/, make: async (directory) => {
    await mkdir(join(directory, 'mount'));
    await run('mount', ['-t', 'tmpfs', 'leftover', join(directory, 'mount')]);
    return async () => { await run('umount', [join(directory, 'mount')]); await rmdir(join(directory, 'mount')); };
  } },
  { name: 'a mount over a mount', expected: /mounts: left: \/proc \(proc of proc\)/, make: async () => {
    await run('mount', ['-t', 'proc', 'proc', '/proc']);
    return () => run('umount', ['/proc']);
  } },
  { name: 'a process', expected: /processes: left: \d+ sleep 1000/, make: async () => {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
    return async () => child.kill();
  } },
  { name: 'a network namespace', expected: /networkNamespaces: left: net:\[\d+\]/, make: async () => {
    await run('ip', ['netns', 'add', NAME]);
    return () => run('ip', ['netns', 'delete', NAME]);
  } },
  { name: 'a bridge', expected: new RegExp(`links: left: ${NAME}`), make: async () => {
    await run('ip', ['link', 'add', NAME, 'type', 'bridge']);
    return () => run('ip', ['link', 'delete', NAME]);
  } },
  { name: 'a chain of iptables', expected: new RegExp(`firewall: left: :${NAME}`), make: async () => {
    await run('iptables', ['-t', 'nat', '-N', NAME]);
    return () => run('iptables', ['-t', 'nat', '-X', NAME]);
  } },
  { name: 'a cgroup', expected: new RegExp(`cgroups: left: .*/${NAME}`), make: async () => {
    const root = existsSync('/sys/fs/cgroup/pids') ? '/sys/fs/cgroup/pids' : '/sys/fs/cgroup';
    await mkdir(join(root, NAME));
    return () => rmdir(join(root, NAME));
  } },
  { name: 'a file of the CNI plugins', expected: /paths: left: .*\/ips\/10\.0\.0\.7/, make: async (directory) => {
    await mkdir(join(directory, 'ips'));
    await writeFile(join(directory, 'ips/10.0.0.7'), 'someone');
    return () => rm(join(directory, 'ips'), { recursive: true });
  } },
];

for (const leftover of LEFTOVERS) {
  test(`assertNothingLeft() names ${leftover.name} that is left and is content when it is gone`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'davit-snapshot-'));
    // The first namespace makes the directory and mount of all of them.
    await run('ip', ['netns', 'add', `${NAME}0`]);
    try {
      const options = { directories: [directory] };
      const before = await hostSnapshot(options);
      const undo = await leftover.make(directory);
      try {
        await assert.rejects(assertNothingLeft(before, { ...options, timeoutMs: 0 }), leftover.expected);
      } finally {
        await undo();
      }
      await assertNothingLeft(before, options);
    } finally {
      await run('ip', ['netns', 'delete', `${NAME}0`]);
      await rm(directory, { recursive: true });
    }
  });
}

test('assertNothingLeft() names what is lost', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-snapshot-'));
  await writeFile(join(directory, 'kept'), '');
  const before = await hostSnapshot({ directories: [directory] });
  await rm(directory, { recursive: true });
  await assert.rejects(assertNothingLeft(before, { directories: [directory], timeoutMs: 0 }), /paths: lost: .*\/kept/);
  await assertNothingLeft(before, { directories: [directory], timeoutMs: 0, lost: false });
});

test('a process that had ended before and is reaped by now is not lost; one that ends and is not reaped is left', () => {
  const none = { mounts: [], processes: [], networkNamespaces: [], links: [], firewall: [], cgroups: [], paths: [] };
  const zombie = { ...none, processes: ['42 sleep (zombie)'] };
  assert.deepEqual(compareSnapshots(zombie, none), []);
  assert.deepEqual(compareSnapshots(none, zombie), ['processes: left: 42 sleep (zombie)']);
});
