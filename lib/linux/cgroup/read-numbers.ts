/** The numbers in the files of many cgroups, read and parsed by a thread of the pool; read-numbers.c says why. */
import { bytesOf, FILES_LIBRARY, hasLibrary } from '../read-files.ts';
import { native } from '../libc.ts';
import { NO_PRESSURE, STATS_FILES, type CgroupNumbers, type Pressure, type PressureLine, type StatsFile, type WhenRead } from './stats.ts';

/** Of read-numbers.c. */
const [MISSING, UNPRESSED, FAILED, UNVERSIONED] = [-1, -3, -4, 0];
/** Before the numbers of each cgroup: their version. */
const HEAD_NUMBERS = 1;
const LINE_NUMBERS = 4;

/** Threads that share the work of a call. */
const THREADS = 2;
/** Fewer cgroups are not worth a second thread. */
const LEAST_SHARED = 32;
/** What they share begins with which unit is next, and at how many places all is done. */
const [SHARED_HEAD, DONE] = [[0, 0], 1];

const readNative = native('davit_read_numbers', 'void', ['const uint8_t *', 'const uint8_t *', 'int', 'uint8_t *', 'const uint8_t *', 'uint8_t *', 'const uint8_t *', 'int64_t', 'uint8_t *'], FILES_LIBRARY);

/** Where the numbers of one cgroup's files lie, in the order of STATS_FILES. */
interface Layout {
  /** What read-numbers.c is to take. */
  readonly program: Buffer;
  /** Of one cgroup. */
  readonly count: number;
  readonly files: ReadonlyMap<string, { readonly first: number; readonly keys: ReadonlyMap<string, number> }>;
  /** Where those of each file begin. */
  readonly firsts: readonly number[];
}

/** The numbers of one cgroup. */
export interface VersionedNumbers extends CgroupNumbers {
  /** As long as it is the same, all numbers are; no other cgroup has the same. Undefined: nobody compared them. */
  readonly version: number | undefined;
}

/** What readNumbers() read of some cgroups; each at its place. */
export interface NumbersRead {
  /** Undefined when one of its files could not be read: it was removed, or is too long. */
  of(place: number): VersionedNumbers | undefined;
}

/** Some cgroups, each at its place. */
export interface ReadFrom {
  /** Cgroups that are read one after another. */
  readonly units: readonly ReadUnit[];
  /** Of the files in STATS_FILES, NO_FILE for one that is not there, atPath() for one that is to be opened. */
  readonly fds: Int32Array;
  /** Each with its NUL. */
  readonly paths: Uint8Array;
  /** Of each cgroup two numbers: its row in `table`, below zero for none; and whether to read all of its files. */
  readonly rows: Int32Array;
  readonly table: BigInt64Array;
  /** Milliseconds of a clock that is never set back. */
  readonly now: number;
}

/** Places from `first` to where the next unit begins. */
export interface ReadUnit {
  readonly first: number;
  /** The first is the cgroup above the others: only files that are `isInAbove` are read of it, and nothing is told of it. */
  readonly hasAbove: boolean;
}

export type ReadNumbers = (from: ReadFrom) => Promise<NumbersRead>;

/** In the place of a descriptor: no such file. */
export const NO_FILE = -1;

/** In the place of a descriptor: the path that begins there in `paths`. */
export function atPath(offset: number): number {
  return NO_FILE - 1 - offset;
}

/** Undefined where the library was not built. */
export function numbersReader(version: 1 | 2, library = FILES_LIBRARY): ReadNumbers | undefined {
  if (!hasLibrary(library)) return undefined;
  const layout = layoutOf(version);
  return (from) => new Promise((resolve, reject) => {
    const { units, fds, paths, rows, table, now } = from;
    const places = fds.length / STATS_FILES[version].length;
    const shared = Int32Array.from([...SHARED_HEAD, ...units.flatMap(({ first, hasAbove }) => [first, hasAbove ? 1 : 0]), places]);
    // Together with the callback: that keeps alive what the threads read and write.
    const call = { from, shared, numbers: new BigInt64Array(places * (HEAD_NUMBERS + layout.count)) };
    const threads = places < LEAST_SHARED ? 1 : THREADS;
    for (let n = 0; n < threads; n++) {
      // The clock begins at 0, which stands for never.
      readNative().async(bytesOf(fds), paths, units.length, bytesOf(shared), layout.program, bytesOf(table), bytesOf(rows), Math.floor(now) + 1, bytesOf(call.numbers), (error) => {
        if (error instanceof Error) reject(error);
        // A thread that comes late finds nothing left to be done, and is not waited for.
        else if (Atomics.load(call.shared, DONE) === places) resolve(numbersRead(layout, call.numbers));
      });
    }
  });
}

