/** What a test file has started: found again and ended when the file does not end by itself. */
import { spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { processNumbers, sendSignal, statOf } from './processes.ts';

/** What is killed may fork while it is looked for. */
const KILL_TIMEOUT_MS = 10_000;
const POLL_MS = 10;

export interface StartedBy {
  /**
   * Kills and unmounts it. Who holds the file's output goes last, so that the runner begins no other file before.
   * @param tell called with the command lines killed and the directories unmounted, before the last processes are killed
   */
  end(tell: (killed: readonly string[], unmounted: readonly string[]) => void): Promise<void>;
}

/**
 * To be called with the process of a file that is about to be spawned, in the same turn of the event loop.
 * @param alone whether one file runs at a time, in namespaces of the tests' own: then whatever is new there is that file's, its mounts too
 */
export function watchStarted(file: ChildProcess, alone: boolean): StartedBy {
  const before = { processes: new Set(alone ? processNumbers().map(nameForGood) : []), mounts: new Set(mounts()) };
  let output: string | undefined;
  // It has its streams when spawn() returns, and may have ended soon after.
  process.nextTick(() => { output = outputsOf(file.pid ?? 0)[0]; });
  // Once it has ended its number may be another's.
  const isIt = (pid: number): boolean => pid === file.pid && file.exitCode === null && file.signalCode === null;
  const holds = (pid: number): boolean => isIt(pid) || (output !== undefined && outputsOf(pid).includes(output));
  const isNew = (pid: number): boolean => alone && !before.processes.has(nameForGood(pid));
  const started = (): number[] => processNumbers().filter((pid) => pid !== process.pid && (isNew(pid) || holds(pid) || descends(pid, isIt)) && !'ZX'.includes(statOf(pid)?.state ?? 'X'));
  const describe = (pid: number): string => `${pid} ${isIt(pid) ? 'the file itself' : textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()}`;
  return {
    end: async (tell) => {
      const killed = new Map<string, string>();
      const kill = (pid: number): void => { killed.set(nameForGood(pid), describe(pid)); sendSignal(pid, 'SIGKILL'); };
      for (const end = performance.now() + KILL_TIMEOUT_MS; performance.now() < end; await delay(POLL_MS)) {
        const { holders = [], others = [] } = Object.groupBy(started(), (pid) => holds(pid) ? 'holders' : 'others');
        // What stands still starts nothing more.
        for (const pid of holders) sendSignal(pid, 'SIGSTOP');
        others.forEach(kill);
        if (others.length === 0 && holders.every((pid) => statOf(pid)?.state === 'T')) break;
      }
      const unmounted = alone ? mounts().filter((mount) => !before.mounts.has(mount)).map((mount) => mount.split(' ')[1] ?? '').reverse() : [];
      for (const point of unmounted) spawnSync('umount', ['-l', point], { stdio: 'ignore' });
      const last = started();
      tell([...killed.values(), ...last.map(describe)], unmounted);
      last.forEach(kill);
    },
  };
}

function descends(pid: number, isIt: (pid: number) => boolean): boolean {
  return pid > 1 && pid !== process.pid && (isIt(pid) || descends(statOf(pid)?.parent ?? 0, isIt));
}

/** Numbers of processes are used again. */
function nameForGood(pid: number): string {
  return `${pid} ${statOf(pid)?.start ?? ''}`;
}

/** Id and mount point of each mount, in the order in which they came. */
function mounts(): string[] {
  return textOf('/proc/self/mountinfo').split('\n').filter((line) => line !== '').map((line) => { const [id, , , , point] = line.split(' '); return `${id} ${point}`; });
}

/** What standard output and error of a process are. */
function outputsOf(pid: number): string[] {
  try {
    return [1, 2].map((n) => readlinkSync(`/proc/${pid}/fd/${n}`));
  } catch {
    return [];
  }
}

/** Empty where the process has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
