import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../test/fixtures/random/index.ts';
import { SpdyError } from './error.ts';
import { ControlType, controlFrame, dataHeader } from './frames.ts';
import { FrameParser } from './parser.ts';

const ROUNDS = 3000;

/** What a parser says about bytes, with pieces of data put together. */
function parse(chunks: readonly Buffer[]): string[] {
  const said: string[] = [];
  let open = '';
  const parser = new FrameParser({
    onControl: ({ type, flags, payload }) => { said.push(`control ${type} ${flags} ${payload.toString('hex')}`); open = ''; },
    onData: (id, piece, fin) => {
      if (open === `data ${id} ` && said.length > 0) said[said.length - 1] += piece.toString('hex');
      else said.push(`data ${id} ${piece.toString('hex')}`);
      open = `data ${id} `;
      if (fin) { said.push(`fin ${id}`); open = ''; }
    },
  });
  for (const chunk of chunks) parser.push(chunk);
  return said;
}

function session(random: Random): Buffer {
  const frames = Array.from({ length: 1 + random.below(12) }, () => {
    const id = 1 + 2 * random.below(4);
    if (random.below(3) === 0) return controlFrame(ControlType.ping + random.below(3), random.below(2), [id, random.below(100)], random.bytes(random.below(40)));
    const data = random.bytes(random.below(300));
    return Buffer.concat([dataHeader(id, data.length, random.below(4) === 0), data]);
  });
  return Buffer.concat(frames);
}

test('FrameParser says the same however the bytes are cut', () => {
  const random = new Random(3);
  for (let n = 0; n < 400; n++) {
    const bytes = session(random);
    const whole = parse([bytes]);
    for (const largest of [1, 9, 100]) assert.deepEqual(parse(random.pieces(bytes, largest)), whole, `case ${n}, pieces to ${largest}`);
  }
});

test(`FrameParser takes or refuses ${ROUNDS} damaged sessions, and nothing else`, () => {
  const random = new Random(4);
  for (let n = 0; n < ROUNDS; n++) {
    try {
      parse(random.pieces(random.damaged(session(random)), 50));
    } catch (error) {
      assert.ok(error instanceof SpdyError, `case ${n}: ${String(error)}`);
    }
  }
});

test('FrameParser keeps no data: a frame of 16 MiB passes in the pieces in which it comes', () => {
  let [pieces, bytes] = [0, 0];
  const parser = new FrameParser({ onControl: () => undefined, onData: (_id, piece) => { pieces++; bytes += piece.length; } });
  parser.push(dataHeader(1, 0xff_ffff, false));
  for (let n = 0; n < 256; n++) parser.push(Buffer.alloc(n === 255 ? 65_535 : 65_536));
  assert.deepEqual([pieces, bytes], [256, 0xff_ffff]);
});

for (const [what, bytes, message] of [
  ['another version', Buffer.from([0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1]), /version 2, expected 3/],
  ['data for stream 0', dataHeader(0, 1, false), /data for stream 0/],
  ['a control frame that is too long', Buffer.from([0x80, 3, 0, 1, 0, 0xff, 0, 0]), /a control frame of 16711680 bytes, at most/],
] as const) {
  test(`FrameParser refuses ${what}`, () => assert.throws(() => parse([bytes]), (error: Error) => error instanceof SpdyError && message.test(error.message)));
}
