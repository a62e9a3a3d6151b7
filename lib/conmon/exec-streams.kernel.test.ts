/** Exec streams by taken descriptors, and by frames where the kernel does not let them be taken. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readlink, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { ExecSpec, Monitor } from './api.ts';
import type { ByteSource, ProcessStreams } from './byte-streams.ts';
import { execStreams } from './exec-streams.ts';
import { createTestNode, deadline, RUNTIMES } from './test-node.ts';
import type { TestNode } from './test-node.ts';

/** Above every limit of the kernel: what it would be refused is ESRCH, which takes the same way as EPERM of a kernel without pidfd_getfd. */
const NO_PROCESS = 0x7fff_fff0;
const DEADLINE = { timeout: 60_000 };

let node: TestNode;
const monitors = new Map<string, Monitor>();
before(async () => {
  node = await createTestNode();
  for (const { name } of RUNTIMES) monitors.set(name, await node.run(['sleep', '600000'], { id: name, runtime: name }));
});
after(async () => {
  for (const monitor of monitors.values()) await monitor[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

type Way = 'descriptors' | 'frames';

/** What a daemon does that can take descriptors, or cannot. */
async function begin(way: Way, runtime: string, words: readonly string[], spec: Partial<ExecSpec> = {}): Promise<ProcessStreams> {
  const status = await (monitors.get(runtime) as Monitor).status({ signal: deadline() });
  const monitor = way === 'frames' ? { ...status, monitorPid: NO_PROCESS } : status;
  const terminal = spec.terminal ?? false;
  return execStreams(node.path(`run/${runtime}/sock`), runtime, monitor, { processJson: node.process(words, { terminal }), terminal, stdin: false, timeoutMs: 0, outputLimitBytes: Number.MAX_SAFE_INTEGER, ...spec }, { signal: deadline() });
}

async function collect(source: ByteSource): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await new Promise<void>((resolve) => { source.open({ take: (piece, done) => { pieces.push(Buffer.from(piece)); done(); }, end: resolve }); });
  return Buffer.concat(pieces);
}

/** Of this process. */
async function pipes(): Promise<number> {
  const names = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return names.filter((name) => name.startsWith('pipe:')).length;
}

for (const { name: runtime } of RUNTIMES) {
  for (const way of ['descriptors', 'frames'] as const) {
    test(`${runtime}: by ${way}, all that is written is read, both outputs come whole, and the exit code`, DEADLINE, async () => {
      const before = await pipes();
      const streams = await begin(way, runtime, ['cat', 'err', 'over', 'exit', '7'], { stdin: true });
      assert.equal(await pipes() - before, way === 'descriptors' ? 3 : 0);
      const data = randomBytes(3_000_001);
      const outputs = Promise.all([collect(streams.stdout), collect(streams.stderr)]);
      for (let at = 0; at < data.length; at += 100_000) await new Promise<void>((done) => { streams.stdin.write(data.subarray(at, at + 100_000), done); });
      streams.stdin.end();
      const [out, err] = await outputs;
      assert.ok(out.equals(data), `${out.length} bytes`);
      assert.deepEqual([err.toString(), await streams.exited], ['over', 7]);
      await streams[Symbol.asyncDispose]();
      assert.equal(await pipes(), before);
    });
  }
}

for (const way of ['descriptors', 'frames'] as const) {
  test(`by ${way}: output that is not taken holds the process, and it ends when its client goes`, DEADLINE, async () => {
    const streams = await begin(way, 'crun', ['spill', '50000000']);
    let bytes = 0;
    const first = Promise.withResolvers<void>();
    streams.stdout.open({ take: (piece) => { bytes += piece.length; first.resolve(); }, end: () => undefined });
    await first.promise;
    assert.equal((await (monitors.get('crun') as Monitor).status({ signal: deadline() })).execsLive, 1);
    await streams[Symbol.asyncDispose]();
    assert.ok(bytes < 5_000_000, `${bytes} bytes were given to somebody who takes none`);
    await ended();
  });

  test(`by ${way}: a terminal has its size and echo, which are always frames`, DEADLINE, async () => {
    const before = await pipes();
    const streams = await begin(way, 'crun', ['size', 'cat'], { terminal: true, stdin: true });
    assert.equal(await pipes(), before);
    const output = collect(streams.stdout);
    streams.stderr.close();
    streams.stdin.write(Buffer.from('typed\n\x04'), () => undefined);
    assert.match((await output).toString(), /^\d+ \d+\r\n(typed\r\n){2}|typed\r\n\d+ \d+\r\ntyped\r\n/);
    assert.equal(await streams.exited, 0);
    await streams[Symbol.asyncDispose]();
  });
}

async function ended(): Promise<void> {
  for (const signal = deadline(); ;) {
    if ((await (monitors.get('crun') as Monitor).status({ signal })).execsLive === 0) return;
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}
