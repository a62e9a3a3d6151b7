/**
 * What is known of the cgroups that statistics are read of: the descriptors of their files, found once and not for each pass (some hundred cgroups have
 * thousands), and where read-numbers.c keeps what it has read.
 */
import { KeptNumbers } from './kept-numbers.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';
import { atPath, countOfNumbers, NO_FILE, type ReadFrom } from './read-numbers.ts';
import { STATS_FILES, UNIFIED } from './stats.ts';

/** After that everything of a cgroup is read, be it unchanged, and a file that was not there is looked for again: a controller that is switched on brings it. */
const REMEMBERED_MS = 60_000;
/** Of what is found in one pass no more than a part is to be due in one: the first time comes up to half of that earlier, in so many steps. */
const STEPS = 16;

const NO_ROW = -1;

interface Known {
  readonly row: number;
  files: readonly (OpenFile | undefined)[];
  fds: Int32Array;
  /** Milliseconds. */
  readAllAt: number;
  isDue: boolean;
  isRead: boolean;
  isForgotten: boolean;
}

/** Some cgroups, for one call. */
export interface AskedCgroups extends ReadFrom {
  /** To be called when the call is over. */
  release(): void;
}

export class KnownCgroups {
  readonly #version: 1 | 2;
  readonly #files: OpenFiles;
  readonly #directoryOf: (controller: string, path: string) => string | undefined;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #kept: KeptNumbers;
  #closed = 0;
  #step = 0;

  /** @param directoryOf the directory of a cgroup in a controller's hierarchy; @param now milliseconds of a clock that is never set back */
  constructor(version: 1 | 2, files: OpenFiles, directoryOf: (controller: string, path: string) => string | undefined, now = (): number => performance.now()) {
    this.#version = version;
    this.#files = files;
    this.#directoryOf = directoryOf;
    this.#now = now;
    this.#kept = new KeptNumbers(countOfNumbers(version));
  }

  /** Limits change without a process of the cgroup running: from the next call on those of `path` and all below it are read. */
  limitsChanged(path: string): void {
    for (const [other, known] of this.#known) if (other === path || other.startsWith(`${path}/`)) known.isDue = true;
  }

  /** In the order of `paths`. Inside holding(). */
  ask(paths: readonly string[]): AskedCgroups {
    this.#forgetClosed();
    const count = STATS_FILES[this.#version].length;
    const [fds, rows, now] = [new Int32Array(paths.length * count).fill(NO_FILE), new Int32Array(paths.length * 2).fill(NO_ROW), this.#now()];
    const [opened, read] = [new Paths(), [] as Known[]];
    for (let i = 0; i < paths.length; i++) {
      const path = paths[i] ?? '';
      const known = this.#of(path, now);
      // What is opened by its name may be another cgroup the next time: nothing is kept of it.
      if (known === 'full') fds.set(this.#atPaths(path, opened), i * count);
      if (typeof known !== 'object') continue;
      fds.set(known.fds, i * count);
      // Another call is reading it: this one keeps nothing.
      if (known.isRead) continue;
      rows[2 * i] = known.row;
      rows[2 * i + 1] = known.isDue ? 1 : 0;
      known.isDue = false;
      known.isRead = true;
      read.push(known);
    }
    // The table last: a new row may have brought another one.
    return { fds, paths: opened.bytes(), rows, table: this.#kept.table, now, release: () => { this.#release(read); } };
  }

  #release(read: readonly Known[]): void {
    for (const known of read) {
      known.isRead = false;
      if (known.isForgotten) this.#kept.giveBack(known.row);
    }
  }

  #of(path: string, now: number): Known | 'absent' | 'full' {
    const known = this.#known.get(path);
    if (known && now - known.readAllAt < REMEMBERED_MS) return known;
    const files = this.#find(path);
    if (files && known) return Object.assign(known, { files, fds: descriptors(files), readAllAt: now, isDue: true });
    if (known) this.#forget(path, known);
    if (!files) return 'full';
    // A cgroup that is not there may be made at any time.
    if (files.every((file) => !file)) return 'absent';
    const readAllAt = now - this.#step++ % STEPS * (REMEMBERED_MS / 2 / STEPS);
    const found: Known = { row: this.#kept.take(), files, fds: descriptors(files), readAllAt, isDue: false, isRead: false, isForgotten: false };
    this.#known.set(path, found);
    return found;
  }

  /** A cgroup of which a file was closed is gone, and may be another one by now. */
  #forgetClosed(): void {
    if (this.#files.closed === this.#closed) return;
    this.#closed = this.#files.closed;
    for (const [path, known] of this.#known) if (known.files.some((file) => file?.isClosed)) this.#forget(path, known);
  }

  #forget(path: string, known: Known): void {
    this.#known.delete(path);
    if (known.isRead) known.isForgotten = true;
    else this.#kept.giveBack(known.row);
  }

  #atPaths(path: string, opened: Paths): number[] {
    return STATS_FILES[this.#version].map(({ controller, file }) => {
      const directory = this.#directoryOf(controller, path);
      return directory === undefined ? NO_FILE : opened.add(`${directory}/${file}`);
    });
  }

  /** In the order of STATS_FILES; undefined when there was no room to keep all of them open. */
  #find(path: string): (OpenFile | undefined)[] | undefined {
    const files = STATS_FILES[this.#version];
    const found: (OpenFile | undefined)[] = [];
    for (const [i, { controller, file }] of files.entries()) {
      // Without the first of a hybrid's cgroup2 hierarchy none of the others is of use.
      const isUseless = this.#version === 1 && controller === UNIFIED && files[i - 1]?.controller === UNIFIED && !found[i - 1];
      const directory = isUseless ? undefined : this.#directoryOf(controller, path);
      const opened = directory === undefined ? 'absent' : this.#files.opened(directory, file);
      if (opened === 'full') return undefined;
      found.push(opened === 'absent' ? undefined : opened);
    }
    return found;
  }
}

function descriptors(files: readonly (OpenFile | undefined)[]): Int32Array {
  return Int32Array.from(files, (file) => file?.fd ?? NO_FILE);
}

/** Of files that are opened for one reading. */
class Paths {
  readonly #all: Buffer[] = [];
  #size = 0;

  add(path: string): number {
    const bytes = Buffer.from(`${path}\0`);
    const at = this.#size;
    this.#all.push(bytes);
    this.#size += bytes.length;
    return atPath(at);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#all);
  }
}
