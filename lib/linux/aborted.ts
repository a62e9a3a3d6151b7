import { CancelledError, DeadlineExceededError } from '#errors';

/** Why `signal` was aborted, as one of our classes. */
export function abortedError(what: string, signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  if (reason instanceof DeadlineExceededError || reason instanceof CancelledError) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') return new DeadlineExceededError(`${what}: the caller's deadline passed`, { cause: reason });
  return new CancelledError(`${what}: cancelled by the caller`, { cause: reason });
}
