import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, FailedPreconditionError, InvalidArgumentError, NotFoundError } from '#errors';
import { readMountInfo } from '../mountinfo.ts';
import { fileReader } from '../read-files.ts';
import { readFigures, type FiguresOfCgroup } from './figures-pass.ts';
import { createIn } from './create.ts';
import { cgroupLayout, type CgroupHierarchy, type CgroupKind, type CgroupLayout } from './layout.ts';
import { KnownCgroups } from './known-cgroups.ts';
import { movesPreparer } from './ready-for-moves.ts';
import { OpenFiles } from './open-files.ts';
import { hugePageSizes } from './page-sizes.ts';
import { resourceWrites, undoingWrites, type CgroupWrite, type LinuxResourcesLike } from './resources.ts';
import { numbersReader } from './read-numbers.ts';
import { BELOW_SCOPE, numbersOf, parseCgroupStats, UNIFIED, type CgroupStats, type ReadCgroupFile } from './stats.ts';
import { readStats, type CgroupReading } from './stats-pass.ts';
import { killAll, processes, removeTree } from './tree.ts';

/** The node's cgroups. A `path` is relative to the root of every hierarchy and begins with '/'. */
export interface Cgroups {
  readonly kind: CgroupKind;
  readonly hierarchies: readonly CgroupHierarchy[];
  /** Every controller that some hierarchy has. */
  readonly controllers: ReadonlySet<string>;
  /** Makes `path` and its parents in every hierarchy; what exists is left as it is. Asynchronous because it waits for whoever moves a process meanwhile. */
  create(path: string): Promise<void>;
  /** Removes `path` and all below it; kills nothing. Waits for the last processes to leave until `signal` aborts. Success when it does not exist. */
  remove(path: string, options: { signal: AbortSignal }): Promise<void>;
  /** SIGKILL to every process in or below `path`, again and again until none is left or `signal` aborts. */
  killAll(path: string, options: { signal: AbortSignal }): Promise<void>;
  /** Pids in or below `path`, each once. */
  processes(path: string): number[];
  /**
   * Moves a process into `path` in every hierarchy. Asynchronous because the first such write after a pause waits
   * some 10 ms for the kernel (RCU). @throws NotFoundError when the process or the cgroup is gone.
   */
  addProcess(path: string, pid: number): Promise<void>;
  /**
   * Lets the next move of a process, by whomever, begin at once: the kernel waits for RCU (here 5 to 16 ms) before the first one after a pause, and for some
   * 15 ms not again. To be begun ahead, beside other work. @param until keeps it so from then on, for some 200 ms at most, until this is aborted.
   * @throws Error with `.code` when this process cannot be moved to where it is.
   */
  readyForMoves(until?: AbortSignal): Promise<void>;
  /** All of them or none. @returns puts back what was. @throws FailedPreconditionError naming file and value when the kernel refuses one or its controller is not there. */
  applyResources(path: string, resources: LinuxResourcesLike): () => void;
  /**
   * For a change of `resources` by somebody else, as a runtime, who may stop half-way.
   * @returns puts back what the kernel has of them now, where it is another by then. @throws FailedPreconditionError naming what it refuses
   */
  heldLimits(path: string, resources: LinuxResourcesLike): () => void;
  /** To be called when anybody else, as a runtime, has set limits of `path` or below it: allStats() tells them from then on, and without that within a minute. */
  limitsChanged(path: string): void;
  /** One pass over a dozen small files. Undefined when the cgroup is gone. */
  stats(path: string): CgroupStats | undefined;
  /** stats() of many, in their order, read by other threads: two thirds of a pass over some hundred are the kernel's. */
  allStats(paths: readonly string[]): Promise<CgroupReading[]>;
  /** What monitoring asks of many: more than twice as many files as stats(), read in the same way. Undefined for a cgroup that is gone. */
  allFigures(paths: readonly string[]): Promise<(FiguresOfCgroup | undefined)[]>;
  /** The absolute directory of `path` in every hierarchy, existing or not. */
  directories(path: string): string[];
}

/**
 * Reads the node's hierarchies once; they do not change while it runs.
 * @throws FailedPreconditionError when none is mounted.
 */
export function detectCgroups(): Cgroups {
  const layout = cgroupLayout(readMountInfo(), (mountPoint) => words(readFileSync(join(mountPoint, 'cgroup.controllers'), 'utf8')));
  if (!layout) throw new FailedPreconditionError('find cgroups: no cgroup file system is mounted');
  return createCgroups(layout);
}

