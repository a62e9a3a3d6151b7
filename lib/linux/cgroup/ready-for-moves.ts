import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CgroupHierarchy } from './layout.ts';

/** Less than the shortest time that the kernel stays ready. */
const AGAIN_AFTER_MS = 4;
/** Who keeps it ready for longer waits for something else than the kernel. */
const MOVES_MAX = 50;
/** /proc/self/cgroup: a path for each of a dozen hierarchies. */
const OWN_CGROUPS_MAX_BYTES = 64 * 1024;

/**
 * Whoever moves a process stops all forks and ends of processes for that moment. The kernel makes them look for it by a grace period of RCU, lets them look
 * until another one has passed, and takes moves meanwhile at once (cgroup_threadgroup_rwsem, one for all hierarchies). A move to where the process is already does that, too.
 */
export function movesPreparer(hierarchy: CgroupHierarchy | undefined): (until?: AbortSignal) => Promise<void> {
  let underWay: Promise<void> | undefined;
  let moves = 0;
  /** One at a time, whoever asks: the kernel may not answer for long, and each would keep a thread. */
  const move = (work: () => Promise<void>): Promise<void> => underWay ??= work().finally(() => {
    moves++;
    underWay = undefined;
  });
  return async (until) => {
    let own: FileHandle | undefined;
    const moveInPlace = async (): Promise<void> => {
      own ??= await openOwn(hierarchy);
      await own?.write(String(process.pid));
    };
    try {
      await move(moveInPlace);
      for (let n = 1; until && n < MOVES_MAX; n++) {
        const before = moves;
        await delay(AGAIN_AFTER_MS, undefined, { signal: until }).catch(() => undefined);
        if (until.aborted) return;
        // Somebody else's move is as good.
        if (moves === before) await move(moveInPlace);
      }
    } finally {
      await own?.close();
    }
  };
}

/** The file that this process is moved by to where it is. */
async function openOwn(hierarchy: CgroupHierarchy | undefined): Promise<FileHandle | undefined> {
  // Read anew each time: an administrator may have moved us.
  const own = hierarchy && ownPath(await readOwnCgroups(), hierarchy);
  return own === undefined ? undefined : open(join(hierarchy?.mountPoint ?? '', own, 'cgroup.procs'), 'r+');
}

/** By one read, which gives the whole: readFile() asks three times more, a turn of the event loop each. */
async function readOwnCgroups(): Promise<string> {
  await using file = await open('/proc/self/cgroup', 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(OWN_CGROUPS_MAX_BYTES));
  return buffer.toString('utf8', 0, bytesRead);
}

/** Of lines `ID:CONTROLLERS:PATH`, version 2's without controllers. Undefined where it is outside of what the mount shows. Exported for its own test. */
export function ownPath(lines: string, { version, controllers }: Pick<CgroupHierarchy, 'version' | 'controllers'>): string | undefined {
  for (const line of lines.split('\n')) {
    const [, id, of, path] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    const isOurs = version === 2 ? id === '0' && of === '' : of !== '' && controllers.some((controller) => of?.split(',').includes(controller));
    if (isOurs) return path?.split('/').includes('..') ? undefined : path;
  }
  return undefined;
}
