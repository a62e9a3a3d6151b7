import { setTimeout as delay } from 'node:timers/promises';

/** What is waited for comes in milliseconds; this is for a host that stands still for a while. */
const DEFAULT_TIMEOUT_MS = 60_000;
const POLL_MS = 25;

/** Asks until the answer is not undefined or false. @throws Error naming `what` when the time is up */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined | false> | T | undefined | false, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`wait for ${what}: not in ${timeoutMs} ms`);
    await delay(POLL_MS);
  }
}
