import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { usedBytes } from '../../../test/fixtures/memory/index.ts';
import { plainSocket } from '../client-socket.ts';
import { Opcode, webSocketFrame } from '../testing/clients.ts';
import { WebSocketConnection } from './connection.ts';
import { MessageParser } from './parser.ts';

const MASK = Buffer.of(1, 2, 4, 8);
const TEXT = Buffer.from('the quick brown fox jumps over it');

test('a client that pings and never reads is hung up on', async () => {
  // Takes nothing that is written to it.
  const deaf = new Duplex({ read: () => undefined, write: () => undefined });
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const server = new WebSocketConnection(plainSocket(deaf), { onPart: () => undefined, onEnd: resolve }, { whole: false });
  for (let n = 0; n < 30_000; n++) server.unshift(webSocketFrame(Opcode.ping, TEXT));
  assert.match(String(await promise), /does not read the answers/);
});

test('what a client sends behind its good-bye is dropped', () => {
  const parts: Buffer[] = [];
  const server = new WebSocketConnection(plainSocket(new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })), { onPart: (part) => { parts.push(part); }, onEnd: () => undefined }, { whole: false });
  server.unshift(Buffer.concat([webSocketFrame(Opcode.binary, TEXT), webSocketFrame(Opcode.close, Buffer.alloc(0)), webSocketFrame(Opcode.binary, TEXT)]));
  assert.equal(Buffer.concat(parts).toString(), TEXT.toString());
  server.destroy();
});

test('a client that was not read is read again for its answer to a good-bye, and no timer outlives the connection', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const server = new WebSocketConnection(plainSocket(socket), { onPart: () => undefined, onEnd: resolve }, { whole: false });
  server.pause();
  server.close(1000);
  assert.equal(socket.isPaused(), false);
  await setImmediate();
  assert.equal(timers(), before + 1);
  server.destroy();
  assert.equal(await promise, undefined);
  assert.equal(timers(), before);
});

test('what is sent after the end is done at once', () => {
  const server = new WebSocketConnection(plainSocket(new Duplex({ read: () => undefined, write: () => undefined })), { onPart: () => undefined, onEnd: () => undefined }, { whole: false });
  server.destroy();
  let done = 0;
  server.send(Opcode.binary, [0], [TEXT], () => { done++; });
  assert.equal(done, 1);
});

test('MessageParser takes the mask off wherever a payload lies in memory and however it is cut', () => {
  const frame = webSocketFrame(Opcode.binary, TEXT, { mask: MASK });
  for (let offset = 0; offset < 8; offset++) {
    for (let cut = 0; cut <= frame.length; cut++) {
      const memory = Buffer.alloc(offset + frame.length);
      frame.copy(memory, offset);
      const [parts, lasts]: [Buffer[], boolean[]] = [[], []];
      const parser = new MessageParser({ onPart: (part, last) => { parts.push(part); lasts.push(last); }, onPing: () => undefined, onClose: () => undefined }, { whole: false });
      parser.push(memory.subarray(offset, offset + cut));
      parser.push(memory.subarray(offset + cut));
      assert.deepEqual([Buffer.concat(parts).toString(), lasts.filter((last) => last).length, lasts.at(-1)], [TEXT.toString(), 1, true], `offset ${offset}, cut ${cut}`);
    }
  }
});

test('MessageParser keeps a message of many frames in one piece of memory', () => {
  const bytes = 50_000;
  const message = Buffer.from(Array.from({ length: bytes }, (_, i) => 97 + i % 26));
  const got: Buffer[] = [];
  const parser = new MessageParser({ onPart: (part) => { got.push(part); }, onPing: () => undefined, onClose: () => undefined }, { whole: true });
  parser.push(webSocketFrame(Opcode.text, Buffer.alloc(0), { fin: false }));
  const before = usedBytes();
  for (let i = 0; i < bytes; i++) {
    parser.push(webSocketFrame(Opcode.continuation, message.subarray(i, i + 1), { fin: false }));
    parser.push(webSocketFrame(Opcode.continuation, Buffer.alloc(0), { fin: false }));
  }
  const kept = usedBytes() - before;
  assert.ok(kept < 20 * bytes, `${kept} bytes kept`);
  parser.push(webSocketFrame(Opcode.continuation, Buffer.alloc(0)));
  assert.equal(Buffer.concat(got).toString(), message.toString());
  parser.push(webSocketFrame(Opcode.text, TEXT));
  assert.equal(got.at(-1)?.toString(), TEXT.toString());
});

test('MessageParser keeps nothing of a message that is taken in parts', () => {
  const memory = webSocketFrame(Opcode.binary, TEXT, { mask: MASK });
  const parts: Buffer[] = [];
  new MessageParser({ onPart: (part) => { parts.push(part); }, onPing: () => undefined, onClose: () => undefined }, { whole: false }).push(memory);
  assert.equal(parts[0]?.buffer, memory.buffer);
});
