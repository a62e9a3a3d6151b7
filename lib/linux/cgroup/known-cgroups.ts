/**
 * What is known of the cgroups that statistics are read of: the descriptors of their files, found once and not for each pass (some hundred cgroups have
 * thousands), and where read-numbers.c keeps what it has read.
 */
import { KeptNumbers } from './kept-numbers.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';
import { atPath, countOfNumbers, NO_FILE, type ReadFrom, type ReadUnit } from './read-numbers.ts';
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

/** Of so many cgroups that one is above, and are asked for together, that one is asked first: of a pod's containers. */
const FAMILY = { smallest: 2, largest: 32 } as const;
/** Cgroups that a thread takes at a time, beside families. */
const UNIT_PLACES = 8;

/** Some cgroups, for one call. */
export interface AskedCgroups extends ReadFrom {
  /** Of each path that was asked for. */
  readonly places: readonly number[];
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

  /** Inside holding(). */
  ask(paths: readonly string[]): AskedCgroups {
    this.#forgetClosed();
    const now = this.#now();
    const { above, alone } = this.#families(paths, now);
    const asking = new Asking(STATS_FILES[this.#version].length, paths.length + above.length);
    const [places, opened, read] = [new Array<number>(paths.length), new Paths(), [] as Known[]];
    const ask = (index: number): void => {
      const path = paths[index] ?? '';
      const known = this.#of(path, now);
      const place = places[index] = asking.next();
      // What is opened by its name may be another cgroup the next time: nothing is kept of it.
      if (known === 'full') asking.files(place, this.#atPaths(path, opened));
      if (typeof known === 'object') this.#askKnown(asking, place, known, read);
    };
    for (const { known, indices } of above) {
      asking.begin(true);
      this.#askKnown(asking, asking.next(), known, read);
      for (const index of indices) ask(index);
    }
    for (const [i, index] of alone.entries()) {
      if (i % UNIT_PLACES === 0) asking.begin(false);
      ask(index);
    }
    // The table last: a new row may have brought another one.
    return { ...asking.asked(), places, paths: opened.bytes(), table: this.#kept.table, now, release: () => { this.#release(read); } };
  }

  #askKnown(asking: Asking, place: number, known: Known, read: Known[]): void {
    asking.files(place, known.fds);
    // Another call is reading it: this one keeps nothing.
    if (known.isRead) return;
    asking.row(place, known.row, known.isDue);
    known.isDue = false;
    known.isRead = true;
    read.push(known);
  }

  /** Which of `paths` lie together below one cgroup, so that it may tell that nothing has happened in them, and the others. */
  #families(paths: readonly string[], now: number): { above: { known: Known; indices: readonly number[] }[]; alone: number[] } {
    const families = new Map<string, number[]>();
    for (const [i, path] of paths.entries()) {
      const above = path.slice(0, path.lastIndexOf('/'));
      const family = families.get(above);
      if (family) family.push(i);
      else families.set(above, [i]);
    }
    const [above, alone]: [{ known: Known; indices: readonly number[] }[], number[]] = [[], []];
    for (const [path, indices] of families) {
      const known = path !== '' && indices.length >= FAMILY.smallest && indices.length <= FAMILY.largest ? this.#of(path, now, true) : 'absent';
      if (typeof known === 'object' && !known.isRead) above.push({ known, indices });
      else alone.push(...indices);
    }
    return { above, alone: alone.sort((a, b) => a - b) };
  }

  #release(read: readonly Known[]): void {
    for (const known of read) {
      known.isRead = false;
      if (known.isForgotten) this.#kept.giveBack(known.row);
    }
  }

  /** @param isAbove only what it tells of those below: another thing than the cgroup itself, and apart from it */
  #of(path: string, now: number, isAbove = false): Known | 'absent' | 'full' {
    const key = isAbove ? `${path}/` : path;
    const known = this.#known.get(key);
    if (known && now - known.readAllAt < REMEMBERED_MS) return known;
    const files = this.#find(path, isAbove);
    if (files && known) return Object.assign(known, { files, fds: descriptors(files), readAllAt: now, isDue: true });
    if (known) this.#forget(key, known);
    if (!files) return 'full';
    // A cgroup that is not there may be made at any time.
    if (files.every((file) => !file)) return 'absent';
    const readAllAt = now - this.#step++ % STEPS * (REMEMBERED_MS / 2 / STEPS);
    const found: Known = { row: this.#kept.take(), files, fds: descriptors(files), readAllAt, isDue: false, isRead: false, isForgotten: false };
    this.#known.set(key, found);
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
  #find(path: string, isAbove: boolean): (OpenFile | undefined)[] | undefined {
    const files = STATS_FILES[this.#version];
    const found: (OpenFile | undefined)[] = [];
    for (const [i, { controller, file, isInAbove }] of files.entries()) {
      // Without the first of a hybrid's cgroup2 hierarchy none of the others is of use.
      const isUseless = this.#version === 1 && controller === UNIFIED && files[i - 1]?.controller === UNIFIED && !found[i - 1];
      const directory = (isAbove ? !isInAbove : isUseless) ? undefined : this.#directoryOf(controller, path);
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

/** What is asked for at each place, as it is put together. */
class Asking {
  readonly #filesEach: number;
  readonly #fds: Int32Array;
  readonly #rows: Int32Array;
  readonly #units: ReadUnit[] = [];
  #next = 0;

  constructor(filesEach: number, places: number) {
    this.#filesEach = filesEach;
    this.#fds = new Int32Array(places * filesEach).fill(NO_FILE);
    this.#rows = new Int32Array(places * 2).fill(NO_ROW);
  }

  /** A unit, of the places that follow. */
  begin(hasAbove: boolean): void {
    this.#units.push({ first: this.#next, hasAbove });
  }

  next(): number {
    return this.#next++;
  }

  files(place: number, fds: ArrayLike<number>): void {
    this.#fds.set(fds, place * this.#filesEach);
  }

  row(place: number, row: number, isDue: boolean): void {
    this.#rows[2 * place] = row;
    this.#rows[2 * place + 1] = isDue ? 1 : 0;
  }

  asked(): Pick<ReadFrom, 'units' | 'fds' | 'rows'> {
    return { units: this.#units, fds: this.#fds, rows: this.#rows };
  }
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
