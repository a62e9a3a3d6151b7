import { CancelledError, DeadlineExceededError } from '#errors';

/** Longest wait of one timer, some 24 days: setTimeout takes what is longer for 1 ms. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that aborts when `signal` does or after `timeoutMs`.
 * @throws DeadlineExceededError naming `what` and the time, when the time ran out first.
 */
export async function withDeadline<T>(what: string, timeoutMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  throwIfAborted(signal, what);
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => { timedOut = true; controller.abort(new DeadlineExceededError(`${what}: no answer after ${timeoutMs} ms`)); }, timeoutMs);
  const onAbort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    if (timedOut && !(error instanceof DeadlineExceededError)) throw new DeadlineExceededError(`${what}: no answer after ${timeoutMs} ms`, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Waits for `promise` no longer than `signal` allows; the promise itself goes on. */
export function raceSignal<T>(promise: Promise<T>, signal: AbortSignal, what: string): Promise<T> {
  if (signal.aborted) { promise.catch(() => undefined); return Promise.reject(abortError(signal, what)); }
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(abortError(signal, what));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** @throws the error that `signal` was aborted with, as one of our classes. */
export function throwIfAborted(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw abortError(signal, what);
}

/** A wait of `ms`, ended early (with an error) by `signal`. */
export function delay(ms: number, signal: AbortSignal, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  return raceSignal(new Promise<void>((resolve) => { timer = setTimeout(resolve, ms); }), signal, what).finally(() => clearTimeout(timer));
}

/** What a wait for `what` ends with when `signal` aborts. */
export function abortError(signal: AbortSignal, what: string): Error {
  const reason: unknown = signal.reason;
  if (reason instanceof DeadlineExceededError || reason instanceof CancelledError) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') return new DeadlineExceededError(`${what}: the caller's deadline passed`, { cause: reason });
  return new CancelledError(`${what}: cancelled by the caller`, { cause: reason });
}
