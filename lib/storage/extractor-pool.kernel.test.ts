import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { digestOf } from './digest.ts';
import { extractorCommand } from './extractor-command.ts';
import { ExtractorPool, type ExtractorLease } from './extractor-pool.ts';
import { archive } from './extractor/archive-fixture.ts';
import { DEFAULT_EXTRACTOR_LIMITS } from './extractor/limits.ts';
import type { ExtractResult } from './extractor/messages.ts';
import { never, temporaryRoot } from './storage-fixture.ts';

const processors = availableParallelism();
const PIECE_BYTES = 64 * 1024;

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
  const results = leases.map((lease, n) => {
    const { process: extractor } = lease;
    process.kill(extractor.pid ?? 0, 'SIGSTOP');
    const result = begin(lease, join(root.path, String(n)));
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

test('of several layers none has a thread for hashing, and one that is left alone gets it where processors are free', { timeout: 60_000 }, async () => {
  using root = temporaryRoot();
  await using pool = new ExtractorPool(extractorCommand(root.path), processors + 1);
  const [first, ...others] = await acquire(pool, processors + 1);
  assert.ok(first);
  const tar = archive({ name: 'file', data: randomBytes(24 * 1024 * 1024) });
  const result = begin(first, join(root.path, 'layer'));
  // More than a socket holds: when the kernel has it, what was said before it has been read.
  const [half, rest] = [tar.subarray(0, tar.length / 2), tar.subarray(tar.length / 2)];
  await first.process.write(half);
  assert.equal(threadsOf(first), 2);
  for (const lease of others) lease.release();
  for (let at = 0; at < rest.length; at += PIECE_BYTES) await first.process.write(rest.subarray(at, at + PIECE_BYTES));
  assert.equal(threadsOf(first), processors >= 2 ? 3 : 2);
  first.process.end();
  assert.equal((await result).digest, digestOf(tar));
  first.release();
});

test('a layer alone has its thread from the beginning, and the next one of the same process too', { timeout: 60_000 }, async () => {
  using root = temporaryRoot();
  await using pool = new ExtractorPool(extractorCommand(root.path), 1);
  for (const name of ['one', 'two']) {
    const lease = await pool.acquire(never, name);
    const tar = archive({ name, data: randomBytes(8 * 1024 * 1024) });
    const result = begin(lease, join(root.path, name));
    await lease.process.write(tar);
    assert.equal(threadsOf(lease), processors >= 2 ? 3 : 2);
    lease.process.end();
    assert.equal((await result).digest, digestOf(tar));
    lease.release();
  }
});

/** Begins a layer in a new directory. */
function begin({ process: extractor }: ExtractorLease, directory: string): Promise<ExtractResult> {
  mkdirSync(directory);
  return extractor.begin({ directory, impliedFile: `${directory}.implied`, recordFile: `${directory}.archive`, digestAlgorithm: 'sha256', diffIDAlgorithm: 'sha256', limits: { ...DEFAULT_EXTRACTOR_LIMITS, reservedFreeBytes: 0 } }, () => undefined);
}

function threadsOf({ process: extractor }: ExtractorLease): number {
  return readdirSync(`/proc/${extractor.pid ?? 0}/task`).length;
}

async function acquire(pool: ExtractorPool, count: number): Promise<ExtractorLease[]> {
  return Promise.all(Array.from({ length: count }, () => pool.acquire(never, 'layer')));
}
