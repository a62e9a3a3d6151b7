import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InternalError } from '#errors';
import { ExtractorProcess } from './extractor-process.ts';
import { DEFAULT_EXTRACTOR_LIMITS } from './extractor/limits.ts';
import type { ExtractRequest } from './extractor/messages.ts';

test('the kernel takes a megabyte for an extractor that does not read', { timeout: 60_000 }, async () => {
  const extractor = new ExtractorProcess({ file: '/bin/sleep', args: ['1000'], env: {} });
  try {
    await extractor.write(Buffer.alloc(1_000_000));
    assert.equal(extractor.failed, false);
  } finally {
    await extractor.kill();
  }
});

const DIGEST = `sha256:${'a'.repeat(64)}`;
const RESULT = { digest: DIGEST, diffID: DIGEST, compressedBytes: 1, uncompressedBytes: 1, entries: 1, diskBytes: 1, inodes: 1, unkeptAttributes: 0 };
const REQUEST: ExtractRequest = { directory: '/nowhere', impliedFile: '/nowhere', recordFile: '/nowhere', digestAlgorithm: 'sha256', diffIDAlgorithm: 'sha256', limits: DEFAULT_EXTRACTOR_LIMITS };

/** It says that when a layer has begun, and goes on for as long as it may. */
function saying(line: string): ExtractorProcess {
  return new ExtractorProcess({ file: '/bin/sh', args: ['-c', 'head -c 1 <&3 > /dev/null; printf "%s\\n" "$0"; exec sleep 1000', line], env: { PATH: '/bin:/usr/bin' } });
}

for (const [what, line] of [
  ['no JSON', 'unpacked!'], ['no object', 'null'], ['a message of no kind', '{"kind":"gone"}'], ['a progress that is no number', '{"kind":"progress","uncompressedBytes":"1","entries":1}'],
  ['a negative progress', '{"kind":"progress","uncompressedBytes":-1,"entries":1}'], ['no result', '{"kind":"done"}'],
  ['a digest that is a path', JSON.stringify({ kind: 'done', result: { ...RESULT, digest: 'sha256:../../x' } })],
  ['a size beyond all numbers', JSON.stringify({ kind: 'done', result: { ...RESULT, diskBytes: 0 } }).replace('"diskBytes":0', '"diskBytes":1e999')],
  ['an error of no class', '{"kind":"failed","code":"constructor","message":"x"}'], ['an error without words', '{"kind":"failed","code":"DataLoss"}'],
  ['a line without end', 'x'.repeat(100_000)],
] as const) {
  test(`an extractor that says ${what} fails its layer, not the daemon`, { timeout: 60_000 }, async () => {
    const extractor = saying(line);
    await assert.rejects(extractor.begin(REQUEST, () => undefined), (error) => error instanceof InternalError && /the extractor said/.test(error.message));
    await extractor.kill();
    assert.equal(extractor.failed, true);
  });
}

test('what an extractor is meant to say is taken', { timeout: 60_000 }, async () => {
  const extractor = saying(JSON.stringify({ kind: 'done', result: RESULT }));
  try {
    assert.deepEqual(await extractor.begin(REQUEST, () => undefined), RESULT);
  } finally {
    await extractor.kill();
  }
});
