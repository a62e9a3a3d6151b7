/**
 * davit-unpack's parts and whole layers, called by generators under ASan and UBSan (test/fuzz), and what has threads under TSan. `npm run test:crashes -- fuzz` takes fifty times as many cases, of another
 * seed; `davit-unpack-fuzz KIND SEED 1` is one case again, in an empty directory.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const ROUNDS = Number(process.env['DAVIT_TEST_ROUNDS'] ?? 1);
const SEED = Number(process.env['DAVIT_TEST_SEED'] ?? 1);
/** By kind, in one round. Among the layers of the first seeds are those that found a stack overrun by a directory deeper than may be. */
const CASES = { header: 20_000, pax: 20_000, tar: 10_000, text: 5000, orders: 5000, attributes: 10_000, inflate: 1500, intake: 300, layer: 600 } as const;
/** Of the kinds with threads, under TSan. */
const CASES_OF_THREADS = { inflate: 200, intake: 100 } as const;
const TIMEOUT_MS = 200_000 * ROUNDS;
/** TSan of gcc 12 finds no place for its shadow where addresses are very random. */
const WITHOUT_RANDOM_ADDRESSES = ['setarch', '--addr-no-randomize', join(ROOT, 'build/davit-unpack-threads')];

before(async () => { await promisify(execFile)('make', ['-s', '-j2', '-C', join(ROOT, 'cmd/davit-unpack'), 'fuzz']); });

for (const [kind, cases] of Object.entries(CASES)) {
  test(`${cases * ROUNDS} cases of davit-unpack's ${kind}: nothing is found, and what must hold does`, () => passes([join(ROOT, 'build/davit-unpack-fuzz')], kind, cases * ROUNDS));
}

for (const [kind, cases] of Object.entries(CASES_OF_THREADS)) {
  test(`${cases * ROUNDS} cases of davit-unpack's ${kind}: its threads never meet at the same bytes`, () => passes(WITHOUT_RANDOM_ADDRESSES, kind, cases * ROUNDS));
}

async function passes([program = '', ...first]: readonly string[], kind: string, cases: number): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'davit-fuzz-'));
  try {
    const { stdout } = await promisify(execFile)(program, [...first, kind, String(SEED), String(cases)], { cwd, timeout: TIMEOUT_MS });
    assert.equal(stdout, `${kind}: ${cases} cases\n`);
  } finally {
    await rmdir(cwd);
  }
}
