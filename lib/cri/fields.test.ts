/** docs/cri.md is true: it names every field of every request, and what it says of a field is what happens. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { CALLS } from './generated/services.ts';
import type { CallName } from './generated/services.ts';
import { calls, messages, requestFields } from './testing/descriptors.ts';
import type { RequestField } from './testing/descriptors.ts';
import { requestsAbout } from './testing/field-values.ts';
import type { Message } from './testing/field-values.ts';
import { serve } from './testing/serve.ts';
import type { Served } from './testing/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/cri.md'), 'utf8');
const TIMEOUT = { timeoutMs: 60_000 };

interface Row { readonly message: string; readonly field: string; readonly verdict: string; readonly test: string }

/** The tables of the section, a row a field. */
function rows(): Row[] {
  let message = '';
  return DOCUMENT.split('## Answers')[0]?.split('\n').flatMap((line) => {
    message = /^### (\w+)$/.exec(line)?.[1] ?? message;
    const [, field = '', verdict = '', , test = ''] = /^\| `(\w+)` \| ([^|]*) \| ?([^|]*)\| ([^|]*) \|$/.exec(line) ?? [];
    return field === '' ? [] : [{ message, field, verdict, test }];
  }) ?? [];
}

const ROWS = new Map(rows().map((row) => [`${row.message}.${row.field}`, row]));
const FIELDS = requestFields();
const nameOf = ({ message, field }: RequestField): string => `${message}.${field.name}`;
const withVerdict = (verdict: string): RequestField[] => FIELDS.filter((field) => ROWS.get(nameOf(field))?.verdict === verdict);

test('docs/cri.md has one row for every field of every request, and no other', () => {
  assert.deepEqual(rows().map((r) => `${r.message}.${r.field}`).sort(), FIELDS.map(nameOf).sort());
  assert.deepEqual([...new Set(rows().map((r) => r.verdict))].filter((v) => !['honoured', 'rejected', 'no meaning'].includes(v)), []);
});

test('every row names a test that exists, or several', () => {
  const isTest = (path: string): boolean => path.endsWith('.test.ts') && existsSync(join(ROOT, path));
  assert.deepEqual(rows().filter((r) => !r.test.split(', ').every(isTest)).map((r) => `${r.message}.${r.field}: ${r.test}`), []);
});

test('the fields of answers that stay empty are fields of answers', () => {
  const all = messages();
  const named = [...DOCUMENT.split('## Answers')[1]?.matchAll(/^\| `(\w+)\.(\w+)` \|/gm) ?? []];
  assert.ok(named.length > 0);
  for (const [, message = '', field] of named) assert.ok(all.get(message)?.some(({ name }) => name === field), `${message}.${field ?? ''}`);
});

describe('on the wire', () => {
  let served: Served;
  before(async () => { served = await serve(); });
  after(async () => { await served[Symbol.asyncDispose](); });

  /** What davit is asked to do and what it answers, as text; or the error. */
  async function outcome(rpc: string, request: Message): Promise<string | Error> {
    served.calls.length = 0;
    const name = rpc as CallName;
    try {
      const answer: unknown = CALLS[name].stream ? await Array.fromAsync(served.client.stream(name as 'StreamImages', request, TIMEOUT)) : await served.client.call(name as 'Version', request, TIMEOUT);
      return text({ asked: served.calls, answer });
    } catch (error) {
      assert.ok(error instanceof Error);
      return error;
    }
  }

  // A message within a message says nothing by being there: its own fields are tried.
  const saying = (verdict: string): RequestField[] => withVerdict(verdict).filter(({ field: { kind, message } }) => kind !== 'message' || message === 'Int64Value');
  for (const field of saying('rejected')) {
    test(`${nameOf(field)} is rejected by name`, async () => {
      const { with: request } = requestsAbout(field, calls().get(field.rpc)?.request ?? '');
      const error = await outcome(field.rpc, request);
      assert.ok(error instanceof InvalidArgumentError, String(error));
      assert.match(error.message, new RegExp(`${[...field.path, field.field].map((f) => f.name).find((name) => name === 'windows') ?? field.field.name}`));
    });
  }

  for (const field of saying('honoured')) {
    test(`${nameOf(field)} reaches what davit does`, async () => {
      const requests = requestsAbout(field, calls().get(field.rpc)?.request ?? '');
      const [without, given] = [await outcome(field.rpc, requests.without), await outcome(field.rpc, requests.with)];
      assert.notEqual(String(given), String(without));
    });
  }

  for (const field of withVerdict('no meaning')) {
    test(`${nameOf(field)} fails nothing`, async () => {
      const { with: request } = requestsAbout(field, calls().get(field.rpc)?.request ?? '');
      const result = await outcome(field.rpc, request);
      assert.equal(typeof result, 'string', String(result));
    });
  }
});

function text(value: unknown): string {
  return JSON.stringify(value, (key, v: unknown) => {
    if (key === 'signal') return undefined;
    if (typeof v === 'bigint') return v.toString();
    return v instanceof Uint8Array ? Buffer.from(v).toString('hex') : v;
  });
}
