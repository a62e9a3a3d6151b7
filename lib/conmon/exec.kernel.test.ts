import assert from 'node:assert/strict';
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { ExecSpec, Monitor } from './api.ts';
import { RuntimeFailedError } from './errors.ts';
import { execSync } from './exec-sync.ts';
import { createTestNode, deadline, RUNTIMES } from './test-node.ts';
import type { TestNode } from './test-node.ts';

let node: TestNode;
/** Time in which an exec's program has surely begun on a busy machine, runc's own start included; the timeout of those that never end. */
const EXEC_STARTED_MS = 3000;
const monitors = new Map<string, Monitor>();
before(async () => {
  node = await createTestNode();
  for (const { name } of RUNTIMES) monitors.set(name, await node.run(['sleep', '600000'], { id: `host-${name}`, runtime: name }));
});
after(async () => {
  for (const monitor of monitors.values()) await monitor[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

function exec(words: readonly string[], options: Partial<ExecSpec> = {}): ExecSpec {
  return { processJson: node.process(words, { terminal: options.terminal ?? false }), terminal: false, stdin: false, timeoutMs: 0, outputLimitBytes: 1 << 20, ...options };
}

function container(name = 'crun'): Monitor {
  const monitor = monitors.get(name);
  assert.ok(monitor);
  return monitor;
}

for (const { name } of RUNTIMES) {
  test(`${name}: execSync() gives stdout, stderr and exit code`, async () => {
    const result = await execSync(container(name), exec(['out', 'to out\\n', 'err', 'to err\\n', 'exit', '9']), { signal: deadline() });
    assert.deepEqual({ ...result, stdout: result.stdout.toString(), stderr: result.stderr.toString() }, { stdout: 'to out\n', stderr: 'to err\n', exitCode: 9, timedOut: false });
  });

  test(`${name}: a command that does not exist is the runtime's error, not an exit code`, async () => {
    const missing = { ...JSON.parse(node.process([])) as object, args: ['/no/such/program'] };
    await assert.rejects(execSync(container(name), { ...exec([]), processJson: JSON.stringify(missing) }, { signal: deadline() }),
      (error: Error) => error instanceof RuntimeFailedError && /such file/.test(error.message) && !error.message.includes('level='));
  });

  test(`${name}: a working directory that does not exist is the runtime's error, and so is a limit of no known kind`, async () => {
    for (const wrong of [{ cwd: '/no/such/directory' }, { rlimits: [{ type: 'RLIMIT_NO_SUCH', soft: 1, hard: 1 }] }]) {
      const processJson = JSON.stringify({ ...JSON.parse(node.process(['exit', '0'])) as object, ...wrong });
      await assert.rejects(execSync(container(name), { ...exec([]), processJson }, { signal: deadline() }), RuntimeFailedError);
    }
  });

  test(`${name}: a runtime that fails after it has started the process is an error in its own words, and the process goes`, async () => {
    const wrapper = node.path(`late-${name}`);
    await writeFile(wrapper, `#!/bin/sh\n${RUNTIMES.find((r) => r.name === name)?.path} "$@" || exit\ncase "$*" in *" exec "*) echo failed late >&2; exit 3 ;; esac\n`, { mode: 0o755 });
    const id = `late-${name}`;
    await using monitor = await node.run(['sleep', '600000'], { id, runtime: name, spec: { runtime: { path: wrapper, globalArgs: [`--root=${node.path('runtime')}`] } } });
    for (const terminal of [false, true])
      await assert.rejects(execSync(monitor, exec(['sleep', '600003'], { terminal }), { signal: deadline() }), (error: Error) => error instanceof RuntimeFailedError && /failed late/.test(error.message));
    assert.deepEqual(await living(monitor, '600003'), []);
    assert.equal((await monitor.status({ signal: deadline() })).execsLive, 0);
  });

  test(`${name}: a timeout kills children in sessions of their own too, daemons included, and nothing is left when the answer comes`, async () => {
    const result = await execSync(container(name), exec(['out', 'begun', 'setsid-sleep', '600000', 'daemon', '600000', 'stray', '600000', 'fork-sleep', '600000', 'ignore', '15', 'sleep', '600000'], { timeoutMs: EXEC_STARTED_MS }), { signal: deadline() });
    assert.deepEqual([result.timedOut, result.stdout.toString(), result.exitCode], [true, 'begun', 137]);
    assert.deepEqual(await living(container(name), 'setsid-sleep'), []);
    assert.deepEqual(await zombieChildren(container(name)), []);
  });

  test(`${name}: an exec with a terminal has its size, both directions and its end`, async () => {
    await using session = await container(name).exec(exec(['wait-file', '/tmp/sized', 'size', 'cat'], { terminal: true, stdin: true }), { signal: deadline() });
    session.resize({ rows: 33, columns: 101 });
    await execSync(container(name), exec(['file', '/tmp/sized', '']), { signal: deadline() });
    let text = '';
    for await (const chunk of session.stdout) {
      text += chunk.toString();
      if (text === '33 101\r\n') await session.write(Buffer.from('typed\n\x04'));
    }
    assert.equal((await session.exited).exitCode, 0);
    assert.equal(text, '33 101\r\ntyped\r\ntyped\r\n');
  });
}

test('output beyond the limit is read and dropped, each stream by itself', async () => {
  const result = await execSync(container(), exec(['spill', '3000000', 'err', 'all done', 'exit', '4'], { outputLimitBytes: 100_000 }), { signal: deadline() });
  assert.deepEqual([result.stdout.length, result.stderr.toString(), result.exitCode], [100_000, 'all done', 4]);
});

test('output comes whole to a slow reader too, and waits in the process, not in our memory', async () => {
  await using session = await container().exec(exec(['spill', '20000000'], { outputLimitBytes: Number.MAX_SAFE_INTEGER }), { signal: deadline() });
  let bytes = 0, most = 0, chunks = 0;
  for await (const chunk of session.stdout) {
    bytes += chunk.length;
    // An iteration takes all that has been buffered.
    most = Math.max(most, chunk.length);
    if (chunks++ < 100) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assert.equal(bytes, 20_000_000);
  assert.ok(most < 1_000_000, `${most} bytes waited in memory`);
  assert.equal((await session.exited).exitCode, 0);
});

test('stdin is passed on to its end', async () => {
  await using session = await container().exec(exec(['cat'], { stdin: true }), { signal: deadline() });
  const text = collect(session.stdout);
  await session.write(Buffer.alloc(300_000, 'y'));
  await session.write(Buffer.from('end'));
  session.closeStdin();
  assert.equal((await text).toString(), `${'y'.repeat(300_000)}end`);
  assert.equal((await session.exited).exitCode, 0);
});

test('a grandchild that keeps the output open does not hold back the answer', async () => {
  const result = await execSync(container(), exec(['fork-sleep', '600000', 'out', 'bye', 'exit', '6']), { signal: deadline() });
  assert.deepEqual([result.stdout.toString(), result.exitCode], ['bye', 6]);
});

test('a client that goes away takes its exec with it', async () => {
  const session = await container().exec(exec(['out', 'up', 'sleep', '600001']), { signal: deadline() });
  for await (const chunk of session.stdout) { assert.equal(chunk.toString(), 'up'); break; }
  await session[Symbol.asyncDispose]();
  await assert.rejects(session.exited, { code: 'Cancelled' });
  const signal = deadline();
  while ((await container().status({ signal })).execsLive > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(await living(container(), '600001'), []);
});

test('an exec is one process more below the monitor, and leaves no file: no second monitor, no log, no specification', async () => {
  await using monitor = await node.run(['sleep', '600000'], { id: 'light' });
  const files = await readdir(node.path('run/light'));
  const session = await monitor.exec(exec(['out', 'up', 'sleep', '600004']), { signal: deadline() });
  for await (const chunk of session.stdout) { assert.equal(chunk.toString(), 'up'); break; }
  assert.deepEqual([(await children(monitor)).length, await readdir(node.path('run/light'))], [2, files]);
  await session[Symbol.asyncDispose]();
  await assert.rejects(session.exited, { code: 'Cancelled' });
  await execSync(monitor, exec(['exit', '0']), { signal: deadline() });
  assert.deepEqual(await readdir(node.path('run/light')), files);
});

test('execSync() that is aborted kills the command', async () => {
  const controller = new AbortController();
  const running = execSync(container(), exec(['file', '/tmp/aborting', '', 'sleep', '600002']), { signal: controller.signal });
  await execSync(container(), exec(['wait-file', '/tmp/aborting']), { signal: deadline() });
  controller.abort();
  await assert.rejects(running, { code: 'Cancelled' });
});

test('forty execs at once are all right: those beyond the slots are refused by name, the others answer', async () => {
  const results = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => execSync(container(), exec(['out', String(i), 'sleep', '50', 'exit', String(i)]), { signal: deadline() })));
  let refused = 0;
  results.forEach((result, i) => {
    if (result.status === 'fulfilled') assert.deepEqual([result.value.stdout.toString(), result.value.exitCode], [String(i), i]);
    else { refused++; assert.match(String(result.reason), /^ResourceExhaustedError/); }
  });
  assert.ok(refused < 40 - 20, `${refused} were refused`);
});

test('a process object of many frames is taken, one that is too big refused', async () => {
  const big = JSON.parse(node.process(['exit', '0'])) as { env: string[] };
  big.env.push(...Array.from({ length: 200 }, (_, i) => `V${i}=${'v'.repeat(1000)}`));
  assert.equal((await execSync(container(), { ...exec([]), processJson: JSON.stringify(big) }, { signal: deadline() })).exitCode, 0);
  big.env.push(`W=${'w'.repeat(1 << 20)}`);
  await assert.rejects(execSync(container(), { ...exec([]), processJson: JSON.stringify(big) }, { signal: deadline() }), { code: 'InvalidArgument' });
});

test('an exec inherits nothing of the monitor: no ignored signal, no protection from the OOM killer', async () => {
  const status = (await execSync(container(), exec(['read', '/proc/self/status', 'read', '/proc/self/oom_score_adj']), { signal: deadline() })).stdout.toString();
  assert.match(status, /^SigIgn:\s+0+$/m);
  assert.match(status, /^SigBlk:\s+0+$/m);
  assert.equal(status.trim().split('\n').at(-1), (await readFile('/proc/self/oom_score_adj', 'utf8')).trim());
});

for (const { name: runtime } of RUNTIMES) {
  test(`${runtime}: an exec is as dear to the OOM killer as its container`, async () => {
    await using monitor = await node.run(['sleep', '600000'], { id: `dear-${runtime}`, runtime, oomScoreAdj: 345 });
    assert.equal((await execSync(monitor, exec(['read', '/proc/self/oom_score_adj']), { signal: deadline() })).stdout.toString(), '345\n');
  });
}

test('an orphan of a container that shares the host\'s pids is reaped', async () => {
  await using monitor = await node.run(['sleep', '600000'], { id: 'hostpid', namespaces: [{ type: 'mount' }, { type: 'uts' }, { type: 'network' }] });
  await execSync(monitor, exec(['orphan', '1']), { signal: deadline() });
  await execSync(monitor, exec(['sleep', '100']), { signal: deadline() });
  const signal = deadline();
  while ((await zombieChildren(monitor)).length > 0 && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(await zombieChildren(monitor), []);
});

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Command lines of living processes that contain a word and descend from that container's tool. */
async function living(monitor: Monitor, word: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== monitor.containerPid)) {
    const text = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').join(' ');
    const namespace = await sameNamespace(pid, monitor.containerPid);
    if (text.startsWith('/tool') && text.includes(word) && namespace) found.push(text);
  }
  return found;
}

async function sameNamespace(pid: string, other: number): Promise<boolean> {
  const of = (p: string | number): Promise<string> => readlink(`/proc/${p}/ns/mnt`).catch(() => '');
  return await of(pid) === await of(other);
}

async function children(monitor: Monitor): Promise<string[]> {
  return (await readFile(`/proc/${monitor.monitorPid}/task/${monitor.monitorPid}/children`, 'utf8')).split(' ').filter((pid) => pid !== '');
}

async function zombieChildren(monitor: Monitor): Promise<string[]> {
  const stats = await Promise.all((await children(monitor)).map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.filter((stat) => / Z /.test(stat));
}
