/**
 * Our .proto files say what the published ones say: the Go program reads the descriptor out of the
 * published Go module k8s.io/cri-api (its version stands in test/tools/cri-descriptors/go.mod).
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { ourLines } from './ours.ts';
import { publishedLines } from './published.ts';
import type { FileDescriptor } from './published.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const DUMPER = join(ROOT, '.cache/bin/cri-descriptors');
const PROTO = join(ROOT, 'lib/cri/proto/service.proto');

test('our .proto files hold the messages, fields, enums and calls of the published CRI v1, and no others', () => {
  const published = publishedLines(JSON.parse(execFileSync(DUMPER, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })) as FileDescriptor);
  const count = (kind: string): number => published.filter((line) => line.startsWith(`${kind} `)).length;
  // 43 calls, 175 messages, 11 enums: a dump that lost some would compare equal to anything that lost them too.
  assert.deepEqual([count('rpc'), count('message'), count('enum'), count('field')], [43, 175, 11, 478]);
  assert.deepEqual(ourLines(PROTO, 'runtime.v1'), published);
});
