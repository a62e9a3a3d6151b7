import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { usedBytes } from '../../../test/fixtures/memory/index.ts';
import { OpenFiles } from './open-files.ts';

/** Bits of the numbers of directories. */
const NAME_BITS = 14;
const FEW = 2048;
/** A twentieth of what they would take if they were kept. */
const MAX_GROWTH_BYTES = 256 * 1024;

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

test('forget() keeps nothing of a directory', () => {
  const root = mkdtempSync(join(tmpdir(), 'davit-open-files-'));
  mkdirSync(join(root, 'a'));
  writeFileSync(join(root, 'a/one'), '');
  // Each another name of one directory.
  const nameOf = (n: number): string => join(root, 'a') + Array.from({ length: NAME_BITS }, (_, bit) => (n >> bit) % 2 === 0 ? '/.' : '/../a').join('');
  const files = new OpenFiles();
  const round = (from: number, count: number): void => {
    for (let n = from; n < from + count; n++) {
      files.opened(nameOf(n), 'one');
      files.forget(nameOf(n));
    }
  };
  try {
    round(0, FEW);
    const before = usedBytes();
    round(FEW, 2 ** NAME_BITS - FEW);
    assert.ok(usedBytes() - before < MAX_GROWTH_BYTES, `${usedBytes() - before} bytes more`);
    assert.equal(openBelow(root), 0);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('forget() closes what is open of a directory and below it, whichever goes first, and nothing beside it', () => {
  const root = mkdtempSync(join(tmpdir(), 'davit-open-files-'));
  const directories = ['a', 'a/b', 'a/b/c/d', 'a/e', 'ab', 'f/g'].map((path) => join(root, path));
  try {
    for (const directory of directories) {
      mkdirSync(directory, { recursive: true });
      for (const name of ['one', 'two']) writeFileSync(join(directory, name), '');
    }
    const files = new OpenFiles();
    for (let seed = 0; seed < 200; seed++) {
      const open = new Set<string>();
      for (let step = 0; step < 12; step++) {
        const at = (seed * 31 + step * step * 7 + (seed >> 3) * step) % 18;
        const directory = directories[at % directories.length] ?? '';
        if (at < 12) {
          for (const name of ['one', 'two']) files.opened(directory, name);
          open.add(directory);
        } else {
          const closed = files.closed;
          files.forget(directory);
          const gone = [...open].filter((path) => path === directory || path.startsWith(`${directory}/`));
          for (const path of gone) open.delete(path);
          assert.equal(files.closed - closed, 2 * gone.length, directory);
        }
      }
      assert.equal(openBelow(root), 2 * open.size);
      files.forget(root);
      assert.equal(openBelow(root), 0);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});
