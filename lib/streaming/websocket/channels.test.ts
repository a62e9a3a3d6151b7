import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { WebSocket } from 'ws';
import { WebSocketChannels } from './channels.ts';

const PIECE = Buffer.alloc(128 * 1024, 1);
/** What may wait, in pieces. */
const ROOM = 4;

/** A socket of which it is seen whether it is read. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly readyState = 1;
  isPaused = false;

  pause(): void { this.isPaused = true; }
  resume(): void { this.isPaused = false; }

  sends(channel: number, bytes: Buffer): void { this.emit('message', Buffer.concat([Buffer.of(channel), bytes])); }
}

test('a client is not read while too much of what it sent waits for somebody to take it, and is again when that is done', () => {
  const socket = new FakeSocket();
  const channels = new WebSocketChannels(socket as unknown as WebSocket, { inputs: [0], base64: false, closable: true, onEnd: () => undefined });
  for (let piece = 0; piece < ROOM; piece++) socket.sends(0, PIECE);
  assert.equal(socket.isPaused, false);
  socket.sends(0, Buffer.of(1));
  assert.equal(socket.isPaused, true);
  const taken: (() => void)[] = [];
  channels.input(0)?.open({ take: (_bytes, done) => { taken.push(done); }, end: () => undefined });
  assert.deepEqual([socket.isPaused, taken.length, channels.traffic], [true, ROOM + 1, ROOM * PIECE.length + 1]);
  taken.pop()?.();
  assert.equal(socket.isPaused, false);
  for (const done of taken) done();
  socket.sends(0, PIECE);
  assert.equal(socket.isPaused, false);
});

test('what a client sends on a channel that is not for it waits for nobody', () => {
  const socket = new FakeSocket();
  const channels = new WebSocketChannels(socket as unknown as WebSocket, { inputs: [0], base64: false, closable: false, onEnd: () => undefined });
  for (let piece = 0; piece < 2 * ROOM; piece++) socket.sends(1, PIECE);
  assert.deepEqual([socket.isPaused, channels.traffic, channels.input(1)], [false, 0, undefined]);
});
