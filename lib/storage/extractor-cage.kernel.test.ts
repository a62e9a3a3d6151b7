/** What the extractor's cage keeps in, shown with programs that check nothing: GNU tar with -P, and one that tries every way out. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { detectCgroups, lgetxattr } from '#linux';
import { archive, tarEntry } from './extractor/archive-fixture.ts';
import { extractorCommand, type ExtractorCage } from './extractor-command.ts';
import { openStorage, stage, temporaryRoot } from './storage-fixture.ts';

const cage: ExtractorCage = { program: join(import.meta.dirname, '../../build/davit-monitor'), cgroupDirs: [] };
/** What the scheduler lets it run before others who want to; those who have less go before it. */
const SLICE_NS = '3000000';
let root: ReturnType<typeof temporaryRoot>;
beforeEach(() => { root = temporaryRoot(); });
afterEach(() => root[Symbol.dispose]());

test('a caged extractor keeps everything that a layer may hold', async () => {
  await using storage = await openStorage(root.path, { cage });
  const capability = Buffer.from('0100000200200000000000000000000000000000', 'hex');
  const tar = archive(
    { name: 'etc/', type: '5', mode: 0o1777, uid: 7, gid: 8 }, { name: 'etc/.wh..wh..opq' }, { name: 'gone/.wh.it' },
    { name: 'bin/su', data: 'su', mode: 0o4755, uid: 1000, gid: 1000, pax: { 'SCHILY.xattr.security.capability': capability, 'SCHILY.xattr.user.a': 'b' } },
    { name: 'bin/link', type: '1', linkName: 'bin/su' }, { name: 'bin/sym', type: '2', linkName: '/etc' }, { name: 'null', type: '3', devMajor: 1, devMinor: 3 }, { name: 'fifo', type: '6' },
  );
  for (const compressed of [gzipSync(tar), tar]) {
    await using layer = await stage(storage, tar, compressed);
    const at = (path: string): string => join(layer.directory, 'diff', path);
    const [su, etc, gone] = [statSync(at('bin/su')), statSync(at('etc')), statSync(at('gone/it'))];
    assert.deepEqual([su.mode & 0o7777, su.uid, su.nlink, etc.mode & 0o7777, etc.uid, etc.gid], [0o4755, 1000, 2, 0o1777, 7, 8]);
    assert.ok(gone.isCharacterDevice() && gone.rdev === 0 && statSync(at('null')).isCharacterDevice() && statSync(at('fifo')).isFIFO());
    assert.deepEqual([lgetxattr(at('etc'), 'trusted.overlay.opaque')?.toString(), lgetxattr(at('bin/su'), 'user.a')?.toString(), lgetxattr(at('bin/su'), 'security.capability')], ['y', 'b', capability]);
  }
});

test('an unpacker without any check cannot write outside staging', () => {
  const [staging, victim] = [join(root.path, 'staging'), join(root.path, 'victim')];
  for (const directory of [staging, victim]) mkdirSync(directory);
  writeFileSync(join(victim, 'hello'), 'untouched');
  const hostile = archive(
    { name: 'inside', data: 'x' }, { name: `${victim}/absolute`, data: 'x' }, { name: '../victim/dots', data: 'x' }, { name: `${victim}/hello`, data: 'x' },
    { name: 'out', type: '2', linkName: victim }, { name: 'out/through', data: 'x' }, { name: 'hard', type: '1', linkName: `${victim}/hello` }, { name: '/lib/written', data: 'x' },
  );
  const { status, stderr } = spawnSync(...caged(staging, ['/usr/bin/tar', '--extract', '-P', '--directory', staging]), { input: hostile, encoding: 'utf8' });
  assert.notEqual(status, 0, 'tar found nothing to complain about');
  assert.match(stderr, /out\/through/);
  assert.equal(readFileSync(join(staging, 'inside'), 'utf8'), 'x');
  assert.deepEqual(readdirSync(victim), ['hello']);
  assert.equal(readFileSync(join(victim, 'hello'), 'utf8'), 'untouched');
  assert.throws(() => statSync('/lib/written'), { code: 'ENOENT' });
  // The same archive reaches the victim where tar is not caged (but the host's files are read-only): only the cage has kept it in.
  spawnSync('/usr/bin/unshare', ['--mount', '/bin/sh', '-c', 'mount -o remount,bind,ro / && exec "$@"', 'sh', '/usr/bin/tar', '--extract', '-P', '--directory', staging], { input: hostile });
  assert.deepEqual(readdirSync(victim).sort(), ['absolute', 'dots', 'hello', 'through']);
});

