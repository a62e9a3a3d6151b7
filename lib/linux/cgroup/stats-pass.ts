/** Statistics of many cgroups in one pass: other threads read the files and take the numbers out, this one makes something of them. */
import { setImmediate } from 'node:timers/promises';
import type { OpenFiles } from './open-files.ts';
import type { ReadNumbers } from './read-numbers.ts';
import { inSlices } from './slices.ts';
import type { StatsDescriptors } from './stats-descriptors.ts';
import { numbersOf, parseCgroupStats, STATS_FILES, type CgroupStats } from './stats.ts';

/** Cgroups read by one call. While this thread goes on with them the next are read. */
const SLICE = 32;

export interface StatsSource {
  readonly version: 1 | 2;
  readonly files: OpenFiles;
  readonly descriptors: StatsDescriptors;
  /** Undefined: this thread reads. */
  readonly readNumbers: ReadNumbers | undefined;
  /** The directory of a cgroup in a controller's hierarchy; undefined without such a one. */
  readonly directoryOf: (controller: string, path: string) => string | undefined;
  /** Nanoseconds since the epoch. */
  readonly now: () => bigint;
}

/**
 * What was read of a cgroup, each time the same, made anew whenever it is asked for: until then it is numbers outside the heap. Kept as
 * objects, those of some hundred cgroups outlive a garbage collection or two, and then cost a large one. Undefined: the cgroup is gone.
 */
export type StatsOf = () => CgroupStats | undefined;

/** In the order of `paths`. Each is as old as its own reading. */
export async function readStats(source: StatsSource, paths: readonly string[]): Promise<StatsOf[]> {
  return source.files.holding(() => inSlices(paths, SLICE, (slice) => readSlice(source, slice)));
}

async function readSlice(source: StatsSource, paths: readonly string[]): Promise<StatsOf[]> {
  const { version, descriptors, readNumbers, now } = source;
  if (!readNumbers) {
    await setImmediate();
    return paths.map((path) => readHere(source, path, now()));
  }
  const count = STATS_FILES[version].length;
  const [fds, unkept] = [new Int32Array(paths.length * count).fill(-1), new Set<number>()];
  paths.forEach((path, i) => {
    const found = descriptors.of(path);
    if (found) fds.set(found, i * count);
    else unkept.add(i);
  });
  const timestamp = now();
  const read = await readNumbers(fds);
  return paths.map((path, i) => {
    const numbers = unkept.has(i) ? undefined : read.of(i);
    return numbers ? () => parseCgroupStats(version, timestamp, numbers) : readHere(source, path, timestamp);
  });
}

/** By this thread: the cgroup was removed, and maybe made again, or its files are not kept open. */
function readHere({ version, files, directoryOf }: StatsSource, path: string, timestamp: bigint): StatsOf {
  const stats = parseCgroupStats(version, timestamp, numbersOf((controller, file) => {
    const directory = directoryOf(controller, path);
    return directory === undefined ? undefined : files.read(directory, file);
  }));
  return () => stats;
}
