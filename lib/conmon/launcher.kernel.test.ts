import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CancelledError, errnoOf, errorText, InvalidArgumentError, NotFoundError, UnavailableError } from '#errors';
import { detectCgroups, tryLock } from '#linux';
import type { RunResult, RunSpec } from '#linux';
import { silentLogger } from '#log';
import { createLauncher } from './launcher.ts';
import type { Launcher, LauncherOptions } from './launcher.ts';
import { encodeFrame } from './frames.ts';
import { encodeRunRequest } from './launch-request.ts';
import { FrameType } from './protocol.ts';
import { BINARY, buildBinaries, deadline } from './test-node.ts';

let launcher: Launcher;
let directory: string;
/** A launcher of one test alone, with a lock of its own. */
const ownLauncher = (options: Partial<LauncherOptions> = {}): Promise<Launcher> => createLauncher({ binary: BINARY, lockFile: join(directory, `lock-${randomUUID()}`), log: silentLogger, ...options });
before(async () => { await buildBinaries(); directory = await mkdtemp(join(tmpdir(), 'davit-launcher-')); launcher = await ownLauncher(); });
after(async () => { await launcher[Symbol.asyncDispose](); await rm(directory, { recursive: true }); });

function shell(script: string, options: Partial<RunSpec> = {}): RunSpec {
  return { file: '/bin/sh', args: ['-c', script], env: { PATH: '/usr/bin:/bin' }, timeoutMs: 20_000, ...options };
}

test('run() gives exit code, stdout and stderr; environment, directory and stdin are exactly those asked for', async () => {
  const result = await launcher.run(shell('echo "$A:$(pwd):$HOME"; cat; echo err >&2; exit 7', { env: { A: 'b c', PATH: '/usr/bin:/bin' }, cwd: '/usr', stdin: Buffer.from('in\0put') }), { signal: deadline() });
  assert.deepEqual({ ...result, stdout: result.stdout.toString(), stderr: result.stderr.toString() }, { exitCode: 7, signal: undefined, timedOut: false, stdout: 'b c:/usr:\nin\0put', stderr: 'err\n' });
});

test('output in pieces, small ones that the launcher keeps and others that it does not, is whole and in order', async () => {
  const pieces = [1000, 2000, 3000, 9000, 100, 4088, 5000, 1];
  const script = pieces.map((bytes, n) => `head -c ${bytes} /dev/zero | tr '\\0' ${n}; echo ${n} >&2; sleep 0.02`).join('; ');
  const { stdout, stderr } = await launcher.run(shell(script), { signal: deadline() });
  assert.equal(stdout.toString(), pieces.map((bytes, n) => String(n).repeat(bytes)).join(''));
  assert.equal(stderr.toString(), pieces.map((_, n) => `${n}\n`).join(''));
});

test('run() names the signal that ended the program', async () => {
  const result = await launcher.run(shell('kill -KILL $$'), { signal: deadline() });
  assert.deepEqual([result.exitCode, result.signal, result.timedOut], [undefined, 'SIGKILL', false]);
});

test('a program starts with no signal ignored or blocked, and no descriptor but its three', async () => {
  const { stdout } = await launcher.run(shell('grep -E "^Sig(Blk|Ign)" /proc/self/status; ls /proc/self/fd'), { signal: deadline() });
  assert.match(stdout.toString(), /^SigBlk:\s+0+\nSigIgn:\s+0+\n0\n1\n2\n3\n$/);
});

test('run() of what does not exist or cannot be executed throws NotFoundError naming it', async () => {
  await assert.rejects(launcher.run(shell('', { file: '/no/such' }), { signal: deadline() }), (e: Error) => e instanceof NotFoundError && e.message.includes('/no/such'));
  await assert.rejects(launcher.run(shell('', { file: '/etc/passwd' }), { signal: deadline() }), NotFoundError);
});

test('run() of a program that is being written throws an error of ETXTBSY, and works when it has been', async () => {
  const file = join(directory, 'written');
  await writeFile(file, '#!/bin/sh\necho ran\n');
  await chmod(file, 0o755);
  const run = (): Promise<RunResult> => launcher.run({ ...shell(''), file, args: [] }, { signal: deadline() });
  const writing = await open(file, 'r+');
  await assert.rejects(run(), (e) => errnoOf(e) === 'ETXTBSY' && errorText(e).includes(file)).finally(() => writing.close());
  assert.equal((await run()).stdout.toString(), 'ran\n');
});

test('a timeout ends the whole group, also a program that ignores SIGTERM', async () => {
  const polite = await launcher.run(shell('sleep 981 & wait', { timeoutMs: 100 }), { signal: deadline() });
  assert.deepEqual([polite.timedOut, polite.signal], [true, 'SIGTERM']);
  // It needs time to say that it does; on a busy machine more.
  const stubbornFor = (timeoutMs: number): Promise<RunResult> => launcher.run(shell('trap "" TERM; echo $$; while :; do sleep 0.1; done', { timeoutMs }), { signal: deadline() });
  let stubborn = await stubbornFor(100);
  for (let timeoutMs = 200; stubborn.stdout.length === 0; timeoutMs *= 2) stubborn = await stubbornFor(timeoutMs);
  assert.deepEqual([stubborn.timedOut, stubborn.signal], [true, 'SIGKILL']);
  await assert.rejects(readFile(`/proc/${stubborn.stdout.toString().trim()}/stat`), { code: 'ENOENT' });
});

