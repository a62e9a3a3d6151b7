import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { constants, createDeflate, deflateRawSync } from 'node:zlib';
import { Random } from '../../../test/fixtures/random/index.ts';
import { HEADER_DICTIONARY, HEADER_DICTIONARY_ID } from './dictionary.ts';
import { SpdyError } from './error.ts';
import { HeaderReader, HeaderWriter } from './headers.ts';

const ROUNDS = 2000;
const EXEC = new Map([['streamtype', 'stdin']]);

test('HEADER_DICTIONARY is SPDY/3\'s, by its Adler-32', () => {
  let [a, b] = [1, 0];
  for (const byte of HEADER_DICTIONARY) [a, b] = [(a + byte) % 65521, (b + a + byte) % 65521];
  assert.equal(((b << 16) | a) >>> 0, HEADER_DICTIONARY_ID);
});

test('HeaderReader reads what HeaderWriter writes, block after block', () => {
  const [writer, reader, random] = [new HeaderWriter(), new HeaderReader(), new Random(1)];
  for (let n = 0; n < 300; n++) {
    const headers = new Map(Array.from({ length: random.below(6) }, (_, i) => [`name-${i}`, random.bytes(random.below(200)).toString('latin1')]));
    assert.deepEqual(reader.read(writer.write(headers)), headers);
  }
});

test('HeaderReader reads one zlib stream that is flushed after each block, as zlib makes it', async () => {
  const deflate = createDeflate({ dictionary: HEADER_DICTIONARY, flush: constants.Z_SYNC_FLUSH });
  const reader = new HeaderReader();
  for (let n = 0; n < 50; n++) {
    const headers = new Map([['streamtype', n % 2 === 0 ? 'error' : 'data'], ['port', '8080'], ['requestid', String(n)]]);
    deflate.write(text(headers));
    const [block] = await once(deflate, 'data') as [Buffer];
    assert.deepEqual(reader.read(Buffer.concat([block, ...drain(deflate)])), headers);
  }
});

test('HeaderReader refuses a bomb', () => {
  const bomb = Buffer.concat([Buffer.from([0x78, 0xbb, 0xe3, 0xc6, 0xa7, 0xc2]), deflateRawSync(Buffer.alloc(8_000_000), { dictionary: HEADER_DICTIONARY, finishFlush: constants.Z_SYNC_FLUSH })]);
  assert.ok(bomb.length < 16 * 1024);
  assert.throws(() => new HeaderReader().read(bomb), (error: Error) => error instanceof SpdyError && /inflates to more than 32768 bytes/.test(error.message));
});

for (const [what, block, message] of [
  ['no zlib stream', Buffer.from('GET / HTTP'), /does not begin as a zlib stream/],
  ['another dictionary', Buffer.from([0x78, 0xbb, 1, 2, 3, 4, 0]), /dictionary is not SPDY\/3's/],
  ['nothing', Buffer.alloc(0), /does not begin as a zlib stream/],
  ['a block that ends early', new HeaderWriter().write(EXEC).subarray(0, 12), /read header block/],
  ['too many headers', new HeaderWriter().write(new Map(Array.from({ length: 65 }, (_, i) => [`n${i}`, '']))), /65 headers, at most 64/],
  ['a header without a name', new HeaderWriter().write(new Map([['', 'x']])), /is empty or comes twice/],
] as const) {
  test(`HeaderReader refuses ${what}`, () => {
    assert.throws(() => new HeaderReader().read(block), (error: Error) => error instanceof SpdyError && message.test(error.message));
  });
}

test(`HeaderReader reads or refuses ${ROUNDS} damaged blocks, and nothing else`, () => {
  const random = new Random(7);
  for (let n = 0; n < ROUNDS; n++) {
    const writer = new HeaderWriter();
    const blocks = [writer.write(EXEC), writer.write(new Map([['port', '80']]))];
    const reader = new HeaderReader();
    try {
      for (const block of blocks) reader.read(random.damaged(block));
    } catch (error) {
      assert.ok(error instanceof SpdyError, `case ${n}: ${String(error)}`);
    }
  }
});

function text(headers: ReadonlyMap<string, string>): Buffer {
  const number = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
  return Buffer.concat([number(headers.size), ...[...headers].flat().flatMap((word) => [number(word.length), Buffer.from(word)])]);
}

function drain(stream: { read(): unknown }): Buffer[] {
  const pieces: Buffer[] = [];
  for (let piece = stream.read(); piece !== null; piece = stream.read()) pieces.push(piece as Buffer);
  return pieces;
}
