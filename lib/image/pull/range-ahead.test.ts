/** Ranges of more than one block of memory, in pieces as they come. */
import { strict as assert } from 'node:assert';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { DEFAULT_PULL_LIMITS } from '../limits.ts';
import { BLOCK_BYTES } from '../registry/block-pool.ts';
import { SpoilingMemory } from '../registry/spoiling-memory-fixture.ts';
import { serveBlob } from './blob-server-fixture.ts';
import { RangeAhead } from './range-ahead.ts';

const signal = new AbortController().signal;
const BLOB = Buffer.from(Uint32Array.from({ length: 6_000_000 }, (_, n) => n * 2_654_435_761).buffer);
const SHARE = { fetched: () => undefined, [Symbol.dispose]: () => undefined };

interface Fetching extends AsyncDisposable { readonly memory: SpoilingMemory; readonly range: RangeAhead }

/** @param cutAt byte of the blob after which the server closes the connection */
async function fetchRange(start: number, end: number, cutAt = Number.POSITIVE_INFINITY): Promise<Fetching> {
  const source = await serveBlob((response) => {
    response.writeHead(206, { 'content-length': end - start, 'content-range': `bytes ${start}-${end - 1}/${BLOB.length}` });
    const cut = cutAt < end;
    response.write(BLOB.subarray(start, cut ? cutAt : end), () => { if (cut) response.destroy(); else response.end(); });
  });
  const memory = new SpoilingMemory();
  const range = new RangeAhead({ source, digest: 'sha256:x', sizeBytes: BLOB.length, entityTag: '', limits: DEFAULT_PULL_LIMITS, signal, memory }, { start, end }, SHARE);
  return { memory, range, [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
}

for (const [name, start, end] of [
  ['a little more than a block', 1, BLOCK_BYTES + 2], ['whole blocks', BLOCK_BYTES, 5 * BLOCK_BYTES], ['less than a block', 7, 1000], ['some that come past the parser', 999, 20_000_001],
] as const) {
  test(`a range of ${name} comes whole and in order, and gives its memory back`, async () => {
    await using fetching = await fetchRange(start, end);
    const { range, memory } = fetching;
    let at = start;
    for await (const chunk of range.read()) {
      await turn();
      assert.ok(chunk.equals(BLOB.subarray(at, at + chunk.length)), `from ${at}`);
      at += chunk.length;
    }
    assert.equal(range.failure, undefined);
    assert.equal(at, end);
    await range[Symbol.asyncDispose]();
    assert.equal(memory.out.size, 0);
    assert.ok(memory.untouched);
  });
}

test('what came of a range that was cut is read, and its memory given back', async () => {
  const cut = 3 * BLOCK_BYTES + 12_345;
  await using fetching = await fetchRange(0, 6 * BLOCK_BYTES, cut);
  const { range, memory } = fetching;
  const chunks: Buffer[] = [];
  for await (const chunk of range.read()) chunks.push(Buffer.from(chunk));
  assert.ok(range.failure);
  const bytes = Buffer.concat(chunks);
  assert.ok(bytes.length <= cut && bytes.equals(BLOB.subarray(0, bytes.length)));
  await range[Symbol.asyncDispose]();
  assert.equal(memory.out.size, 0);
});

test('a range that nobody reads gives its memory back; of one that is left early the chunk that was left with stays', async () => {
  await using unread = await fetchRange(0, 4 * BLOCK_BYTES);
  while (unread.memory.out.size < 4) await turn();
  await unread.range[Symbol.asyncDispose]();
  assert.equal(unread.memory.out.size, 0);
  await using left = await fetchRange(0, 4 * BLOCK_BYTES);
  for await (const chunk of left.range.read()) {
    await left.range[Symbol.asyncDispose]();
    assert.ok(chunk.equals(BLOB.subarray(0, chunk.length)));
    break;
  }
  assert.equal(left.memory.out.size, 1);
});
