/** The extractor's tests once more, with davit-unpack built with ASan and UBSan. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const BUILD = join(ROOT, 'build');
/** As the Makefile tells sanitizers.c. */
const FINDINGS = join(BUILD, 'unpack-findings');
/** Of every rule and every attack; the thousands of generated layers and orders are left to the program that is used. */
const TESTS = ['compressions', 'extractor-archives', 'foreign-archives', 'hostile-layers', 'limits', 'symlink-parents', 'unpacker'].map((name) => `lib/storage/extractor/${name}.kernel.test.ts`);
/** The sanitized program takes the place of the other one for what this shell becomes, and for nobody else. */
const IN_ITS_PLACE = 'mount --bind "$0" "$1" && shift && exec "$@"';

test("the extractor's kernel tests pass with a sanitized davit-unpack, and the sanitizers have found nothing", async () => {
  await promisify(execFile)('make', ['-s', '-C', join(ROOT, 'cmd/davit-unpack'), 'all', 'sanitized']);
  await rm(FINDINGS, { recursive: true, force: true });
  await mkdir(FINDINGS);
  // Of a runner within a runner: with it the inner one would speak to the outer.
  const env = { ...process.env };
  delete env['NODE_TEST_CONTEXT'];
  const runner = [process.execPath, '--test', '--test-concurrency=1', '--test-reporter=spec', '--test-skip-pattern=random orders', ...TESTS];
  const child = spawn('unshare', ['--mount', 'sh', '-c', IN_ITS_PLACE, join(BUILD, 'davit-unpack-sanitized'), join(BUILD, 'davit-unpack'), ...runner], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>]);
  const findings = await Promise.all((await readdir(FINDINGS)).map((name) => readFile(join(FINDINGS, name), 'utf8')));
  assert.deepEqual(findings, []);
  assert.equal(code, 0, output);
  assert.match(output, /^ℹ pass \d{2,}$/m, 'the tests did not run');
});
