import { descendantsOf, rssBytes } from '../processes.ts';

const INTERVAL_MS = 25;

export interface PeakMemory extends Disposable {
  /** Most bytes resident at one moment, in the runtime's process and all below it; pages that they share count for each. */
  readonly bytes: number;
  /** Processes at that moment. */
  readonly processes: number;
  /** Of the runtime's own process, at any moment. */
  readonly daemonBytes: number;
}

/** Looks at a runtime's processes until disposal. */
export function watchMemory(daemon: number): PeakMemory {
  let [bytes, processes, daemonBytes] = [0, 0, 0];
  const timer = setInterval(() => {
    const resident = [daemon, ...descendantsOf(daemon)].map(rssBytes);
    const sum = resident.reduce((all, one) => all + one, 0);
    if (sum > bytes) [bytes, processes] = [sum, resident.length];
    daemonBytes = Math.max(daemonBytes, resident[0] ?? 0);
  }, INTERVAL_MS);
  return {
    get bytes() { return bytes; }, get processes() { return processes; }, get daemonBytes() { return daemonBytes; },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
