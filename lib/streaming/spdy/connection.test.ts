import assert from 'node:assert/strict';
import { Duplex, duplexPair } from 'node:stream';
import { test } from 'node:test';
import { Random } from '../../../test/fixtures/random/index.ts';
import { plainSocket } from '../client-socket.ts';
import { SpdyClient } from '../testing/spdy-client.ts';
import { SpdyConnection } from './connection.ts';
import { SpdyError } from './error.ts';
import { ControlType, controlFrame, dataHeader, FLAG_FIN, ResetStatus } from './frames.ts';
import { HeaderWriter } from './headers.ts';
import { UNTAKEN_MAX_BYTES } from '../limits.ts';
import type { SpdyStream } from './stream.ts';

const FUZZ_ROUNDS = 1500;

interface Pair { readonly client: SpdyClient; readonly server: SpdyConnection; readonly streams: SpdyStream[]; readonly ended: Promise<Error | undefined> }

/** A server that does with each stream what `onStream` says; by default it accepts. */
function connected(onStream: (stream: SpdyStream) => void = (stream) => stream.reply()): Pair {
  const [near, far] = duplexPair();
  const streams: SpdyStream[] = [];
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const server = new SpdyConnection(plainSocket(near), { onStream: (stream) => { streams.push(stream); onStream(stream); }, onEnd: resolve });
  return { client: new SpdyClient(far), server, streams, ended: promise };
}

function echo(stream: SpdyStream): void {
  stream.reply();
  stream.input.open({ take: (piece, done) => stream.write(Buffer.from(piece), done), end: () => stream.end() });
}

test('streams carry bytes both ways and end one direction at a time', async () => {
  const { client, streams } = connected(echo);
  const [a, b] = [client.open({ streamtype: 'a' }), client.open({ StreamType: 'b', port: '80' })];
  client.send(a, 'one ');
  client.send(b, 'other', true);
  client.send(a, 'two', true);
  await client.until(() => client.at(a).ended && client.at(b).ended);
  assert.deepEqual([client.at(a).replied, client.at(a).data.toString(), client.at(b).data.toString()], [true, 'one two', 'other']);
  assert.deepEqual(streams.map(({ headers }) => headers.get('streamtype')), ['a', 'b']);
});

test('close() says good-bye after everything that was written', async () => {
  const { client, server, streams, ended } = connected();
  const id = client.open({});
  await client.until(() => client.at(id).replied);
  streams[0]?.write(Buffer.alloc(300_000, 'x'), () => undefined);
  streams[0]?.end();
  server.close();
  await client.until(() => client.control.some(({ type }) => type === ControlType.goAway));
  assert.deepEqual([client.at(id).data.length, client.at(id).ended], [300_000, true]);
  client.socket.end();
  assert.equal(await ended, undefined);
});

test('a reset ends both directions and tells the owner', async () => {
  const reset = Promise.withResolvers<void>();
  const { client, streams } = connected((stream) => { stream.reply(); stream.onReset(reset.resolve); });
  const id = client.open({});
  client.control1(ControlType.rstStream, id, ResetStatus.cancel);
  await reset.promise;
  let done = false;
  streams[0]?.write(Buffer.from('late'), () => { done = true; });
  assert.ok(done, 'what nobody takes any more is done at once');
});

test('pings of the client are answered, ours are not', async () => {
  const { client } = connected();
  client.control1(ControlType.ping, 2);
  client.control1(ControlType.ping, 7);
  await client.until(() => client.control.length > 0);
  assert.deepEqual(client.control.map(({ type, payload }) => [type, payload.readUInt32BE(0)]), [[ControlType.ping, 7]]);
});

test('windows hold back what is sent to a client that has them, stream and connection', async () => {
  const { client, streams } = connected();
  // SETTINGS: one entry, id 7, 1000 bytes.
  client.control1(ControlType.settings, 1, 7, 1000);
  const id = client.open({});
  await client.until(() => client.at(id).replied);
  let done = false;
  streams[0]?.write(Buffer.alloc(2500, 'w'), () => { done = true; });
  streams[0]?.end();
  await client.until(() => client.at(id).data.length === 1000);
  assert.equal(done, false);
  client.control1(ControlType.windowUpdate, id, 1200);
  await client.until(() => client.at(id).data.length === 2200);
  client.control1(ControlType.windowUpdate, id, 300);
  await client.until(() => client.at(id).ended);
  assert.equal(client.at(id).data.length, 2500);
});

test('nothing is sent into a window that has become empty or less than that, and what waits comes whole and in order', async () => {
  const { client, streams } = connected();
  const windowOf = (bytes: number): void => client.control1(ControlType.settings, 1, 7, bytes);
  const answered = async (id: number): Promise<void> => {
    client.control1(ControlType.ping, id);
    await client.until(() => client.control.some(({ type, payload }) => type === ControlType.ping && payload.readUInt32BE(0) === id));
  };
  windowOf(1000);
  const id = client.open({});
  await client.until(() => client.at(id).replied);
  const data = new Random(5).bytes(3000);
  streams[0]?.write(data, () => undefined);
  streams[0]?.end();
  await client.until(() => client.at(id).data.length === 1000);
  // The window is 600 below nothing now, then nothing.
  windowOf(400);
  await answered(3);
  client.control1(ControlType.windowUpdate, id, 600);
  await answered(5);
  assert.deepEqual(client.at(id).data, data.subarray(0, 1000));
  client.control1(ControlType.windowUpdate, id, 2000);
  await client.until(() => client.at(id).ended);
  assert.deepEqual(client.at(id).data, data);
});

