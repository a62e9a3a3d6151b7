/** The temporary directories of test files. A file removes its own; one that is ended because it hangs, or a test that fails half-way, cannot. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of what is killed at this moment files may still come. */
const RETRIES = 20;

export interface TemporaryDirectories {
  /** For node, so that what a test file makes is known. */
  readonly execArgv: readonly string[];
  /** Removes what is left when no file runs any more. @returns what stays because something is mounted there */
  remove(): string[];
}

/** To be followed by remove(). */
export function recordTemporaryDirectories(): TemporaryDirectories {
  const own = mkdtempSync(join(tmpdir(), 'davit-made-'));
  const list = join(own, 'list');
  return {
    execArgv: ['--import', `${new URL('./record-temporary.ts', import.meta.url).href}?${encodeURIComponent(list)}`],
    remove: () => {
      const left = (existsSync(list) ? readFileSync(list, 'utf8') : '').split('\n').filter((path) => path !== '' && existsSync(path));
      const mounted = left.filter(isMountedBelow);
      for (const path of [...left.filter((path) => !mounted.includes(path)), own]) rmSync(path, { recursive: true, force: true, maxRetries: RETRIES });
      return mounted;
    },
  };
}

/** Through a mount others' files would be removed. */
function isMountedBelow(path: string): boolean {
  return readFileSync('/proc/self/mountinfo', 'utf8').split('\n').some((line) => `${line.split(' ')[4] ?? ''}/`.startsWith(`${path}/`));
}
