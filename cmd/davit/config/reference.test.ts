import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { test } from 'node:test';
import { derivedFiles } from './reference.ts';

for (const [file, text] of await derivedFiles()) {
  test(`${basename(file)} says what the schema says (else: npm run docs)`, async () => assert.equal(await readFile(file, 'utf8'), text));
}