test('a client with windows is told what was taken of its bytes; one without is not', async () => {
  for (const windows of [true, false]) {
    const { client } = connected(echo);
    if (windows) client.control1(ControlType.settings, 1, 7, 1_000_000);
    const id = client.open({});
    client.send(id, Buffer.alloc(40_000), true);
    await client.until(() => client.at(id).ended);
    assert.equal(client.control.some(({ type }) => type === ControlType.windowUpdate), windows);
  }
});

test('a connection is not read further while too much of it is not taken, and goes on when it is', async () => {
  const { client, streams } = connected();
  const id = client.open({});
  await client.until(() => client.at(id).replied);
  const data = Buffer.alloc(4 * UNTAKEN_MAX_BYTES, 'd');
  for (let at = 0; at < data.length; at += 32_768) client.send(id, data.subarray(at, at + 32_768), at + 32_768 >= data.length);
  await new Promise((resolve) => { setImmediate(resolve); });
  let bytes = 0;
  const ended = Promise.withResolvers<void>();
  assert.ok(client.socket.writableLength > data.length / 2, `${client.socket.writableLength} bytes wait at the client`);
  streams[0]?.input.open({ take: (piece, done) => { bytes += piece.length; setImmediate(done); }, end: ended.resolve });
  await ended.promise;
  assert.equal(bytes, data.length);
});

test('a client that sends byte by byte is not read further after some thousand pieces', async () => {
  const { client, streams } = connected();
  const id = client.open({});
  await client.until(() => client.at(id).replied);
  const byte = Buffer.concat([dataHeader(id, 1, false), Buffer.of(1)]);
  const [count, chunk] = [400_000, 1000];
  for (let n = 0; n < count; n += chunk) client.socket.write(Buffer.concat(Array<Buffer>(chunk).fill(byte)));
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.ok(client.socket.writableLength > count / 2 * byte.length, `${client.socket.writableLength} bytes wait at the client`);
  let bytes = 0;
  const all = Promise.withResolvers<void>();
  streams[0]?.input.open({ take: (piece, done) => { bytes += piece.length; done(); if (bytes === count) all.resolve(); }, end: () => undefined });
  await all.promise;
});

test('a client that asks and never reads is hung up on', async () => {
  // Takes nothing that is written to it.
  const deaf = new Duplex({ read: () => undefined, write: () => undefined });
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const server = new SpdyConnection(plainSocket(deaf), { onStream: () => undefined, onEnd: resolve });
  for (let n = 0; n < 30_000; n++) server.unshift(controlFrame(ControlType.ping, 0, [1]));
  assert.match(String(await promise), /does not read the answers/);
});

for (const [what, frames, message] of [
  ['data for a stream that was never opened', [dataHeader(9, 0, true)], /stream 9, which was never opened/],
  ['an even stream', [syn(2)], /stream 2 is opened after 0/],
  ['a stream twice', [syn(1), syn(1)], /stream 1 is opened after 1/],
  ['a reply', [controlFrame(ControlType.synReply, 0, [1])], /we have opened no stream/],
  ['a short ping', [Buffer.from([0x80, 3, 0, 6, 0, 0, 0, 0])], /type 6 with 0 bytes/],
  ['a window beyond 2^31', [syn(1), controlFrame(ControlType.windowUpdate, 0, [1, 0x7fff_ffff])], /a window of/],
  ['settings that are not there', [controlFrame(ControlType.settings, 0, [5])], /5 settings in 4 bytes/],
] as const) {
  test(`a connection ends with ${what}`, async () => {
    const { client, ended } = connected();
    for (const frame of frames) client.socket.write(frame);
    await client.until(() => client.control.some(({ type }) => type === ControlType.goAway));
    client.socket.end();
    const error = await ended;
    assert.ok(error instanceof SpdyError && message.test(error.message), String(error));
  });
}

test('data for a stream that has just ended is dropped', async () => {
  const { client } = connected((stream) => { stream.reply(); stream.reset(); });
  const id = client.open({});
  client.send(id, 'late');
  client.control1(ControlType.ping, 5);
  await client.until(() => client.control.some(({ type }) => type === ControlType.ping));
  assert.equal(client.at(id).reset, ResetStatus.cancel);
});

test(`${FUZZ_ROUNDS} damaged sessions end well or badly, but end`, async () => {
  const random = new Random(11);
  for (let n = 0; n < FUZZ_ROUNDS; n++) {
    const writer = new HeaderWriter();
    const good = Buffer.concat([
      syn(1, writer), controlFrame(ControlType.settings, 0, [1, 7, random.below(100_000)]), dataHeader(1, 5, false), Buffer.from('hello'), syn(3, writer), controlFrame(ControlType.ping, 0, [1]),
      controlFrame(ControlType.windowUpdate, 0, [0, 5]), dataHeader(3, 0, true), controlFrame(ControlType.rstStream, 0, [1, 5]), dataHeader(3, 3, true), Buffer.from('end'),
    ]);
    const { client, ended } = connected(echo);
    client.socket.removeAllListeners('data');
    client.socket.resume();
    for (const piece of random.pieces(random.damaged(good), 40)) client.socket.write(piece);
    client.socket.end();
    const error = await ended;
    assert.ok(error === undefined || error instanceof SpdyError, `case ${n}: ${String(error)}`);
  }
});

function syn(id: number, writer = new HeaderWriter()): Buffer {
  return controlFrame(ControlType.synStream, id === 5 ? FLAG_FIN : 0, [id, 0], Buffer.concat([Buffer.alloc(2), writer.write(new Map([['streamtype', 'x']]))]));
}
