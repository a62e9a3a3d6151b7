import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fillReserve, isDiskFull, makeRoomToStart, reservePath, withReserve } from './disk-reserve.ts';

const MIB = 1024 * 1024;
const PAGE = Buffer.alloc(4096, 'x');

let root: string;
let reserve: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'davit-reserve-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32M', 'davit-test', root]);
  reserve = reservePath(root);
});
afterEach(() => {
  execFileSync('umount', [root]);
  rmdirSync(root);
});

/** Takes every byte. */
function fill(): void {
  const file = openSync(join(root, 'fill'), 'a');
  try {
    for (;;) writeSync(file, PAGE);
  } catch (error) {
    assert.ok(isDiskFull(error));
  } finally {
    closeSync(file);
  }
}

test('what gives room back is done although somebody takes every byte, until the reserve is used up', async () => {
  assert.equal(await fillReserve(reserve), true);
  assert.equal(statSync(reserve).size, 4 * MIB);
  fill();
  const write = (name: string): void => withReserve(reserve, () => { writeFileSync(join(root, name), PAGE); });
  let done = 0;
  assert.throws(() => { for (; done < 100; done++) { write(String(done)); fill(); } }, isDiskFull);
  assert.equal(done, 16);
  assert.equal(statSync(reserve).size, 0);
});

test('an error that is none of a full disk costs nothing, nor does what fits', async () => {
  await fillReserve(reserve);
  assert.throws(() => withReserve(reserve, () => { throw new Error('no'); }), /no/);
  assert.equal(withReserve(reserve, () => 7), 7);
  assert.equal(statSync(reserve).size, 4 * MIB);
});

test('the reserve is made whole when there is room, and not where it would take what is left', async () => {
  fill();
  assert.equal(await fillReserve(reserve), false);
  assert.equal(statSync(reserve, { throwIfNoEntry: false }), undefined);
  rmSync(join(root, 'fill'));
  assert.equal(await fillReserve(reserve), true);
  fill();
  makeRoomToStart(reserve);
  assert.equal(statSync(reserve).size, 3 * MIB);
  assert.equal(await fillReserve(reserve), false);
  rmSync(join(root, 'fill'));
  makeRoomToStart(reserve);
  assert.equal(await fillReserve(reserve), true);
  assert.equal(statSync(reserve).size, 4 * MIB);
});
