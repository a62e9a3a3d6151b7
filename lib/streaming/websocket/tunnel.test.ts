import assert from 'node:assert/strict';
import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { FIN, MASKED, Opcode } from './frames.ts';
import { tunnel } from './tunnel.ts';
import type { Tunnel } from './tunnel.ts';

const NO_MASK = [0, 0, 0, 0];

/** A whole message of a client; a mask of zeros changes nothing. */
function message(text: string): Buffer {
  return Buffer.concat([Buffer.of(FIN | Opcode.binary, MASKED | text.length, ...NO_MASK), Buffer.from(text)]);
}

interface Opened { readonly tunnelled: Tunnel; readonly own: Duplex; readonly peer: Duplex; readonly taken: string[]; rests: number; readonly give: (chunk: Buffer) => void }

/** @returns the tunnel over `own`, whose other end is `peer` */
function open(): Opened {
  const [own, peer] = duplexPair();
  let take: (chunk: Buffer, done: () => void) => void = () => undefined;
  const opened: Opened = {
    own, peer, taken: [], rests: 0,
    tunnelled: tunnel({ socket: own, onChunk: (taker) => { take = taker; }, rest: () => { opened.rests++; } }),
    give: (chunk) => { take(chunk, () => undefined); },
  };
  opened.tunnelled.onChunk((part, done) => { opened.taken.push(part.toString()); done(); });
  return opened;
}

test('tunnel() hands on what is in the client\'s messages, that which came with the request first', () => {
  const { tunnelled, taken, give } = open();
  tunnelled.unshift(message('ab'));
  give(Buffer.concat([message('c'), message('de')]));
  assert.deepEqual(taken, ['ab', 'c', 'de']);
});

test('tunnel() sends what is written in messages, and good-bye at its end', async () => {
  const { tunnelled, peer } = open();
  tunnelled.socket.write('abc');
  tunnelled.socket.end();
  const expected = Buffer.concat([Buffer.of(FIN | Opcode.binary, 3), Buffer.from('abc'), Buffer.of(FIN | Opcode.close, 2, 0x03, 0xe8)]);
  let sent = Buffer.alloc(0);
  await new Promise<void>((resolve) => {
    peer.on('data', (chunk: Buffer) => {
      sent = Buffer.concat([sent, chunk]);
      if (sent.length >= expected.length) resolve();
    });
  });
  assert.deepEqual(sent, expected);
});

test('tunnel() ends with the connection under it, and that with it', async () => {
  const below = open();
  const closed = once(below.tunnelled.socket, 'close');
  below.own.destroy();
  await closed;
  const above = open();
  const gone = once(above.own, 'close');
  above.tunnelled.socket.destroy();
  await gone;
});

test('tunnel() stops and goes on reading the connection under it, and lets it give memory back', () => {
  const opened = open();
  opened.tunnelled.socket.pause();
  assert.equal(opened.own.isPaused(), true);
  opened.tunnelled.socket.resume();
  assert.equal(opened.own.isPaused(), false);
  opened.tunnelled.rest();
  assert.equal(opened.rests, 1);
});
