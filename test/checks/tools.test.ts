/** The compilers and the linter: no error, no warning. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';

const ROOT = resolve(import.meta.dirname, '../..');
const MODULES = resolve(ROOT, 'node_modules');

async function assertQuiet(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  assert.equal(exitCode, 0, `\n${stdout}${stderr}`);
}

test('TypeScript has nothing to say', () => assertQuiet(process.execPath, [`${MODULES}/typescript/bin/tsc`, '-p', '.']));

test('ESLint has nothing to say', () => assertQuiet(process.execPath, [`${MODULES}/eslint/bin/eslint.js`, '--max-warnings', '0', '.']));

// Every warning is an error there, as it is in the build.
for (const program of ['davit-monitor', 'davit-unpack']) test(`gcc and its analyzer have nothing to say about ${program}`, () => assertQuiet('make', ['-s', '-C', `cmd/${program}`, 'analyze']));
