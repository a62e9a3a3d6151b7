import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReadBuffers } from './read-buffers.ts';

const KIB = 1024;

test('buffers grow with who fills them, come again, and are small again after a rest', () => {
  const buffers = new ReadBuffers();
  const sizes = [0, 1, 2, 3].map(() => {
    const buffer = buffers.next();
    buffers.filled(buffer, buffer.length);
    return buffer.length / KIB;
  });
  assert.deepEqual(sizes, [16, 64, 256, 256]);
  const large = buffers.next();
  buffers.filled(large, large.length - 1);
  buffers.giveBack(large);
  assert.equal(buffers.next(), large, 'memory that has come back is used again');
  buffers.giveBack(large);
  buffers.rest();
  assert.equal(buffers.next().length / KIB, 16);
  buffers.giveBack(large);
  assert.equal(buffers.next().length / KIB, 16, 'what was out during the rest does not come again');
});
