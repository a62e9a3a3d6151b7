import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { readRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const MAX_MS = 60_000;

const cases: readonly { readonly header: string | undefined; readonly means: ReturnType<typeof readRetryAfter> }[] = [
  { header: undefined, means: { text: '' } },
  { header: 'soon', means: { text: '' } },
  { header: '-1', means: { text: '' } },
  { header: '1.5', means: { text: '' } },
  { header: '0', means: { retryAfterMs: 0, text: '' } },
  { header: '60', means: { retryAfterMs: 60_000, text: '' } },
  { header: '61', means: { retryAfterMs: 61_000, retriable: false, text: ' (asks to wait 61 s)' } },
  { header: 'Thu, 01 Jan 2026 12:00:07 GMT', means: { retryAfterMs: 7000, text: '' } },
  { header: 'Thu, 01 Jan 2026 11:59:00 GMT', means: { retryAfterMs: 0, text: '' } },
  { header: 'Thu, 01 Jan 2026 13:00:00 GMT', means: { retryAfterMs: 3_600_000, retriable: false, text: ' (asks to wait 3600 s)' } },
];
for (const { header, means } of cases) {
  test(`readRetryAfter() of ${JSON.stringify(header)} at twelve is ${means.retryAfterMs ?? 'nothing'} ms`, (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: NOW });
    assert.deepEqual(readRetryAfter(header, MAX_MS), means);
  });
}
