/** The house rules on the house itself. */
import { strict as assert } from 'node:assert';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkCircles } from './circles.ts';
import { checkDoors } from './doors.ts';
import { checkEnvironment } from './environment.ts';
import { checkImports } from './imports.ts';
import { checkNamedTests } from './named-tests.ts';
import { checkSize } from './size.ts';
import { readSources } from './sources.ts';

const TYPESCRIPT = readSources(['{cmd,lib,scripts,test}/**/*.ts']);
const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { dependencies: Record<string, string> };

function assertNone(complaints: readonly string[]): void {
  assert.equal(complaints.length, 0, `\n${complaints.join('\n')}`);
}

test('imports go to lower ranks, through doors, and to packages that the folder may use', () => {
  assertNone(checkImports(TYPESCRIPT, { dependencies: Object.keys(dependencies) }));
});

test('no files import each other in a loop', () => {
  assertNone(checkCircles(TYPESCRIPT));
});

test('no lib reads the environment', () => {
  assertNone(checkEnvironment(TYPESCRIPT));
});

test('doors list their exports by name, and functions and classes that leave have docstrings', () => {
  assertNone(checkDoors(TYPESCRIPT));
});

test('no file is too long', () => {
  assertNone(checkSize(readSources(['{cmd,lib,scripts,test}/**/*.{ts,mjs,c,h,sh}'])));
});

for (const document of ['ARCHITECTURE.md', 'docs/images.md', 'lib/storage/RULES.md']) {
  test(`the tests that ${document} names are there`, () => {
    const root = join(import.meta.dirname, '../..');
    // With the tables of cases that several test files share.
    const withFixtures = (file: string): string => {
      const source = readFileSync(join(root, file), 'utf8');
      const fixtures = [...source.matchAll(/from '\.\/([\w-]+-fixture\.ts)'/g)].map(([, name]) => readFileSync(join(root, dirname(file), name ?? ''), 'utf8'));
      return [source, ...fixtures].join('\n');
    };
    const read = (path: string): string => globSync(path, { cwd: root }).map(withFixtures).join('\n');
    assertNone(checkNamedTests(readFileSync(join(root, document), 'utf8'), read));
  });
}
