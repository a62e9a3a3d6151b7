import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExtractorProcess } from './extractor-process.ts';

test('the kernel takes a megabyte for an extractor that does not read', { timeout: 60_000 }, async () => {
  const extractor = new ExtractorProcess({ file: '/bin/sleep', args: ['1000'], env: {} });
  try {
    await extractor.write(Buffer.alloc(1_000_000));
    assert.equal(extractor.failed, false);
  } finally {
    await extractor.kill();
  }
});
