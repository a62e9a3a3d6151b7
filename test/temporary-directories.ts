/** The temporary directories of test files. A file removes its own; one that is ended because it hangs, or a test that fails half-way, cannot. */
import { closeSync, existsSync, fstatSync, globSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tryLock } from '#linux';

/** Of what is killed at this moment files may still come. */
const RETRIES = 20;
const OWN = 'davit-made-';

export interface TemporaryDirectories {
  /** For node, so that what a test file makes is known. */
  readonly execArgv: readonly string[];
  /** Removes what is left when no file runs any more. @returns what stays because something is mounted there */
  remove(): string[];
}

/** To be followed by remove(). What a run that was killed as a whole has left goes first. */
export function recordTemporaryDirectories(): TemporaryDirectories {
  for (const list of globSync(join(tmpdir(), `${OWN}*`, 'list'))) {
    const held = lockList(list, 'r');
    if (held === undefined) continue;
    removeListed(list);
    closeSync(held);
  }
  const { list, held } = newList();
  return {
    execArgv: ['--import', `${new URL('./record-temporary.ts', import.meta.url).href}?${encodeURIComponent(list)}`],
    remove: () => {
      const mounted = removeListed(list);
      rmSync(dirname(list), { recursive: true, force: true });
      closeSync(held);
      return mounted;
    },
  };
}

/** A list that is locked for as long as this process lives. */
function newList(): { readonly list: string; readonly held: number } {
  for (;;) {
    const list = join(mkdtempSync(join(tmpdir(), OWN)), 'list');
    const held = lockList(list, 'ax');
    if (held !== undefined) return { list, held };
    // Another run that begins now took it for that of a dead one, and removes it.
  }
}

/** @returns the open file; undefined when its run lives, it has gone, or it is another user's. */
function lockList(list: string, flags: 'r' | 'ax'): number | undefined {
  let held: number;
  try {
    held = openSync(list, flags);
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  const { uid } = fstatSync(held);
  if (uid === process.getuid?.() && tryLock(held, list) && fstatSync(held).nlink > 0) return held;
  closeSync(held);
  return undefined;
}

/** Removes what is in the list, and the list when nothing of it stays. @returns what stays because something is mounted there */
function removeListed(list: string): string[] {
  const left = readFileSync(list, 'utf8').split('\n').filter((path) => path !== '' && existsSync(path));
  const mounted = left.filter(isMountedBelow);
  for (const path of left.filter((path) => !mounted.includes(path))) rmSync(path, { recursive: true, force: true, maxRetries: RETRIES });
  if (mounted.length === 0) rmSync(dirname(list), { recursive: true, force: true });
  return mounted;
}

/** Through a mount others' files would be removed. */
function isMountedBelow(path: string): boolean {
  return readFileSync('/proc/self/mountinfo', 'utf8').split('\n').some((line) => `${line.split(' ')[4] ?? ''}/`.startsWith(`${path}/`));
}
