import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataLossError } from '#errors';
import { Random } from '../../test/fixtures/random/index.ts';
import { encodeFrame, FrameDecoder } from './frames.ts';
import type { Frame } from './frames.ts';
import { FrameType } from './protocol.ts';

test('FrameDecoder.push() gives the same frames however the bytes are cut', () => {
  const frames = [{ type: 1, id: 7, payload: Buffer.alloc(0) }, { type: 0x50, id: 65535, payload: Buffer.from('hello') }, { type: 0x43, id: 0, payload: Buffer.alloc(3000, 'x') }];
  const bytes = Buffer.concat(frames.map((f) => encodeFrame(f.type, f.id, f.payload)));
  for (const size of [1, 2, 7, 8, 9, 13, 1000, bytes.length]) {
    const decoder = new FrameDecoder(4096);
    const got: Frame[] = [];
    for (let at = 0; at < bytes.length; at += size) got.push(...decoder.push(bytes.subarray(at, at + size)));
    assert.deepEqual(joinOutput(got), frames, `in pieces of ${size}`);
  }
});

test('FrameDecoder.push() refuses a payload over the limit before it has come', () => {
  const decoder = new FrameDecoder(100);
  assert.equal(decoder.push(encodeFrame(1, 1, Buffer.alloc(100))).length, 1);
  assert.throws(() => decoder.push(encodeFrame(1, 1, Buffer.alloc(101)).subarray(0, 8)), DataLossError);
});

test('FrameDecoder.push() refuses a header whose reserved byte is set', () => {
  const bytes = encodeFrame(1, 1);
  bytes[5] = 1;
  assert.throws(() => new FrameDecoder(100).push(bytes), DataLossError);
});

test('FrameDecoder.push() only ever throws DataLossError at noise', () => {
  const random = new Random(12345);
  for (let round = 0; round < 2000; round++) {
    const decoder = new FrameDecoder(1024);
    const noise = random.bytes(random.below(64)).map((byte) => random.below(3) === 0 ? byte : byte & 3);
    try { decoder.push(Buffer.from(noise)); } catch (error) { assert.ok(error instanceof DataLossError); }
  }
});

test('FrameDecoder.push() gives what there is of an output frame at once', () => {
  const decoder = new FrameDecoder(4096);
  const bytes = encodeFrame(FrameType.stdout, 3, Buffer.from('abcdef'));
  assert.deepEqual(decoder.push(bytes.subarray(0, 10)).map((f) => f.payload.toString()), ['ab']);
  assert.deepEqual(decoder.push(Buffer.concat([bytes.subarray(10), encodeFrame(1, 4)])).map((f) => [f.id, f.payload.toString()]), [[3, 'cdef'], [4, '']]);
});

/** Pieces of one stream that follow each other are one frame again. */
function joinOutput(frames: readonly Frame[]): Frame[] {
  const joined: Frame[] = [];
  for (const frame of frames) {
    const last = joined.at(-1);
    if (last?.type === FrameType.stdout && frame.type === FrameType.stdout) joined[joined.length - 1] = { ...last, payload: Buffer.concat([last.payload, frame.payload]) };
    else joined.push(frame);
  }
  return joined;
}
