import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usedBytes } from '../../test/fixtures/memory/index.ts';
import type { ExecSession, Monitor } from './api.ts';
import { execSync } from './exec-sync.ts';

const BYTES = 1_000_000;

/** What a program printed that writes byte by byte, faster than anybody reads or slower. */
function* crumbs(): Generator<Buffer> {
  // As pieces of frames: each a part of the memory that some of them were read into.
  for (let i = 0; i < BYTES; i += 8000) {
    const read = Buffer.alloc(64 * 1024, 'x');
    for (let k = 0; k < 8000; k++) yield read.subarray(k * 8, k * 8 + 1);
  }
}

function streamOf(pieces: () => Generator<Buffer>, onEnd: () => void): ExecSession['stdout'] {
  return { async* [Symbol.asyncIterator]() { yield* pieces(); onEnd(); }, destroy: () => undefined };
}

test('output that comes byte by byte takes no more than twice its bytes', async () => {
  const before = usedBytes();
  let most = 0;
  const session: Partial<ExecSession> = {
    stdout: streamOf(crumbs, () => { most = usedBytes() - before; }), stderr: streamOf(function* () { /* prints nothing */ }, () => undefined),
    exited: Promise.resolve({ exitCode: 3, timedOut: false } as Awaited<ExecSession['exited']>), [Symbol.asyncDispose]: async () => undefined,
  };
  const monitor = { id: 'crumbs', exec: async () => session as ExecSession } as unknown as Monitor;
  const spec = { processJson: '{}', terminal: false, stdin: false, timeoutMs: 0, outputLimitBytes: BYTES };
  const result = await execSync(monitor, spec, { signal: new AbortController().signal });
  assert.deepEqual([result.stdout.equals(Buffer.alloc(BYTES, 'x')), result.stderr.length, result.exitCode], [true, 0, 3]);
  assert.ok(most < 2.2 * BYTES, `${most} bytes for ${BYTES}`);
});
