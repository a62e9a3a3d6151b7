import { withDeadline } from './deadline.ts';

export interface UndoFailure { readonly step: string; readonly error: unknown }
interface UndoStep { readonly name: string; readonly timeoutMs: number; readonly run: (signal: AbortSignal) => Promise<void> }

/** Time that one undo step gets when it does not say otherwise. */
export const UNDO_STEP_TIMEOUT_MS = 10_000;

/**
 * What must be taken back if a sequence of steps fails. Register a step's undo right after the
 * step, or before it when the step can half-succeed. `undo()` runs all of them, last first, each
 * under its own deadline and not the caller's signal; one that fails does not keep the others from running.
 */
export class UndoStack {
  #steps: UndoStep[] = [];

  add(name: string, run: (signal: AbortSignal) => Promise<void>, timeoutMs: number = UNDO_STEP_TIMEOUT_MS): void {
    this.#steps.push({ name, timeoutMs, run });
  }

  /** Runs and forgets every step; returns those that failed. */
  async undo(): Promise<UndoFailure[]> {
    const failures: UndoFailure[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      const { name, timeoutMs, run } = step;
      try {
        await withDeadline(`undo of ${name}`, timeoutMs, new AbortController().signal, run);
      } catch (error) {
        failures.push({ step: name, error });
      }
    }
    return failures;
  }

  /** The sequence succeeded: nothing is to be taken back. */
  release(): void {
    this.#steps = [];
  }
}
