/** What tests of the unpacker share: a layer's root beside a file that no archive may reach, both on a tmpfs of their own. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MNT_DETACH, mount, umount } from '#linux';
import { archive, type EntryFixture } from './archive-fixture.ts';
import { TarReader } from './tar-reader.ts';
import { Unpacker } from './unpacker.ts';

/** Disposing proves that nothing beside the layer has changed, and takes everything away. */
export interface Scene extends Disposable {
  /** Where `root` and `victim` lie. */
  readonly base: string;
  readonly root: string;
  /** A directory with the file 'hello'. */
  readonly victim: string;
  /** The path of something in the layer. */
  at(path: string): string;
  /** Unpacks an archive; returns the implied directories. */
  unpack(...entries: EntryFixture[]): string[];
  /** Whatever an archive held, nothing beside the layer has changed. */
  assertNothingEscaped(): void;
  /** An empty layer again. */
  clear(): void;
}

/** Sets the process's umask until disposal. */
export function createScene(): Scene {
  const umask = process.umask(0);
  const base = mkdtempSync(join(tmpdir(), 'davit-unpack-'));
  const [root, victim] = [join(base, 'layer'), join(base, 'victim')];
  mount('tmpfs', base, 'tmpfs', 0, 'mode=700');
  mkdirSync(root);
  mkdirSync(victim);
  writeFileSync(join(victim, 'hello'), 'untouched', { mode: 0o640 });
  const assertNothingEscaped = (): void => {
    assert.deepEqual(readdirSync(base).sort(), ['layer', 'victim']);
    assert.deepEqual(readdirSync(victim), ['hello']);
    assert.equal(readFileSync(join(victim, 'hello'), 'utf8'), 'untouched');
    const stat = statSync(join(victim, 'hello'));
    assert.deepEqual([stat.mode & 0o7777, stat.nlink, stat.uid], [0o640, 1, 0]);
  };
  return {
    base, root, victim, assertNothingEscaped,
    at: (path) => join(root, path),
    unpack: (...entries) => unpack(root, entries),
    clear: () => { rmSync(root, { recursive: true }); mkdirSync(root); },
    [Symbol.dispose]: () => {
      try {
        assertNothingEscaped();
      } finally {
        umount(base, MNT_DETACH);
        rmSync(base, { recursive: true });
        process.umask(umask);
      }
    },
  };
}

/** Far less than a real layer may have. */
export const MAX_TEST_ENTRIES = 10_000;

function unpack(root: string, entries: readonly EntryFixture[]): string[] {
  using unpacker = new Unpacker(root, { reservedFreeBytes: 0, maxEntries: MAX_TEST_ENTRIES });
  const reader = new TarReader(unpacker, MAX_TEST_ENTRIES);
  reader.push(archive(...entries));
  reader.finish();
  return unpacker.finish();
}
