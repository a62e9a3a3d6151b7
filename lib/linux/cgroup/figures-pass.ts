/** What monitoring asks of many cgroups in one pass: other threads read the files, this one parses what has been read. */
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import type { ReadFiles } from '../read-files.ts';
import { parseCgroupFigures, figureFiles, type CgroupFigures } from './figures.ts';
import type { OpenFiles } from './open-files.ts';
import { inSlices } from './slices.ts';
import { belowScope, STATS_FILES, type ReadCgroupFile } from './stats.ts';
import { processes } from './tree.ts';

/** Cgroups read by one call: some twenty-five files each. */
const SLICE = 16;
/** Room for the files of one cgroup: some 3 KiB. What does not fit is read by this thread. */
const BYTES_PER_CGROUP = 8192;
const PROCS = 'cgroup.procs';
/** Of a directory of cgroups: its own two names, and one more for each cgroup below it. */
const LINKS = 2;

export interface FiguresSource {
  readonly version: 1 | 2;
  readonly files: OpenFiles;
  readonly readFiles: ReadFiles;
  /** As the hugetlb controller writes them. */
  readonly pageSizes: readonly string[];
  /** The directory of a cgroup in a controller's hierarchy; undefined without such a one. */
  readonly directoryOf: (controller: string, path: string) => string | undefined;
  /** The directory of a cgroup in the one hierarchy that is asked for its processes. */
  readonly processesOf: (path: string) => string;
  /** Nanoseconds since the epoch. */
  readonly now: () => bigint;
}

export interface FiguresOfCgroup {
  readonly figures: CgroupFigures;
  /** In it or below it. */
  readonly pids: readonly number[];
}

/** A file of one cgroup: a descriptor that is kept for statistics, or a path; undefined for what is not there. */
interface Place { readonly name: string; readonly at: number | string | undefined }

/** In the order of `paths`; undefined for a cgroup that is gone. Each is as old as its own reading. */
export async function readFigures(source: FiguresSource, paths: readonly string[]): Promise<(FiguresOfCgroup | undefined)[]> {
  return source.files.holding(() => inSlices(paths, SLICE, (slice) => readSlice(source, slice)));
}

async function readSlice(source: FiguresSource, paths: readonly string[]): Promise<(FiguresOfCgroup | undefined)[]> {
  const places = paths.map((path) => placesOf(source, path));
  const wanted = places.flat().flatMap(({ at }) => at ?? []);
  const [text, lengths] = [Buffer.allocUnsafe(paths.length * BYTES_PER_CGROUP), new Int32Array(wanted.length)];
  const timestamp = source.now();
  await source.readFiles(wanted, text, lengths);
  let [next, end] = [0, 0];
  return paths.map((path, i) => {
    const texts = new Map<string, string>();
    const unread = new Set<string>();
    for (const { name, at } of places[i] ?? []) {
      if (at === undefined) continue;
      const length = lengths[next++] ?? 0;
      if (length >= 0) texts.set(name, text.toString('latin1', end, end += length));
      // A descriptor's cgroup was removed, and maybe made again; or there was no room for it.
      else if (typeof at === 'number' || length === -constants.errno.ENOBUFS) unread.add(name);
    }
    const read: ReadCgroupFile = (controller, name) => texts.get(name) ?? (unread.has(name) ? readHere(source, controller, path, name) : undefined);
    const figures = parseCgroupFigures(source.version, timestamp, read, source.pageSizes);
    return figures && { figures, pids: pidsOf(source.processesOf(path), texts) };
  });
}

function placesOf({ version, files, pageSizes, directoryOf, processesOf }: FiguresSource, path: string): Place[] {
  const kept = STATS_FILES[version].map(({ controller, file }): Place => {
    const directory = directoryOf(controller, path);
    const opened = directory === undefined ? 'absent' : files.opened(directory, file);
    return { name: file, at: opened === 'full' ? `${directory}/${file}` : opened === 'absent' ? undefined : opened.fd };
  });
  const others = figureFiles(version, pageSizes).map(({ controller, file }): Place => {
    const directory = directoryOf(controller, path);
    return { name: file, at: directory && `${directory}/${file}` };
  });
  const procs = path.endsWith('.scope') ? [PROCS, belowScope(PROCS)] : [PROCS];
  return [...kept, ...others, ...procs.map((name): Place => ({ name, at: `${processesOf(path)}/${name}` }))];
}

function readHere({ files, directoryOf }: FiguresSource, controller: string, path: string, name: string): string | undefined {
  const directory = directoryOf(controller, path);
  return directory === undefined ? undefined : files.read(directory, name);
}

/** Where there are further cgroups below, they are walked. */
function pidsOf(directory: string, texts: ReadonlyMap<string, string>): number[] {
  const [own, below] = [texts.get(PROCS), texts.get(belowScope(PROCS))];
  const isAll = own !== undefined && hasBelow(directory, below === undefined ? 0 : 1) && (below === undefined || hasBelow(dirname(`${directory}/${belowScope(PROCS)}`), 0));
  return isAll ? `${own}${below ?? ''}`.split('\n').filter((line) => line !== '').map(Number) : processes([directory]);
}

function hasBelow(directory: string, count: number): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.nlink === LINKS + count;
}