/** For tests: cgroups of a given layout. */
export function createCgroups({ kind, hierarchies }: CgroupLayout): Cgroups {
  const directories = (path: string): string[] => hierarchies.map((h) => join(h.mountPoint, checked(path)));
  // In a hybrid the cgroup2 hierarchy has controllers only if nobody mounted them as version 1.
  const version = kind === 'v2' ? 2 : 1;
  const ofController = new Map(hierarchies.flatMap((h) => h.controllers.map((c) => [c, h] as const)));
  const pageSizes = ofController.has('hugetlb') ? hugePageSizes() : [];
  const unified = hierarchies.find((h) => h.version === 2);
  const files = new OpenFiles();
  const directoryOf = (controller: string, path: string): string | undefined => {
    if (controller === BELOW_SCOPE && !path.endsWith('.scope')) return undefined;
    const hierarchy = ofController.get(controller) ?? (version === 2 || controller === UNIFIED ? unified : undefined);
    return hierarchy && hierarchy.mountPoint + path;
  };
  const reading = (path: string): ReadCgroupFile => (controller, file) => {
    const directory = directoryOf(controller, path);
    return directory === undefined ? undefined : files.read(directory, file);
  };
  // Every process is in each hierarchy of version 1, and a container's at the same path.
  const holder = (version === 2 ? unified : ofController.get('pids') ?? ofController.get('memory')) ?? hierarchies[0];
  const known = new KnownCgroups(version, files, directoryOf);
  const setLimits = (path: string, writes: readonly CgroupWrite[]): void => {
    try {
      for (const write of writes) applyWrite(ofController.get(write.controller), checked(path), write, writes);
    } finally {
      known.limitsChanged(path);
    }
  };
  const heldLimits = (path: string, resources: LinuxResourcesLike): (() => void) => {
    const value = (write: CgroupWrite): string | undefined => readLimit(ofController.get(write.controller), checked(path), write);
    const before = resourceWrites(version, resources).map((write) => ({ ...write, held: value(write) }));
    return () => {
      setLimits(path, before.flatMap(({ held, ...write }) => {
        const now = value(write);
        return held === undefined || now === undefined ? [] : undoingWrites(write.file, held, now).map((text) => ({ ...write, value: text }));
      }));
    };
  };
  const stats = { version, files, known, readNumbers: numbersReader(version), directoryOf, now: nowNs } as const;
  const figures = { version, files, readFiles: fileReader(), pageSizes, directoryOf, processesOf: (path: string) => `${holder?.mountPoint}${path}`, now: nowNs } as const;
  return {
    kind,
    hierarchies,
    controllers: new Set(ofController.keys()),
    directories,
    create: async (path) => { await Promise.all(hierarchies.map((h) => createIn(h, checked(path)))); },
    remove: async (path, { signal }) => {
      for (const directory of directories(path)) files.forget(directory);
      await Promise.all(directories(path).map((d) => removeTree(d, signal)));
    },
    killAll: (path, { signal }) => killAll(kind, directories(path), signal),
    processes: (path) => processes(directories(path)),
    addProcess: (path, pid) => addProcess(directories(path), pid),
    readyForMoves: movesPreparer(holder),
    applyResources: (path, resources) => {
      const putBack = heldLimits(path, resources);
      try {
        setLimits(path, resourceWrites(version, resources));
        return putBack;
      } catch (error) {
        putBack();
        throw error;
      }
    },
    heldLimits,
    limitsChanged: (path) => { known.limitsChanged(checked(path)); },
    stats: (path) => parseCgroupStats(version, nowNs(), numbersOf(reading(checked(path)))),
    allStats: (paths) => readStats(stats, paths.map(checked)),
    allFigures: (paths) => readFigures(figures, paths.map(checked)),
  };
}

async function addProcess(directories: readonly string[], pid: number): Promise<void> {
  await Promise.all(directories.map(async (directory) => {
    try {
      await writeFile(join(directory, 'cgroup.procs'), String(pid), { flag: 'r+' });
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'ESRCH' || errno === 'ENOENT') throw new NotFoundError(`move process ${pid} into cgroup '${directory}': ${errno === 'ESRCH' ? 'the process' : 'the cgroup'} is gone`, { cause: error });
      throw new FailedPreconditionError(`move process ${pid} into cgroup '${directory}'`, { cause: error });
    }
  }));
}

/** As it can be written again. Undefined where nothing is to be read: no such file, no cgroup any more, or one that is only written to, as memory.reclaim. */
function readLimit(hierarchy: CgroupHierarchy | undefined, path: string, { file }: CgroupWrite): string | undefined {
  if (!hierarchy) return undefined;
  try {
    return readFileSync(join(hierarchy.mountPoint, path, file), 'utf8');
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

function applyWrite(hierarchy: CgroupHierarchy | undefined, path: string, write: CgroupWrite, all: readonly CgroupWrite[]): void {
  if (!hierarchy) throw new FailedPreconditionError(`set ${write.file} of cgroup '${path}' to '${write.value}': this node has no '${write.controller}' cgroup controller`);
  const target = (w: CgroupWrite): string => join(hierarchy.mountPoint, path, w.file);
  try {
    writeFileSync(target(write), write.value, { flag: 'r+' });
  } catch (error) {
    // Version 1 keeps memory ≤ memory+swap at every moment: when both grow, the sum has to go first.
    const sum = write.file === 'memory.limit_in_bytes' && errnoOf(error) === 'EINVAL' ? all.find((w) => w.file === 'memory.memsw.limit_in_bytes') : undefined;
    try {
      if (!sum) throw error;
      writeFileSync(target(sum), sum.value, { flag: 'r+' });
      writeFileSync(target(write), write.value, { flag: 'r+' });
    } catch (cause) {
      throw new FailedPreconditionError(`set ${write.file} of cgroup '${path}' to '${write.value}'`, { cause });
    }
  }
}

function nowNs(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

/** A name that is `.` or `..`. */
const DOTS = /\/\.{1,2}(?:\/|$)/;

function checked(path: string): string {
  if (!path.startsWith('/') || path.includes('\0') || DOTS.test(path)) {
    throw new InvalidArgumentError(`cgroup path '${path}': must be absolute, without '.' and '..'`);
  }
  return path;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((w) => w !== '');
}
