import { readlinkSync } from 'node:fs';
import { processNumbers, sendSignal, statOf } from '../processes.ts';
import { SPARED_PROGRAMS } from './spared.ts';

/** The processes of this namespace that may stand still. */
export interface Crowd {
  /** Reads who is there. @returns those that were not there before */
  look(): readonly number[];
  /** Those of the last look by name, so that one of a kind is met as often as fifty of another. */
  kinds(): readonly (readonly number[])[];
  /** Undefined where it has ended, is spared, or stands still already: a test may have stopped it. */
  stop(pid: number): Stopped | undefined;
  /** Once for each that has been stopped. It may have been killed in the meantime, and its number be another's, which does not mind. */
  wake(stopped: Stopped): void;
}
export interface Stopped { readonly pid: number }

interface CrowdOptions {
  readonly spared: readonly number[];
  /** Whether processes in PID namespaces below this one, those of containers, are meant too. */
  readonly containers: boolean;
}

/** Reads /proc, which must be that of this PID namespace. */
export function createCrowd({ spared, containers }: CrowdOptions): Crowd {
  const here = readlinkSync('/proc/self/ns/pid');
  let seen = new Set<number>();
  const may = (pid: number): boolean => pid !== 1 && !spared.includes(pid) && (containers || namespaceOf(pid) === here);
  return {
    look: () => {
      const before = seen;
      seen = new Set(processNumbers());
      return [...seen].filter((pid) => !before.has(pid) && may(pid));
    },
    kinds: () => [...Map.groupBy([...seen].filter(may), (pid) => statOf(pid)?.name ?? '')].filter(([name]) => name !== '').map(([, pids]) => pids),
    stop: (pid) => {
      const { name = '', state = 'X', parent = 0 } = statOf(pid) ?? {};
      if ('TtZX'.includes(state) || isSpared(name, statOf(parent)?.name ?? '') || !sendSignal(pid, 'SIGSTOP')) return undefined;
      return { pid };
    },
    wake: ({ pid }) => { sendSignal(pid, 'SIGCONT'); },
  };
}

function isSpared(name: string, parentName: string): boolean {
  return SPARED_PROGRAMS.some(({ pattern, children }) => pattern.test(children ? parentName : name));
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}
