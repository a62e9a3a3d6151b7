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
    this.sendsFrame(webSocketFrame(Opcode.binary, Buffer.concat([Buffer.of(channel), bytes])));
  }

  sendsFrame(frame: Buffer): void {
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

/** A message in frames of its own. */
function inFrames(client: FakeClient, opcode: number, payloads: readonly Buffer[]): void {
  for (const [i, payload] of payloads.entries()) client.sendsFrame(webSocketFrame(i === 0 ? opcode : Opcode.continuation, payload, { fin: i === payloads.length - 1 }));
}

for (const [what, base64, opcode, payloads] of [
  ['binary', false, Opcode.binary, ['\0', 'ab', '', 'cd']], ['binary, its channel with the first bytes', false, Opcode.binary, ['\0a', 'b', 'cd']], ['base64', true, Opcode.text, ['0', 'YWJ', 'jZA', '==']],
] as const) {
  test(`a message in several frames is one, ${what}`, () => {
    const client = new FakeClient();
    const channels = channelsOf(client, { base64, closable: !base64 });
    const taken: Buffer[] = [];
    channels.input(0)?.open({ take: (bytes, done) => { taken.push(Buffer.from(bytes)); done(); }, end: () => undefined });
    for (let round = 0; round < 2; round++) inFrames(client, opcode, payloads.map((text) => Buffer.from(text)));
    assert.equal(Buffer.concat(taken).toString(), 'abcdabcd');
    assert.deepEqual([client.lent, channels.traffic], [0, 8]);
  });
}

for (const [base64, head, payload] of [[false, 0x82, '\u0001abcd'], [true, 0x81, '1YWJjZA==']] as const) {
  test(`what is written goes as ${base64 ? 'text: a digit, then base64' : 'bytes: the channel, then what was written'}`, () => {
    const client = new FakeClient();
    const channels = channelsOf(client, { base64 });
    channels.output(1).write(Buffer.from('abcd'), () => undefined);
    assert.deepEqual(Buffer.concat(client.written), Buffer.concat([Buffer.of(head, payload.length), Buffer.from(payload)]));
    assert.equal(channels.traffic, 4);
  });
}

test('where no channel can be ended 255 is one like others', () => {
  const client = new FakeClient();
  const channels = channelsOf(client, { inputs: [0, 255], closable: false });
  const said: string[] = [];
  for (const channel of [0, 255]) channels.input(channel)?.open({ take: (bytes, done) => { said.push(`${channel}: ${bytes.length}`); done(); }, end: () => { said.push(`${channel} ended`); } });
  client.sends(255, Buffer.of(0));
  assert.deepEqual(said, ['255: 1']);
});

for (const [what, payloads, ended] of [
  ['in two frames', [[255], [4]], true], ['and an empty frame', [[255, 4], []], true], ['with another behind it', [[255, 4], [0]], false], ['that is two', [[255], [4, 0]], false], ['that is none', [[255], []], false],
] as const) {
  test(`the end of a channel ${what} ends ${ended ? 'it' : 'the connection'}`, () => {
    const client = new FakeClient();
    const said: string[] = [];
    const channels = channelsOf(client, { inputs: [4], onEnd: (error) => { said.push(error?.message ?? 'end'); } });
    channels.input(4)?.open({ take: (_bytes, done) => done(), end: () => { said.push('channel'); } });
    inFrames(client, Opcode.binary, payloads.map((bytes) => Buffer.from(bytes)));
    // Else the connection waits for the client's own good-bye.
    client.socket.destroy();
    const isClosing = client.written.some((chunk) => chunk[0] === 0x88);
    assert.deepEqual([said.join(), isClosing, client.lent], [ended ? 'channel' : '', !ended, 0]);
  });
}