/** That are taken from the files of one cgroup. */
export function countOfNumbers(version: 1 | 2): number {
  return layoutOf(version).count;
}

function layoutOf(version: 1 | 2): Layout {
  const files = new Map<string, { first: number; keys: Map<string, number> }>();
  let count = 0;
  for (const { file, taken } of STATS_FILES[version]) {
    const first = count;
    files.set(file, { first, keys: new Map(typeof taken === 'string' ? [] : taken.map((key, i) => [key, first + i])) });
    count += taken === 'number' ? 1 : taken === 'pressure' ? 2 * LINE_NUMBERS : taken.length;
  }
  return { program: Buffer.from(`${STATS_FILES[version].map((file) => `${wordOf(file)}\0`).join('')}\0`), count, files, firsts: [...files.values()].map(({ first }) => first) };
}

function wordOf({ taken, when, isInAbove }: StatsFile): string {
  return `${isInAbove ? MARKS[when].toUpperCase() : MARKS[when]}${taken === 'number' ? 'n' : taken === 'pressure' ? 'p' : `k${taken.join(' ')}`}`;
}

const MARKS: Readonly<Record<WhenRead, string>> = { watched: 'w', 'each time': 'e', 'after change': 'c' };

function numbersRead(layout: Layout, numbers: BigInt64Array): NumbersRead {
  // A bigint is an object of its own: what is only compared is read as halves.
  const halves = new Int32Array(numbers.buffer);
  return { of: (place) => {
    const start = place * (HEAD_NUMBERS + layout.count) + HEAD_NUMBERS;
    // An iterator would make an object for each file.
    for (let i = 0; i < layout.firsts.length; i++) if (isAt(halves, start + (layout.firsts[i] ?? 0), FAILED)) return undefined;
    return new NumbersOfCgroup(layout, numbers, halves, start);
  } };
}

/** Hundreds are made at a time, and a node that is not busy has no pressure to tell of: then nothing is made of it. */
class NumbersOfCgroup implements VersionedNumbers {
  readonly #files: Layout['files'];
  readonly #numbers: BigInt64Array;
  readonly #halves: Int32Array;
  readonly #start: number;

  constructor({ files }: Layout, numbers: BigInt64Array, halves: Int32Array, start: number) {
    this.#files = files;
    this.#numbers = numbers;
    this.#halves = halves;
    this.#start = start;
  }

  get version(): number | undefined {
    const at = 2 * (this.#start - HEAD_NUMBERS);
    const version = ((this.#halves[at] ?? 0) >>> 0) + (this.#halves[at + 1] ?? 0) * 2 ** 32;
    return version === UNVERSIONED ? undefined : version;
  }

  number(_: string, file: string): bigint | undefined {
    return this.#at(this.#files.get(file)?.first);
  }

  field(_: string, file: string, key: string): bigint | undefined {
    return this.#at(this.#files.get(file)?.keys.get(key));
  }

  pressure(_: string, file: string): Pressure | undefined {
    const first = this.#files.get(file)?.first;
    // The first number of a missing file says so.
    if (first === undefined || isAt(this.#halves, this.#start + first, MISSING)) return undefined;
    const some = this.#line(first);
    const full = this.#line(first + LINE_NUMBERS);
    return some === NO_PRESSURE && full === NO_PRESSURE ? UNPRESSED_EVER : { some, full };
  }

  #at(index: number | undefined): bigint | undefined {
    return index === undefined || (this.#halves[2 * (this.#start + index) + 1] ?? -1) < 0 ? undefined : this.#numbers[this.#start + index];
  }

  #line(index: number): PressureLine {
    const at = this.#start + index;
    if (isAt(this.#halves, at, UNPRESSED)) return NO_PRESSURE;
    // Averages are hundredths up to 10,000.
    return { avg10: (this.#halves[2 * at] ?? 0) / 100, avg60: (this.#halves[2 * at + 2] ?? 0) / 100, avg300: (this.#halves[2 * at + 4] ?? 0) / 100, totalUs: this.#numbers[at + 3] ?? 0n };
  }
}

/** Whether the number at `index` is one of those that stand for something else. */
function isAt(halves: Int32Array, index: number, value: number): boolean {
  return halves[2 * index] === value && halves[2 * index + 1] === -1;
}

const UNPRESSED_EVER: Pressure = { some: NO_PRESSURE, full: NO_PRESSURE };
