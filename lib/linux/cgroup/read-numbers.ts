/** The numbers in the files of many cgroups, read and parsed by a thread of the pool; read-numbers.c says why. */
import { bytesOf, FILES_LIBRARY, hasLibrary } from '../read-files.ts';
import { native } from '../libc.ts';
import { NO_PRESSURE, STATS_FILES, type CgroupNumbers, type PressureLine, type Taken } from './stats.ts';

/** Of read-numbers.c. */
const [UNPRESSED, FAILED] = [-3n, -4];
const LINE_NUMBERS = 4;

const readNative = native('davit_read_numbers', 'void', ['const uint8_t *', 'int', 'const uint8_t *', 'uint8_t *'], FILES_LIBRARY);

/** Where the numbers of one cgroup's files lie, in the order of STATS_FILES. */
interface Layout {
  /** What read-numbers.c is to take. */
  readonly program: Buffer;
  /** Of one cgroup. */
  readonly count: number;
  readonly files: ReadonlyMap<string, { readonly first: number; readonly keys: ReadonlyMap<string, number> }>;
}

/** What readNumbers() read of some cgroups; one after another. */
export interface NumbersRead {
  /** Undefined when one of its files could not be read: it was removed, or is too long. */
  of(cgroup: number): CgroupNumbers | undefined;
}

export type ReadNumbers = (fds: Int32Array) => Promise<NumbersRead>;

/** For descriptors of the files in STATS_FILES, cgroup by cgroup, below zero for one that is not there. Undefined where the library was not built. */
export function numbersReader(version: 1 | 2, library = FILES_LIBRARY): ReadNumbers | undefined {
  if (!hasLibrary(library)) return undefined;
  const layout = layoutOf(version);
  return (fds) => new Promise((resolve, reject) => {
    const cgroups = fds.length / STATS_FILES[version].length;
    const numbers = new BigInt64Array(cgroups * layout.count);
    readNative().async(bytesOf(fds), cgroups, layout.program, bytesOf(numbers), (error) => {
      if (error instanceof Error) reject(error);
      else resolve({ of: (cgroup) => numbersAt(layout, numbers, cgroup * layout.count) });
    });
  });
}

function layoutOf(version: 1 | 2): Layout {
  const files = new Map<string, { first: number; keys: Map<string, number> }>();
  let count = 0;
  for (const { file, taken } of STATS_FILES[version]) {
    const first = count;
    files.set(file, { first, keys: new Map(typeof taken === 'string' ? [] : taken.map((key, i) => [key, first + i])) });
    count += taken === 'number' ? 1 : taken === 'pressure' ? 2 * LINE_NUMBERS : taken.length;
  }
  return { program: Buffer.from(`${STATS_FILES[version].map(({ taken }) => `${wordOf(taken)}\0`).join('')}\0`), count, files };
}

function wordOf(taken: Taken): string {
  return taken === 'number' ? 'n' : taken === 'pressure' ? 'p' : `k${taken.join(' ')}`;
}

function numbersAt({ files }: Layout, numbers: BigInt64Array, start: number): CgroupNumbers | undefined {
  // A bigint is an object of its own: what is only compared is read as halves.
  const halves = new Int32Array(numbers.buffer);
  for (const { first } of files.values()) if (halves[2 * (start + first)] === FAILED && halves[2 * (start + first) + 1] === -1) return undefined;
  const at = (index: number | undefined): bigint | undefined => (index === undefined || (halves[2 * (start + index) + 1] ?? -1) < 0 ? undefined : numbers[start + index]);
  const line = (index: number): PressureLine => {
    const [first, avg60 = 0n, avg300 = 0n, totalUs = 0n] = numbers.subarray(index, index + LINE_NUMBERS);
    return first === undefined || first === UNPRESSED ? NO_PRESSURE : { avg10: Number(first) / 100, avg60: Number(avg60) / 100, avg300: Number(avg300) / 100, totalUs };
  };
  return {
    number: (_, file) => at(files.get(file)?.first),
    field: (_, file, key) => at(files.get(file)?.keys.get(key)),
    pressure: (_, file) => {
      const first = files.get(file)?.first;
      // The first number of a missing file says so.
      return first === undefined || numbers[start + first] === -1n ? undefined : { some: line(start + first), full: line(start + first + LINE_NUMBERS) };
    },
  };
}
