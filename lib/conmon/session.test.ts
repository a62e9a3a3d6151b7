import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { encodeFrame, FrameDecoder } from './frames.ts';
import { FRAME_PAYLOAD_MAX_BYTES, FRAME_PAYLOAD_SMALL_BYTES, FrameType } from './protocol.ts';
import { Session } from './session.ts';

/** More than one stream keeps. */
const MUCH_BYTES = 300 * 1024;

/** The monitor's end of a connection in memory. */
class FakeConnection extends Duplex {
  /** Sizes of the stdin frames that came. */
  readonly frames: number[] = [];
  readonly #decoder = new FrameDecoder(FRAME_PAYLOAD_MAX_BYTES);

  override _read(): void { /* what a test pushes */ }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    for (const { type, payload } of this.#decoder.push(chunk)) if (type === FrameType.stdin) this.frames.push(payload.length);
    done();
  }

  says(type: number, payload: Buffer): void {
    for (let at = 0; at < payload.length; at += FRAME_PAYLOAD_MAX_BYTES) this.push(encodeFrame(type, 0, payload.subarray(at, at + FRAME_PAYLOAD_MAX_BYTES)));
  }
}

const open = (connection: FakeConnection, protocol: number): Session => new Session(connection as unknown as Socket, 'exec', { begin: FrameType.execStarted, end: FrameType.execExit }, { protocol });
const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

test('a monitor is not read while either stream has too much that nobody takes, and is again when both have room', async () => {
  const connection = new FakeConnection();
  await using session = open(connection, 2);
  connection.says(FrameType.stdout, Buffer.alloc(MUCH_BYTES, 1));
  await turn();
  assert.equal(connection.isPaused(), true);
  // What had come before the pause was heard is taken all the same.
  connection.resume();
  connection.says(FrameType.stderr, Buffer.alloc(MUCH_BYTES, 2));
  await turn();
  assert.equal(connection.isPaused(), true);
  const [stdout, stderr] = [session.stdout[Symbol.asyncIterator](), session.stderr[Symbol.asyncIterator]()];
  await stdout.next();
  assert.equal(connection.isPaused(), true, 'stderr is still full');
  await stderr.next();
  assert.equal(connection.isPaused(), false);
  connection.destroy();
});

test('a monitor whose container prints byte by byte is not read after some thousand pieces that nobody takes', async () => {
  const connection = new FakeConnection();
  await using session = open(connection, 2);
  const crumb = encodeFrame(FrameType.stdout, 0, Buffer.of(1));
  connection.push(Buffer.concat(Array<Buffer>(2000).fill(crumb)));
  await turn();
  assert.equal(connection.isPaused(), true);
  await session.stdout[Symbol.asyncIterator]().next();
  assert.equal(connection.isPaused(), false);
  connection.destroy();
});

for (const [protocol, largest] of [[1, FRAME_PAYLOAD_SMALL_BYTES], [2, FRAME_PAYLOAD_MAX_BYTES]] as const) {
  test(`a monitor of protocol ${protocol} gets stdin in frames of at most ${largest} bytes`, async () => {
    const connection = new FakeConnection();
    await using session = open(connection, protocol);
    await session.write(Buffer.alloc(2 * largest + 1));
    assert.deepEqual(connection.frames, [largest, largest, 1]);
    connection.destroy();
  });
}
