import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectSocket } from './channel.ts';
import { FrameDecoder } from './frames.ts';
import { FRAME_PAYLOAD_MAX_BYTES, FrameType, PROTOCOL_VERSION } from './protocol.ts';
import { Session } from './session.ts';

const PIECES = 200;
/** Large enough to be sent without a copy, small enough that some wait below every mark. */
const PIECE_BYTES = 5000;

test('write() resolves when its bytes may be changed, whether the monitor reads or not', async (t) => {
  const directory = await mkdtemp('/tmp/session-');
  t.after(() => rm(directory, { recursive: true }));
  const server = createServer({ pauseOnConnect: true });
  t.after(() => server.close());
  server.listen(join(directory, 'sock'));
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const socket = await connectSocket(join(directory, 'sock'), { signal: AbortSignal.timeout(10_000) });
  assert.ok(socket);
  await using session = new Session(socket, 'test', { begin: FrameType.execStarted, end: FrameType.execExit }, { protocol: PROTOCOL_VERSION });
  const [monitor] = await accepted;
  t.after(() => monitor.destroy());
  const written = Array.from({ length: PIECES }, async () => {
    const piece = Buffer.alloc(PIECE_BYTES, 'o');
    await session.write(piece);
    piece.fill('X');
  });
  // What could resolve without being sent has done so.
  await new Promise((resolve) => { setImmediate(resolve); });
  let bytes = 0;
  const decoder = new FrameDecoder(FRAME_PAYLOAD_MAX_BYTES);
  const all = Promise.withResolvers<void>();
  monitor.on('data', (chunk: Buffer) => {
    for (const { payload } of decoder.push(chunk)) {
      assert.ok(!payload.includes('X'), 'changed before it was sent');
      bytes += payload.length;
    }
    if (bytes === PIECES * PIECE_BYTES) all.resolve();
  });
  monitor.resume();
  await Promise.all([...written, all.promise]);
});
