/** How late the event loop is: what every call on the node waits for beside its own work. */

/** One sample a second: each costs a wake-up, and an idle daemon should sleep. */
const INTERVAL_MS = 1000;
/** The last quarter of an hour. */
const MAX_SAMPLES = 900;

export interface LoopDelay extends Disposable {
  /** Of the last quarter of an hour, in ms; zeros before the first sample. */
  figures(): { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number; readonly samples: number };
}

/** Begins to sample; keeps no process alive. Dispose ends it. */
export function measureLoopDelay(intervalMs: number = INTERVAL_MS): LoopDelay {
  const samples: number[] = [];
  let due = performance.now() + intervalMs;
  const timer = setInterval(() => {
    const now = performance.now();
    samples.push(Math.max(0, now - due));
    if (samples.length > MAX_SAMPLES) samples.shift();
    due = now + intervalMs;
  }, intervalMs);
  timer.unref();
  return { figures: () => summary(samples), [Symbol.dispose]: () => clearInterval(timer) };
}

function summary(samples: readonly number[]): ReturnType<LoopDelay['figures']> {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), samples: sorted.length };
}