test('no way leads out of the cage', async () => {
  const [staging, victim, socket] = ['staging', 'victim', 'socket'].map((name) => join(root.path, name)) as [string, string, string];
  for (const directory of [staging, victim]) mkdirSync(directory);
  const server = createServer((connection) => connection.destroy()).listen(socket);
  using closing = new DisposableStack();
  closing.defer(() => { server.close(); });
  /** Work, so that what is refused is not refused for want of a program or a library. */
  const allowed: Record<string, string> = {
    'write to staging': `linux.mknod(${JSON.stringify(join(staging, 'fifo'))}, 0o010666, { major: 0, minor: 0 })`, 'start a program': `spawn('/usr/bin/true', [])`,
  };
  const attempts: Record<string, string> = {
    ...allowed,
    'write to its root': `fs.writeFileSync('/x', '')`, 'write to a library': `fs.writeFileSync('/usr/lib/x', '')`, 'write to the code': `fs.writeFileSync(${JSON.stringify(join(import.meta.dirname, 'x'))}, '')`,
    'see another directory': `fs.readdirSync(${JSON.stringify(victim)})`, 'see /etc': `fs.readdirSync('/etc')`, 'see /run': `fs.readdirSync('/run')`, 'write to /proc': `fs.writeFileSync('/proc/sys/kernel/core_pattern', 'x')`,
    'see through another process': `fs.readdirSync('/proc/${process.pid}/root')`, 'use the directories of another process': `fs.readdirSync('/proc/${process.pid}/cwd')`,
    'open a device': `linux.mknod(${JSON.stringify(join(staging, 'null'))}, 0o020666, { major: 1, minor: 3 }); fs.openSync(${JSON.stringify(join(staging, 'null'))})`,
    'mount': `linux.mount('x', ${JSON.stringify(staging)}, 'tmpfs', 0)`, 'mount writable': `linux.mount('', '/usr/lib', '', ${0x20 | 0x1000})`, 'unmount': `linux.umount('/usr/lib', 2)`,
    'signal another process': `process.kill(${process.pid}, 0)`, 'connect to a socket of the host': `await new Promise((resolve, reject) => net.connect(${JSON.stringify(socket)}, resolve).on('error', reject))`,
    'connect to the network': `await new Promise((resolve, reject) => net.connect(1, '127.0.0.1', resolve).on('error', reject))`,
    'another network': `spawn('/usr/bin/unshare', ['--net', 'true'])`, 'another user': `spawn('/usr/bin/unshare', ['--user', 'true'])`, 'another root': `spawn('/usr/sbin/chroot', ['/', 'true'])`,
  };
  const script = `
    import fs from 'node:fs'; import net from 'node:net'; import child from 'node:child_process'; import * as linux from ${JSON.stringify(join(import.meta.dirname, '../linux/index.ts'))};
    const spawn = (file, args) => { if (child.spawnSync(file, args).status !== 0) throw new Error('refused'); };
    const done = {};
    ${Object.entries(attempts).map(([name, code]) => `try { ${code}; done[${JSON.stringify(name)}] = 'done'; } catch (error) { done[${JSON.stringify(name)}] = 'refused'; }`).join('\n')}
    process.stdout.write(JSON.stringify(done));
    process.exit();`;
  const { stdout, stderr } = spawnSync(...caged(staging, [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', script]), { encoding: 'utf8', cwd: '/' });
  assert.deepEqual(JSON.parse(stdout || stderr), Object.fromEntries(Object.keys(attempts).map((name) => [name, name in allowed ? 'done' : 'refused'])));
});

test('an extractor is in its cgroup, with the rights of its cage alone', async () => {
  const cgroups = detectCgroups();
  const group = `/davit-cage-test-${process.pid}`;
  await cgroups.create(group);
  const { stdout } = spawnSync(...caged(root.path, ['/usr/bin/cat', '/proc/self/status', '/proc/self/cgroup', '/proc/self/limits'], cgroups.directories(group)), { encoding: 'utf8' });
  await cgroups.remove(group, { signal: AbortSignal.timeout(5000) });
  assert.match(stdout, /^CapEff:\s+000000008820001b$/m);
  assert.match(stdout, /^CapBnd:\s+000000008820001b$/m);
  assert.match(stdout, /^NoNewPrivs:\s+1$/m);
  assert.match(stdout, /^Seccomp:\s+2$/m);
  assert.match(stdout, /^Max core file size\s+0\s+0/m);
  assert.ok(stdout.includes(group), stdout);
});

test('an extractor interrupts nobody, and is interrupted at once', () => {
  const { stdout } = spawnSync(...caged(root.path, ['/usr/bin/cat', '/proc/self/stat', '/proc/self/sched']), { encoding: 'utf8' });
  // Behind the name: nice is the 19th field and the policy the 41st, where the state is the third.
  const fields = stdout.replace(/^.*\) /, '').split(' ');
  assert.deepEqual([fields[16], fields[38]], ['5', '3'], 'nice, SCHED_BATCH');
  const slice = /^se\.slice\s+:\s+(\d+)$/m.exec(stdout)?.[1];
  assert.equal(slice ?? SLICE_NS, SLICE_NS, 'where the kernel tells it');
});

test('what keeps an extractor from starting is said', async () => {
  await using storage = await openStorage(root.path, { cage: { program: '/usr/bin/false', cgroupDirs: [] } });
  const tar = tarEntry({ name: 'f' });
  await assert.rejects(stage(storage, tar), /the extractor ended by exit code 1/);
});

/** The extractor's own cage round another program, which sees /usr, Node and our code too. */
function caged(staging: string, program: readonly string[], cgroupDirs: readonly string[] = []): [string, string[]] {
  const { file, args } = extractorCommand(staging, { ...cage, cgroupDirs });
  const end = args.indexOf('--write');
  const seen = ['/usr', dirname(process.execPath), ...['lib', 'node_modules', 'package.json'].map((name) => join(import.meta.dirname, '../..', name))].flatMap((path) => ['--see', path]);
  return [file, [...args.slice(0, end), ...seen, ...args.slice(end, end + 2), ...program]];
}
