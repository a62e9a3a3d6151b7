import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

test("the monitor's parsers and logs take anything under ASan and UBSan (fuzz.c), and logging allocates nothing", async () => {
  const { stdout } = await promisify(execFile)('make', ['-s', '-C', join(import.meta.dirname, '..'), 'check']);
  assert.match(stdout, /^\d{6,} requests and \d{3,} logs: all right$/m);
});
