/** Each rule on samples that break it, and on the nearest ones that do not. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { checkCircles } from './circles.ts';
import { checkDoors } from './doors.ts';
import { checkEnvironment } from './environment.ts';
import { checkImports } from './imports.ts';
import { checkNamedTests } from './named-tests.ts';
import { checkSize, MAX_FILE_LINES } from './size.ts';

const IMPORTS: readonly { path: string; text: string; expected: RegExp | undefined }[] = [
  { path: 'lib/pod/a.ts', text: "import { x } from '#storage';", expected: undefined },
  { path: 'lib/storage/a.ts', text: "import { x } from '#pod';", expected: /upwards: from rank 2 to rank 4/ },
  { path: 'lib/storage/a.ts', text: "import type { X } from '#pod';", expected: /upwards/ },
  { path: 'lib/storage/a.ts', text: "export { x } from '#pod';", expected: /upwards/ },
  { path: 'lib/storage/a.ts', text: "const x = await import('#pod');", expected: /upwards/ },
  { path: 'lib/oci/a.ts', text: "import { x } from '#image';", expected: /sideways: both are of rank 3/ },
  { path: 'lib/log/a.ts', text: "import { x } from '#errors';", expected: /sideways/ },
  { path: 'lib/pod/a.ts', text: "import { x } from '#unknown';", expected: /no lib "unknown"/ },
  { path: 'lib/pod/a.ts', text: "import { x } from '../storage/layers.ts';", expected: /past a door: write "#storage"/ },
  { path: 'lib/pod/sub/a.ts', text: "import { x } from '../b.ts';", expected: undefined },
  { path: 'lib/pod/a.ts', text: "import { x } from '#pod';", expected: /its own door/ },
  { path: 'lib/pod/a.test.ts', text: "import { x } from '#pod';", expected: undefined },
  { path: 'lib/pod/a.ts', text: "import { x } from '../../cmd/davit/main.ts';", expected: /nobody imports from cmd/ },
  { path: 'lib/pod/a.ts', text: "import { x } from '../../test/harness/index.ts';", expected: /only tests/ },
  { path: 'lib/pod/a.test.ts', text: "import { x } from '../../test/fixtures/registry/index.ts';", expected: undefined },
  { path: 'test/integration/a.test.ts', text: "import { x } from '../../lib/pod/store.ts';", expected: /past a door/ },
  { path: 'cmd/davit/a.ts', text: "import { x } from '#cri';", expected: undefined },
  { path: 'lib/pod/a.ts', text: "import grpc from '@grpc/grpc-js';", expected: /only lib\/cri may/ },
  { path: 'lib/cri/a.ts', text: "import grpc from '@grpc/grpc-js';", expected: undefined },
  { path: 'cmd/davit/a.ts', text: "import protobuf from 'protobufjs/minimal.js';", expected: /only lib\/cri may/ },
  { path: 'lib/pod/a.test.ts', text: "import protobuf from 'protobufjs';", expected: /only lib\/cri may/ },
  { path: 'scripts/a.ts', text: "import protobuf from 'protobufjs';", expected: undefined },
  { path: 'lib/storage/a.ts', text: "import koffi from 'koffi';", expected: /only lib\/linux may/ },
  { path: 'lib/linux/a.ts', text: "import koffi from 'koffi';", expected: undefined },
  { path: 'lib/storage/a.ts', text: "import tar from 'tar';", expected: /"tar" is not among/ },
  { path: 'test/bench/a.ts', text: "import tar from 'tar';", expected: undefined },
  { path: 'lib/fs/a.ts', text: "import fs from 'fs';", expected: /named with "node:"/ },
];

for (const { path, text, expected } of IMPORTS) {
  test(`checkImports() ${expected === undefined ? 'allows' : 'refuses'} in ${path}: ${text}`, () => {
    const complaints = checkImports([{ path, text }], { dependencies: ['@grpc/grpc-js', 'koffi', 'protobufjs'] });
    if (expected === undefined) assert.deepEqual(complaints, []);
    else assert.match(complaints.join('\n'), expected);
  });
}

test('checkCircles() names each loop, also one of types, and no file that is only reached twice', () => {
  const complaints = checkCircles([
    { path: 'lib/x/a.ts', text: "import { b } from './b.ts';\nimport { d } from './sub/d.ts';" }, { path: 'lib/x/b.ts', text: "import type { D } from './sub/d.ts';" },
    { path: 'lib/x/sub/d.ts', text: "export type { B } from '../b.ts';" }, { path: 'lib/x/e.ts', text: "import './a.ts';\nimport './b.ts';" },
  ]);
  assert.deepEqual(complaints, ['lib/x/b.ts -> lib/x/sub/d.ts -> lib/x/b.ts']);
});

test('checkEnvironment() finds process.env and env of node:process in lib, with the line', () => {
  const complaints = checkEnvironment([
    { path: 'lib/pod/a.ts', text: "\nconst home = process.env['HOME'];" }, { path: 'lib/pod/b.ts', text: "import { env } from 'node:process';" },
    { path: 'lib/pod/c.ts', text: 'const env = spec.process.env; // process.env' }, { path: 'lib/pod/e.ts', text: 'function f(process: { env: string[] }) { return process.env; }' }, { path: 'lib/pod/d.test.ts', text: 'process.env;' }, { path: 'cmd/davit/a.ts', text: 'process.env;' },
  ]);
  assert.deepEqual(complaints.map((c) => c.split(' ')[0]), ['lib/pod/a.ts:2', 'lib/pod/b.ts:1']);
});

test('checkDoors() refuses export * and functions without a docstring', () => {
  const complaints = checkDoors([
    { path: 'lib/x/index.ts', text: "export * from './all.ts';\nexport { bare, told, Type } from './a.ts';\nexport type * from './types.ts';" },
    { path: 'lib/x/a.ts', text: 'export function bare(): void {}\n/** Told. */\nexport function told(): void {}\nexport interface Type { a: 1 }\nfunction inner(): void {}' },
  ]);
  assert.deepEqual(complaints, ['lib/x/index.ts: lists nothing by name: export * from \'./all.ts\';', 'lib/x/a.ts: "bare" leaves by the door without a docstring']);
});

test('checkSize() counts lines', () => {
  assert.deepEqual(checkSize([{ path: 'a', text: 'x\n'.repeat(MAX_FILE_LINES) }]), []);
  assert.equal(checkSize([{ path: 'a', text: 'x\n'.repeat(MAX_FILE_LINES + 1) }]).length, 1);
});

test('checkNamedTests() sees a missing file and a missing title', () => {
  const text = 'Holds: lib/a/a.test.ts "one is one", "two … three"; lib/b/b.test.ts';
  const files: Record<string, string> = { 'lib/a/a.test.ts': "test('one is one', f); test('two and three', f)" };
  assert.deepEqual(checkNamedTests(text, (path) => files[path] ?? ''), ['lib/b/b.test.ts: no such test file']);
  assert.deepEqual(checkNamedTests('lib/a/a.test.ts "four"', (path) => files[path] ?? ''), ['lib/a/a.test.ts: no test "four"']);
});
