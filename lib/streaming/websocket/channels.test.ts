import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import type { DuplexOptions } from 'node:stream';
import { test } from 'node:test';
import { PIECE_COST_BYTES } from '#bytes';
import type { ClientSocket } from '../client-socket.ts';
import { UNTAKEN_MAX_BYTES } from '../limits.ts';
import { Opcode, webSocketFrame } from '../testing/clients.ts';
import { WebSocketChannels } from './channels.ts';
import type { ChannelOptions } from './channels.ts';

/** What may wait, in pieces. */
const ROOM = 4;
const PIECE = Buffer.alloc(UNTAKEN_MAX_BYTES / ROOM - PIECE_COST_BYTES, 1);

/** A connection of which it is seen whether it is read, and whose memory is lent. */
class FakeClient implements ClientSocket {
  readonly written: Buffer[] = [];
  readonly socket: Duplex;
  readonly rest = (): void => undefined;
  /** Chunks that nobody has given back. */
  lent = 0;
  #take: Parameters<ClientSocket['onChunk']>[0] = () => undefined;

  /** @param write takes what is written, and says when it is sent */
  constructor(write: NonNullable<DuplexOptions['write']> = (_chunk, _encoding, done) => done()) {
    const { written } = this;
    this.socket = new Duplex({ read: () => undefined, write(chunk: Buffer, encoding, done) { written.push(chunk); write.call(this, chunk, encoding, done); } });
  }

  get isPaused(): boolean {
    return this.socket.isPaused();
  }

  readonly onChunk = (take: Parameters<ClientSocket['onChunk']>[0]): void => { this.#take = take; };

  sends(channel: number, bytes: Buffer): void {
    const frame = webSocketFrame(Opcode.binary, Buffer.concat([Buffer.of(channel), bytes]));
    this.lent++;
    // Of memory that is no part of a larger one.
    this.#take(Buffer.from(new Uint8Array(frame).buffer), () => { this.lent--; });
  }
}

function channelsOf(client: FakeClient, options: Partial<ChannelOptions> = {}): WebSocketChannels {
  return new WebSocketChannels(client, { inputs: [0], base64: false, closable: true, onEnd: () => undefined, ...options });
}

test('a client is not read while too much of what it sent waits for somebody to take it, and is again when that is done', () => {
  const client = new FakeClient();
  const channels = channelsOf(client);
  for (let piece = 0; piece < ROOM; piece++) client.sends(0, PIECE);
  assert.equal(client.isPaused, false);
  client.sends(0, Buffer.of(1));
  assert.equal(client.isPaused, true);
  const taken: (() => void)[] = [];
  channels.input(0)?.open({ take: (_bytes, done) => { taken.push(done); }, end: () => undefined });
  assert.deepEqual([client.isPaused, taken.length, channels.traffic], [true, ROOM + 1, ROOM * PIECE.length + 1]);
  taken.pop()?.();
  assert.equal(client.isPaused, false);
  for (const done of taken) done();
  client.sends(0, PIECE);
  assert.equal(client.isPaused, false);
});

test('a client that sends byte by byte is not read any more after some thousand pieces, each of which takes more memory than its byte', () => {
  const client = new FakeClient();
  const channels = channelsOf(client);
  let pieces = 0;
  while (!client.isPaused && pieces < UNTAKEN_MAX_BYTES) {
    client.sends(0, Buffer.of(1));
    pieces++;
  }
  assert.equal(pieces, Math.floor(UNTAKEN_MAX_BYTES / (1 + PIECE_COST_BYTES)) + 1);
  channels.input(0)?.open({ take: (_bytes, done) => done(), end: () => undefined });
  assert.equal(client.isPaused, false);
});

test('memory that a client was read into goes back when its bytes are taken, not before', () => {
  const client = new FakeClient();
  const taken: (() => void)[] = [];
  channelsOf(client).input(0)?.open({ take: (_bytes, done) => { taken.push(done); }, end: () => undefined });
  for (let piece = 0; piece < 2; piece++) client.sends(0, PIECE);
  assert.equal(client.lent, 2);
  taken[0]?.();
  assert.equal(client.lent, 1);
  taken[1]?.();
  assert.equal(client.lent, 0);
});

test('what a client sends on a channel that is not for it waits for nobody', () => {
  const client = new FakeClient();
  const channels = channelsOf(client, { closable: false });
  for (let piece = 0; piece < 2 * ROOM; piece++) client.sends(1, PIECE);
  assert.deepEqual([client.isPaused, client.lent, channels.traffic, channels.input(1)], [false, 0, 0, undefined]);
});

test('what is written to a channel after its end is done at once, and goes nowhere', () => {
  const client = new FakeClient();
  const channels = channelsOf(client);
  const output = channels.output(1);
  output.end();
  let done = 0;
  output.write(PIECE, () => { done++; });
  assert.deepEqual([done, channels.traffic], [1, 0]);
});

test('a channel is ended by its number alone, each by its own message', () => {
  const client = new FakeClient();
  const channels = channelsOf(client, { inputs: [0, 4] });
  const ended: number[] = [];
  for (const channel of [0, 4]) channels.input(channel)?.open({ take: (_bytes, done) => done(), end: () => { ended.push(channel); } });
  client.sends(255, Buffer.of(4));
  assert.deepEqual(ended, [4]);
  client.sends(255, Buffer.of(0));
  assert.deepEqual(ended, [4, 0]);
});

test('inputs end with the connection', () => {
  const client = new FakeClient();
  const channels = channelsOf(client);
  let ends = 0;
  channels.input(0)?.open({ take: (_bytes, done) => done(), end: () => { ends++; } });
  channels.destroy(new Error('gone'));
  assert.equal(ends, 1);
});

test('the connection is closed when all that was written is sent, not before', () => {
  const waiting: (() => void)[] = [];
  const client = new FakeClient((_chunk, _encoding, done) => { waiting.push(() => done()); });
  const channels = channelsOf(client);
  channels.output(1).write(PIECE, () => undefined);
  channels.close();
  const isClosing = (): boolean => client.written.some((chunk) => chunk[0] === 0x88);
  assert.equal(client.written.length, 1);
  waiting.shift()?.();
  assert.deepEqual([client.written.length, isClosing()], [2, false], 'the head, then the piece');
  waiting.shift()?.();
  assert.ok(isClosing());
});
