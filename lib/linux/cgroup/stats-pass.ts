/** Statistics of many cgroups in one pass: other threads read the files, this one parses what has been read. */
import type { ReadFiles } from '../read-files.ts';
import type { OpenFiles } from './open-files.ts';
import { parseCgroupStats, STATS_FILES, UNIFIED, type CgroupStats } from './stats.ts';

/** Cgroups read by one call. While this thread parses them the next are read. */
const SLICE = 32;
/** Calls at once. */
const LANES = 2;
/** Room for the files of one cgroup: some 1 KiB of version 1, 3 of version 2. What does not fit is read by this thread. */
const BYTES_PER_CGROUP = 4096;

export interface StatsSource {
  readonly version: 1 | 2;
  readonly files: OpenFiles;
  readonly readFiles: ReadFiles;
  /** The directory of a cgroup in a controller's hierarchy; undefined without such a one. */
  readonly directoryOf: (controller: string, path: string) => string | undefined;
  /** Nanoseconds since the epoch. */
  readonly now: () => bigint;
}

type Descriptor = ReturnType<OpenFiles['descriptor']>;

/** In the order of `paths`; undefined for a cgroup that is gone. Each is as old as its own reading. */
export async function readStats(source: StatsSource, paths: readonly string[]): Promise<(CgroupStats | undefined)[]> {
  const held = source.files.hold();
  const all = new Array<CgroupStats | undefined>(paths.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    const text = Buffer.allocUnsafe(SLICE * BYTES_PER_CGROUP);
    while (next < paths.length) {
      const first = next;
      next += SLICE;
      (await readSlice(source, paths.slice(first, next), text)).forEach((stats, i) => { all[first + i] = stats; });
    }
  };
  try {
    // The descriptors are held until no thread reads any more, also when one call has failed.
    const lanes = await Promise.allSettled(Array.from({ length: Math.min(LANES, Math.ceil(paths.length / SLICE)) }, lane));
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
    return all;
  } finally {
    held[Symbol.dispose]();
  }
}

async function readSlice(source: StatsSource, paths: readonly string[], text: Buffer): Promise<(CgroupStats | undefined)[]> {
  const descriptors = paths.map((path) => descriptorsOf(source, path));
  const fds = Int32Array.from(descriptors.flat().filter((fd) => typeof fd === 'number'));
  const lengths = new Int32Array(fds.length);
  const timestamp = source.now();
  await source.readFiles(fds, text, lengths);
  let [read, end] = [0, 0];
  return paths.map((path, i) => {
    const texts = (descriptors[i] ?? []).map((descriptor) => {
      const length = typeof descriptor === 'number' ? lengths[read++] ?? 0 : -1;
      if (length < 0) return descriptor === 'absent' ? undefined : UNREAD;
      end += length;
      return text.toString('latin1', end - length, end);
    });
    return parse(source, path, timestamp, texts);
  });
}

/** In the order of STATS_FILES. */
function descriptorsOf({ version, files, directoryOf }: StatsSource, path: string): Descriptor[] {
  const found: Descriptor[] = [];
  for (const { controller, file } of STATS_FILES[version]) {
    const directory = controller === UNIFIED && version === 1 && found.at(-1) === 'absent' ? undefined : directoryOf(controller, path);
    found.push(directory === undefined ? 'absent' : files.descriptor(directory, file));
  }
  return found;
}

/** There is no NUL in a file of a cgroup. */
const UNREAD = '\0';

function parse({ version, files, directoryOf }: StatsSource, path: string, timestamp: bigint, texts: readonly (string | undefined)[]): CgroupStats | undefined {
  return parseCgroupStats(version, timestamp, (controller, name) => {
    const text = texts[STATS_FILES[version].findIndex(({ file }) => file === name)];
    if (text !== UNREAD) return text;
    // Its cgroup was removed, and maybe made again; or there was no room for it.
    const directory = directoryOf(controller, path);
    return directory === undefined ? undefined : files.read(directory, name);
  });
}
