/** Waiting, in the few forms that davit allows. A closed list: a further one needs an ADR. */
export { delay, MAX_TIMER_MS, raceSignal, throwIfAborted, withDeadline } from './deadline.ts';
export { KeyedQueue } from './queue.ts';
export { Semaphore } from './semaphore.ts';
export { SharedWork } from './shared.ts';
export { UNDO_STEP_TIMEOUT_MS, UndoStack } from './undo.ts';
export type { UndoFailure } from './undo.ts';
