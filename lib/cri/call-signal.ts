/** One AbortSignal for everything that can end a call: the client's deadline, its cancel, the end of the daemon. */
import type { Deadline } from '@grpc/grpc-js';
import { MAX_TIMER_MS } from '#async';

/** Part of the client's time, and at most this much of it, in which the answer travels back: later than its deadline no client reads our error. */
const ANSWER_SHARE = 0.05;
const ANSWER_MAX_MS = 100;

export interface CallSignal extends Disposable {
  /** Its reason is a TimeoutError at the deadline, an AbortError else. */
  readonly signal: AbortSignal;
  /** How long a handler may take to end after its signal has aborted before the call is answered without it. */
  readonly graceMs: number;
  /** Until the client's deadline; Infinity without one. */
  readonly timeLeftMs: () => number;
}

/** The part of grpc-js's calls that this needs. */
export interface EndableCall {
  readonly cancelled: boolean;
  getDeadline(): Deadline;
  on(event: 'cancelled', listener: () => void): unknown;
  off(event: 'cancelled', listener: () => void): unknown;
}

/** Dispose when the call is answered; no timer and no listener remains. @param ending aborts when calls under way must end; has not aborted yet */
export function callSignal(call: EndableCall, ending: AbortSignal): CallSignal {
  const controller = new AbortController();
  const deadline = Number(call.getDeadline());
  const remainingMs = Math.min(deadline - Date.now(), MAX_TIMER_MS);
  const answerMs = Math.min(ANSWER_MAX_MS, Math.max(0, remainingMs * ANSWER_SHARE));
  const onDeadline = (): void => controller.abort(new DOMException("the caller's deadline passed", 'TimeoutError'));
  const timer = Number.isFinite(deadline) ? setTimeout(onDeadline, Math.max(0, remainingMs - answerMs)) : undefined;
  // On a node so busy that a call begins with nothing left, the library's own timer would be the first and look like a cancel.
  if (remainingMs <= 0) onDeadline();
  const onCancelled = (): void => {
    if (Date.now() >= deadline - answerMs) onDeadline();
    else controller.abort(new DOMException('cancelled by the caller', 'AbortError'));
  };
  const onEnding = (): void => controller.abort(new DOMException('the daemon is stopping', 'AbortError'));
  call.on('cancelled', onCancelled);
  ending.addEventListener('abort', onEnding, { once: true });
  if (call.cancelled) onCancelled();
  return {
    signal: controller.signal,
    graceMs: answerMs / 2,
    timeLeftMs: () => deadline - Date.now(),
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      call.off('cancelled', onCancelled);
      ending.removeEventListener('abort', onEnding);
    },
  };
}
