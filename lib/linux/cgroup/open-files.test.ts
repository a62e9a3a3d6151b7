import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { OpenFiles } from './open-files.ts';

/** Files below `directory` that this process has open. */
function openBelow(directory: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory);
    } catch {
      return false;
    }
  }).length;
}

test('read() gives what is in a file now, keeps it open up to the limit, and forget() closes it and those below', () => {
  const directory = mkdtempSync(join(tmpdir(), 'davit-open-files-'));
  try {
    const files = new OpenFiles(2);
    mkdirSync(join(directory, 'a/b'), { recursive: true });
    for (const [name, text] of [['a/one', '1\n'], ['a/b/two', '2\n'], ['a/b/three', '3\n']] as const) writeFileSync(join(directory, name), text);
    const read = (): (string | undefined)[] => [files.read(join(directory, 'a'), 'one'), files.read(join(directory, 'a/b'), 'two'), files.read(join(directory, 'a/b'), 'three')];
    assert.deepEqual(read(), ['1\n', '2\n', '3\n']);
    writeFileSync(join(directory, 'a/one'), 'another\n');
    assert.deepEqual(read(), ['another\n', '2\n', '3\n']);
    assert.equal(openBelow(directory), 2);
    files.forget(join(directory, 'a'));
    assert.equal(openBelow(directory), 0);
    assert.deepEqual(read(), ['another\n', '2\n', '3\n']);
    files.forget(join(directory, 'a/b'));
    files.forget(join(directory, 'a'));
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('read() of a file that is not there is undefined, and keeps nothing open', () => {
  assert.equal(new OpenFiles().read('/no/such/directory', 'file'), undefined);
});
