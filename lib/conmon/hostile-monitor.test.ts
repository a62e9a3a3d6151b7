/** What a monitor or launcher may say, damaged: every call is answered or fails as our errors do, nothing is waited for for ever, and no connection is left. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, test } from 'node:test';
import { DavitError } from '#errors';
import { Random } from '../../test/fixtures/random/index.ts';
import type { StreamSession } from './api.ts';
import { connectMonitor } from './control.ts';
import { encodeFrame } from './frames.ts';
import { HELLO } from './hello-fixture.ts';
import { LauncherProcess } from './launcher-process.ts';
import type { LauncherChild } from './launcher-process.ts';
import { FRAME_PAYLOAD_MAX_BYTES, FrameType } from './protocol.ts';

const ROUNDS = 1500;
const LAUNCHER_ROUNDS = 2000;
/** What one stream of a session may keep, with what comes before its pause is heard. */
const WAITING_LIMIT_BYTES = 2_000_000;
const hello = encodeFrame(FrameType.hello, 0, Buffer.from(HELLO));
const started = encodeFrame(FrameType.execStarted, 0, Buffer.from('pid=77\n'));

/** Says what a test has it say to each connection in turn. */
class FakeMonitor implements AsyncDisposable {
  readonly path: string;
  readonly #directory: string;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket)).resume();
    for (const piece of this.scripts.shift() ?? []) socket.write(piece);
    if (this.hangsUp) socket.end();
  });
  scripts: Buffer[][] = [];
  hangsUp = true;

  private constructor(directory: string) {
    this.#directory = directory;
    this.path = join(directory, 'sock');
  }

  static async start(): Promise<FakeMonitor> {
    const monitor = new FakeMonitor(await mkdtemp(join(tmpdir(), 'davit-hostile-')));
    await new Promise<void>((resolve) => { monitor.#server.listen(monitor.path, resolve); });
    return monitor;
  }

  /** Resolves when every client has hung up. */
  async deserted(): Promise<void> {
    for (const signal = deadline(); this.#sockets.size > 0;) {
      signal.throwIfAborted();
      await new Promise((resolve) => { setImmediate(resolve); });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => { this.#server.close(resolve); });
    await rm(this.#directory, { recursive: true });
  }
}

let monitor: FakeMonitor;
before(async () => { monitor = await FakeMonitor.start(); });
after(() => monitor[Symbol.asyncDispose]());

function deadline(): AbortSignal {
  return AbortSignal.timeout(30_000);
}

/** What it gives; undefined when it fails, which only an error of ours may do, and before its deadline. */
async function settled<T>(what: string, signal: AbortSignal, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    assert.ok(error instanceof DavitError && !signal.aborted, `${what}: ${String(error)}`);
    return undefined;
  }
}

function frame(random: Random): Buffer {
  const id = random.below(4);
  switch (random.below(10)) {
    case 0: return encodeFrame(FrameType.ok, id, random.below(2) === 0 ? Buffer.from(HELLO) : random.bytes(random.below(30)));
    case 1: return encodeFrame(FrameType.error, id, Buffer.concat([Buffer.of(random.below(9)), Buffer.from('exit code 1: words')]));
    case 2: return encodeFrame(FrameType.exit, 0, Buffer.from('record=1\nid=box\nexit_code=3\n'));
    case 3: return encodeFrame(FrameType.stdout, 0, random.bytes(random.below(200)));
    case 4: return encodeFrame(FrameType.stderr, 0, random.bytes(random.below(200)));
    case 5: return started;
    case 6: return encodeFrame(FrameType.execExit, 0, Buffer.from('exit_code=9\nsignal=0\ntimed_out=0\nstdout_bytes=1\nstderr_bytes=2\n'));
    case 7: return encodeFrame(random.below(256), id, random.bytes(random.below(40)));
    case 8: return hello;
    default: return encodeFrame(FrameType.ok, id);
  }
}

/** A greeting and what may follow, whole or damaged, in pieces. */
function script(random: Random, first: readonly Buffer[]): Buffer[] {
  const bytes = Buffer.concat([...first, ...Array.from({ length: random.below(8) }, () => frame(random))]);
  return random.pieces(random.below(4) === 0 ? bytes : random.damaged(bytes), 200);
}

async function drain({ stdout, stderr, exited }: Pick<StreamSession, 'stdout' | 'stderr'> & { readonly exited: Promise<unknown> }, signal: AbortSignal): Promise<void> {
  const all = async (output: AsyncIterable<Buffer>): Promise<void> => { for await (const piece of output) assert.ok(piece.length > 0); };
  await Promise.all([settled('stdout', signal, all(stdout)), settled('stderr', signal, all(stderr)), settled('exited', signal, exited)]);
}

test(`${ROUNDS} monitors that say anything: requests, exec and attach end, and their connections too`, async () => {
  const random = new Random(31);
  const spec = { processJson: '{}', terminal: false, stdin: true, timeoutMs: 0, outputLimitBytes: 1000 };
  let connected = 0;
  for (let n = 0; n < ROUNDS; n++) {
    monitor.scripts = [script(random, [hello]), script(random, [hello, started]), script(random, [hello, encodeFrame(FrameType.ok, 0)])];
    const signal = deadline();
    const control = await settled('connect', signal, connectMonitor(monitor.path, 'box', { signal }));
    if (control) {
      connected++;
      const requests = ['start', 'status', 'reopenLog'] as const;
      await Promise.all([settled('exited', signal, control.exited), settled('kill', signal, control.kill(9, { signal })), ...requests.map((request) => settled<unknown>(request, signal, control[request]({ signal })))]);
      for (const session of [await settled('exec', signal, control.exec(spec, { signal })), await settled('attach', signal, control.attach({ stdin: true, stdout: true, stderr: true }, { signal }))]) {
        if (!session) continue;
        await settled('write', signal, session.write(Buffer.alloc(100)));
        await drain(session, signal);
        await session[Symbol.asyncDispose]();
      }
      await control[Symbol.asyncDispose]();
    }
    await monitor.deserted();
  }
  // Most greetings are in order: what comes behind them is seen.
  assert.ok(connected > ROUNDS / 4, `${connected} greetings were taken`);
});

for (const [what, bytes] of [
  ['a frame that is too long', Buffer.from('0100010041000100', 'hex')],
  ['a frame whose sixth byte is set', Buffer.from('0000000041010100', 'hex')],
  ['a frame of a type that is none', encodeFrame(0x7f, 0)],
  ['an end without a record', encodeFrame(FrameType.exit, 0)],
  ['a second greeting that is none', encodeFrame(FrameType.hello, 0, Buffer.from('protocol=x\n'))],
  ['an error that answers nothing', encodeFrame(FrameType.error, 0, Buffer.from('\x03no room'))],
] as const) {
  test(`a monitor that says ${what} and goes on listening is hung up on, and requests fail`, async () => {
    await using listening = await FakeMonitor.start();
    listening.hangsUp = false;
    listening.scripts = [[hello, bytes]];
    const begin = async (): Promise<void> => { await (await connectMonitor(listening.path, 'box', { signal: deadline() }))?.start({ signal: deadline() }); };
    await assert.rejects(begin(), DavitError);
    await listening.deserted();
  });
}

for (const [what, answer] of [['no pid', encodeFrame(FrameType.execStarted, 0, Buffer.from('fd=3\n'))], ['more than fits a frame', Buffer.concat([started, Buffer.alloc(8, 0xff)])]] as const) {
  test(`a monitor that answers an exec with ${what} is hung up on`, async () => {
    await using listening = await FakeMonitor.start();
    listening.hangsUp = false;
    listening.scripts = [[hello], [hello, answer]];
    await using control = await connectMonitor(listening.path, 'box', { signal: deadline() });
    const begin = async (): Promise<void> => { await (await control?.exec({ processJson: '{}', terminal: false, stdin: false, timeoutMs: 0, outputLimitBytes: 10 }, { signal: deadline() }))?.exited; };
    await assert.rejects(begin(), DavitError);
    await control?.[Symbol.asyncDispose]();
    await listening.deserted();
  });
}

test('what a monitor sends to a session that nobody reads waits in the kernel', async () => {
  const frames = 400;
  await using listening = await FakeMonitor.start();
  listening.hangsUp = false;
  listening.scripts = [[hello], [hello, started, ...Array.from({ length: frames }, () => encodeFrame(FrameType.stdout, 0, Buffer.alloc(FRAME_PAYLOAD_MAX_BYTES)))]];
  await using control = await connectMonitor(listening.path, 'box', { signal: deadline() });
  const exec = await control?.exec({ processJson: '{}', terminal: false, stdin: false, timeoutMs: 0, outputLimitBytes: 10 }, { signal: deadline() });
  assert.ok(exec);
  let bytes = 0;
  for await (const piece of exec.stdout) {
    // All that waited in this process.
    assert.ok(piece.length < WAITING_LIMIT_BYTES, `${piece.length} bytes`);
    bytes += piece.length;
    if (bytes === frames * FRAME_PAYLOAD_MAX_BYTES) break;
  }
  await exec[Symbol.asyncDispose]();
});

test(`${LAUNCHER_ROUNDS} launchers that say anything: every program is answered for`, async () => {
  const random = new Random(32);
  for (let n = 0; n < LAUNCHER_ROUNDS; n++) {
    const said = Array.from({ length: random.below(8) }, () => {
      const id = random.below(3);
      return random.below(3) === 0 ? frame(random) : random.below(2) === 0 ? encodeFrame(FrameType.stdout, id, random.bytes(random.below(50))) : encodeFrame(FrameType.runExit, id, Buffer.from('exit_code=0\nsignal=0\ntimed_out=0\ncancelled=0\n'));
    });
    const child = Object.assign(new EventEmitter(), { stdin: new PassThrough(), stdout: new PassThrough(), pid: 1, kill: () => true });
    child.stdin.resume();
    const launcher = new LauncherProcess(child as unknown as LauncherChild);
    const signal = deadline();
    const runs = ['a', 'b', 'c'].map((name) => settled(name, signal, launcher.run({ file: `/bin/${name}`, args: [], env: {}, timeoutMs: 1000 }, { signal })));
    for (const piece of random.pieces(random.below(4) === 0 ? Buffer.concat(said) : random.damaged(Buffer.concat(said)), 60)) child.stdout.write(piece);
    child.stdout.end();
    child.stdout.once('end', () => child.emit('close'));
    await Promise.all(runs);
  }
});
