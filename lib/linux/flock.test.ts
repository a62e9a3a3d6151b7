import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tryLock } from './flock.ts';

test('tryLock() is false while another open file holds the lock, in this process or in another', () => {
  const directory = mkdtempSync(join(tmpdir(), 'davit-flock-'));
  const path = join(directory, 'lock');
  const first = openSync(path, 'w');
  const second = openSync(path, 'r');
  try {
    assert.equal(tryLock(first, path), true);
    assert.equal(tryLock(first, path), true);
    assert.equal(tryLock(second, path), false);
    assert.throws(() => execFileSync('flock', ['--nonblock', path, 'true']));
    closeSync(first);
    assert.equal(tryLock(second, path), true);
  } finally {
    closeSync(second);
    rmSync(directory, { recursive: true });
  }
});

test('tryLock() throws with the code of the kernel for what is no open file', () => {
  assert.throws(() => tryLock(9999, '/some/path'), { code: 'EBADF', message: /flock '\/some\/path'/ });
});