test('an aborted run() rejects when the program is dead', async () => {
  const controller = new AbortController();
  const running = launcher.run(shell('echo $$; exec sleep 982'), { signal: controller.signal });
  const other = launcher.run(shell('sleep 0.3; echo still here'), { signal: deadline() });
  setTimeout(() => controller.abort(), 50);
  await assert.rejects(running, CancelledError);
  assert.equal((await other).stdout.toString(), 'still here\n');
  await assert.rejects(launcher.run(shell('true'), { signal: AbortSignal.abort() }), CancelledError);
});

test('output beyond the limit is dropped, the program goes on', async () => {
  const result = await launcher.run(shell('head -c 3000000 /dev/zero; echo end >&2', { maxOutputBytes: 1000 }), { signal: deadline() });
  assert.deepEqual([result.stdout.length, result.stderr.toString(), result.exitCode], [1000, 'end\n', 0]);
});

test('a daemonized child that holds the output does not hold back the answer', async () => {
  const result = await launcher.run(shell('setsid sleep 5 & echo done'), { signal: deadline() });
  assert.equal(result.stdout.toString(), 'done\n');
});

test('two hundred programs at once, with input and output of a megabyte together', async () => {
  const stdin = Buffer.alloc(5000, 'z');
  const results = await Promise.all(Array.from({ length: 200 }, (_, i) => launcher.run(shell(`cat; exit ${i % 200}`, { stdin }), { signal: deadline() })));
  results.forEach((result, i) => { assert.equal(result.exitCode, i % 200); assert.ok(result.stdout.equals(stdin)); });
});

test('a request that is too big is refused before it is sent', async () => {
  await assert.rejects(launcher.run(shell('cat', { stdin: Buffer.alloc(5 << 20) }), { signal: deadline() }), InvalidArgumentError);
  assert.equal((await launcher.run(shell('wc -c', { stdin: Buffer.alloc(3 << 20) }), { signal: deadline() })).stdout.toString().trim(), String(3 << 20));
});

test('a launcher that dies fails what was under way, ends it, and is started again', async () => {
  const own = await ownLauncher();
  try {
    const parent = (await own.run(shell('echo $PPID'), { signal: deadline() })).stdout.toString().trim();
    const running = own.run(shell('exec sleep 983'), { signal: deadline() });
    process.kill(Number(parent), 'SIGKILL');
    await assert.rejects(running, UnavailableError);
    const next = (await own.run(shell('echo $PPID'), { signal: deadline() })).stdout.toString().trim();
    assert.notEqual(next, parent);
    const { stdout } = await own.run(shell('for i in $(seq 50); do pgrep -x -f "sleep 983" >/dev/null || { echo gone; break; }; sleep 0.2; done'), { signal: deadline() });
    assert.equal(stdout.toString(), 'gone\n');
  } finally {
    await own[Symbol.asyncDispose]();
  }
});

test('disposing ends what runs, and later requests are refused', async () => {
  const own = await ownLauncher();
  const running = own.run(shell('exec sleep 984'), { signal: deadline() });
  while ((await launcher.run(shell('pgrep -x -f "sleep 984"'), { signal: deadline() })).exitCode !== 0);
  const ended = assert.rejects(running, CancelledError);
  await own[Symbol.asyncDispose]();
  await ended;
  await assert.rejects(own.run(shell('true'), { signal: deadline() }), UnavailableError);
});

test('createLauncher() names a binary that is not there', async () => {
  await assert.rejects(ownLauncher({ binary: '/no/davit-monitor' }), (e: Error) => e instanceof UnavailableError && e.message.includes('/no/davit-monitor'));
});

test('a launcher lives in the cgroup that it is given, and so does what it starts', async () => {
  const cgroups = detectCgroups();
  const path = `/davit-launcher-test-${process.pid}`;
  await cgroups.create(path);
  try {
    await using inside = await ownLauncher({ cgroupDirs: cgroups.directories(path) });
    const { stdout } = await inside.run(shell('cat /proc/self/cgroup'), { signal: deadline() });
    const lines = stdout.toString().trim().split('\n');
    assert.deepEqual(lines.filter((line) => !line.endsWith(path)), []);
    assert.ok(lines.length > 0);
  } finally {
    await cgroups.remove(path, { signal: deadline() });
  }
});

test('what runs when the daemon is killed is finished, and the next launcher waits for it', async () => {
  const lockFile = join(directory, 'killed');
  const done = join(directory, 'done');
  const lock = await open(lockFile, 'a+');
  assert.ok(tryLock(lock.fd, lockFile));
  const earlier = spawn(BINARY, ['launch'], { stdio: ['pipe', 'ignore', 'inherit', lock.fd], env: {}, detached: true });
  await lock.close();
  earlier.stdin?.end(encodeFrame(FrameType.run, 1, encodeRunRequest(shell(`sleep 0.5; echo done > ${done}`))));
  await using next = await ownLauncher({ lockFile });
  assert.equal(await readFile(done, 'utf8'), 'done\n');
  assert.equal((await next.run(shell('echo next'), { signal: deadline() })).stdout.toString(), 'next\n');
});
