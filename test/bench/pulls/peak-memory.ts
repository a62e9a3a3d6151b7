import { descendantsOf, pssBytes, rssBytes } from '../processes.ts';

const INTERVAL_MS = 25;

export interface PeakMemory extends Disposable {
  /** Most bytes resident at one moment, in the runtime's process and all below it; pages that they share count for each. */
  readonly bytes: number;
  /** Processes at that moment. */
  readonly processes: number;
  /** Of the runtime's own process, at any moment. */
  readonly daemonBytes: number;
  /** As `bytes`, but shared pages are divided among all processes that have them, also the bench's own, which runs the same Node: 0 without being asked for. */
  readonly pssBytes: number;
}

/** Looks at a runtime's processes until disposal. @param countsShares whether to look for pssBytes too, which takes the kernel a walk over all pages: not where time is measured */
export function watchMemory(daemon: number, countsShares = false): PeakMemory {
  let [bytes, processes, daemonBytes, pss] = [0, 0, 0, 0];
  const timer = setInterval(() => {
    const pids = [daemon, ...descendantsOf(daemon)];
    const resident = pids.map(rssBytes);
    const sum = resident.reduce((all, one) => all + one, 0);
    if (sum > bytes) [bytes, processes] = [sum, resident.length];
    daemonBytes = Math.max(daemonBytes, resident[0] ?? 0);
    if (countsShares) pss = Math.max(pss, pids.reduce((all, pid) => all + pssBytes(pid), 0));
  }, INTERVAL_MS);
  return {
    get bytes() { return bytes; }, get processes() { return processes; }, get daemonBytes() { return daemonBytes; }, get pssBytes() { return pss; },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
