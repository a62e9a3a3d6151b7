import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { extractorCommand } from './extractor-command.ts';
import { ExtractorPool, type ExtractorLease } from './extractor-pool.ts';
import { DEFAULT_EXTRACTOR_LIMITS } from './extractor/limits.ts';
import { never, temporaryRoot } from './storage-fixture.ts';

const processors = availableParallelism();

test('an extractor that waits for the network does not hold up the next layer', async () => {
  using root = temporaryRoot();
  await using pool = new ExtractorPool(extractorCommand(root.path), processors + 2);
  const leases = await acquire(pool, processors + 2);
  assert.equal(new Set(leases.map(({ process }) => process.pid)).size, processors + 2);
});

test('no extractor is started while those at work are behind, and a free one is used again', { timeout: 60_000 }, async () => {
  using root = temporaryRoot();
  await using pool = new ExtractorPool(extractorCommand(root.path), processors + 1);
  const leases = await acquire(pool, processors);
  // 8 MiB of zeros are an empty archive, and more than a socket holds.
  const results = leases.map(({ process: extractor }, n) => {
    const directory = join(root.path, String(n));
    mkdirSync(directory);
    process.kill(extractor.pid ?? 0, 'SIGSTOP');
    const result = extractor.begin({ directory, impliedFile: `${directory}.implied`, recordFile: `${directory}.archive`, digestAlgorithm: 'sha256', diffIDAlgorithm: 'sha256', limits: DEFAULT_EXTRACTOR_LIMITS }, () => undefined);
    void extractor.write(Buffer.alloc(8 * 1024 * 1024));
    extractor.end();
    return result;
  });
  const [first] = leases;
  let acquired = false;
  const another = pool.acquire(never, 'another').then((lease) => { acquired = true; return lease; });
  // Several times as long as between two looks at them: what is asserted holds however long this takes.
  await delay(500);
  assert.equal(acquired, false);
  process.kill(first?.process.pid ?? 0, 'SIGCONT');
  await results[0];
  first?.release();
  assert.equal((await another).process, first?.process);
});

async function acquire(pool: ExtractorPool, count: number): Promise<ExtractorLease[]> {
  return Promise.all(Array.from({ length: count }, () => pool.acquire(never, 'layer')));
}
