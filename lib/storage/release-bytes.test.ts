import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseBytes } from './release-bytes.ts';

test('releaseBytes() empties the last piece of a large buffer, and leaves what others may still read', () => {
  const whole = Buffer.allocUnsafeSlow(8192).fill('x');
  const [first, middle, last] = [whole.subarray(0, 100), whole.subarray(100, 8191), whole.subarray(8191)];
  for (const piece of [first, middle]) { releaseBytes(piece); assert.equal(middle.toString().length, 8091); }
  releaseBytes(last);
  assert.deepEqual([first.length, middle.length, last.length, whole.buffer.byteLength], [0, 0, 0, 0]);
  const small = Buffer.allocUnsafeSlow(10).fill('y');
  releaseBytes(small);
  assert.equal(small.toString(), 'y'.repeat(10));
});
