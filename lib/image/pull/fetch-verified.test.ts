import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { DEFAULT_PULL_LIMITS } from '../limits.ts';
import { HostHealth } from '../registry/host-health.ts';
import { serveBlob } from './blob-server-fixture.ts';
import { fetchVerified } from './fetch-verified.ts';
import type { PartialBlob } from './partial-blobs.ts';

const signal = new AbortController().signal;
const BYTES = Buffer.alloc(1000, 'x');

test('fetchVerified() fails when what keeps a copy has done with the chunk too, whose memory is then used again', async () => {
  await using source = await serveBlob((response) => response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES));
  const doings: string[] = [];
  const partial: Pick<PartialBlob, 'bytes' | 'append' | 'reset'> = {
    bytes: 0,
    append: async () => { await delay(50); doings.push('kept'); },
    reset: () => Promise.resolve(),
  };
  const receiver = { write: () => Promise.reject(new Error('no room')), finish: () => Promise.resolve('done'), [Symbol.asyncDispose]: () => Promise.resolve() };
  const fetching = fetchVerified({
    partial: partial as PartialBlob, digest: 'sha256:x', sizeBytes: BYTES.length, order: { sources: [source], health: new HostHealth() }, foreign: [], limits: DEFAULT_PULL_LIMITS, signal,
    onSource: () => undefined, onBytes: () => undefined,
  }, () => Promise.resolve(receiver));
  await assert.rejects(fetching.finally(() => doings.push('failed')), /no room/);
  assert.deepEqual(doings, ['kept', 'failed']);
});
