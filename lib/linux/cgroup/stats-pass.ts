/** Statistics of many cgroups in one pass: other threads read the files and take the numbers out, this one makes something of them. */
import { setImmediate } from 'node:timers/promises';
import type { KnownCgroups } from './known-cgroups.ts';
import type { OpenFiles } from './open-files.ts';
import type { ReadNumbers } from './read-numbers.ts';
import { numbersOf, parseCgroupStats, type CgroupStats } from './stats.ts';

/** Cgroups that threads read before this one makes something of them; and that this thread reads before other calls get their turn. */
const SLICE = { ofThreads: 512, ofThis: 32 } as const;

export interface StatsSource {
  readonly version: 1 | 2;
  readonly files: OpenFiles;
  readonly known: KnownCgroups;
  /** Undefined: this thread reads. */
  readonly readNumbers: ReadNumbers | undefined;
  /** The directory of a cgroup in a controller's hierarchy; undefined without such a one. */
  readonly directoryOf: (controller: string, path: string) => string | undefined;
  /** Nanoseconds since the epoch. */
  readonly now: () => bigint;
}

/**
 * What was read of a cgroup. stats() is made anew whenever it is asked for: until then it is numbers outside the heap. Kept as
 * objects, those of some hundred cgroups outlive a garbage collection or two, and then cost a large one.
 */
export interface CgroupReading {
  readonly timestampNs: bigint;
  /** As long as it is the same, so is all of stats() but the time; no other cgroup has the same. Undefined: nobody compared. */
  readonly version: number | undefined;
  /** Undefined: the cgroup is gone. */
  stats(): CgroupStats | undefined;
}

/** In the order of `paths`. Each is as old as its own reading. */
export async function readStats(source: StatsSource, paths: readonly string[]): Promise<CgroupReading[]> {
  const size = source.readNumbers ? SLICE.ofThreads : SLICE.ofThis;
  return source.files.holding(async () => {
    const all: CgroupReading[] = [];
    for (let first = 0; first < paths.length; first += size) all.push(...await readSlice(source, paths.slice(first, first + size)));
    return all;
  });
}

async function readSlice(source: StatsSource, paths: readonly string[]): Promise<CgroupReading[]> {
  const { version, known, readNumbers, now } = source;
  if (!readNumbers) {
    await setImmediate();
    return paths.map((path) => readHere(source, path, now()));
  }
  const asked = known.ask(paths);
  const timestamp = now();
  const read = await readNumbers(asked).finally(() => { asked.release(); });
  return paths.map((path, i) => {
    const numbers = read.of(asked.places[i] ?? 0);
    return numbers ? { timestampNs: timestamp, version: numbers.version, stats: () => parseCgroupStats(version, timestamp, numbers) } : readHere(source, path, timestamp);
  });
}

/** By this thread: the cgroup was removed, and maybe made again, or a file is too long. */
function readHere({ version, files, directoryOf }: StatsSource, path: string, timestamp: bigint): CgroupReading {
  const stats = parseCgroupStats(version, timestamp, numbersOf((controller, file) => {
    const directory = directoryOf(controller, path);
    return directory === undefined ? undefined : files.read(directory, file);
  }));
  return { timestampNs: timestamp, version: undefined, stats: () => stats };
}
