/** What tests of the unpacker share: a layer's root beside a file that no archive may reach, both on a tmpfs of their own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MNT_DETACH, mount, umount } from '#linux';
import { archive, type EntryFixture } from './archive-fixture.ts';
import { extractorCommand } from '../extractor-command.ts';
import { fromRemoteError } from '../remote-error.ts';
import { DEFAULT_EXTRACTOR_LIMITS } from './limits.ts';
import { beginOrder, endOrder, type ExtractorMessage, type ExtractResult } from './messages.ts';

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
    unpack: (...entries) => unpackArchive(root, archive(...entries)).implied,
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

/** Runs the extractor over the bytes of a layer; returns the implied directories, too. @throws what it says is wrong */
export function unpackArchive(root: string, bytes: Uint8Array, maxEntries = MAX_TEST_ENTRIES): ExtractResult & { implied: string[] } {
  const notes = mkdtempSync(join(tmpdir(), 'davit-unpack-notes-'));
  try {
    const [orders, impliedFile] = [join(notes, 'orders'), join(notes, 'implied')];
    const limits = { ...DEFAULT_EXTRACTOR_LIMITS, maxEntries, reservedFreeBytes: 0 };
    writeFileSync(orders, beginOrder({ directory: root, impliedFile, recordFile: join(notes, 'archive'), digestAlgorithm: 'sha256', diffIDAlgorithm: 'sha256', limits }) + endOrder(bytes.length));
    const { file, args } = extractorCommand(root);
    const control = openSync(orders, 'r');
    const { stdout, stderr, status } = spawnSync(file, args, { input: bytes, stdio: ['pipe', 'pipe', 'pipe', control], encoding: 'utf8', maxBuffer: 1024 ** 2 });
    closeSync(control);
    const said = stdout.trim().split('\n').map((line) => JSON.parse(line === '' ? '{"kind":"progress"}' : line) as ExtractorMessage).at(-1);
    if (said?.kind === 'failed') throw fromRemoteError(said);
    if (said?.kind !== 'done' || status !== 0) throw new Error(`the extractor ended by ${status ?? 'a signal'}: ${stderr}`);
    const implied = readFileSync(impliedFile, 'latin1').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as string);
    return { ...said.result, implied };
  } finally {
    rmSync(notes, { recursive: true });
  }
}
