import { raceSignal, SharedWork } from '#async';
import { AlreadyExistsError, CancelledError, DeadlineExceededError, errorText } from '#errors';
import type { EndedOperation, OperationView } from './api.ts';
import { differences } from './encoding.ts';
import { nowNs } from './record.ts';

/** Operations that are over and still known: what happened to some dozens of pods. */
export const ENDED_OPERATIONS = 512;

/** One change of a pod or container under way: its named stages, with times. */
export class Operation {
  readonly kind: string;
  /** What it works on: an id, or the name of a pod that has none yet. */
  subject: string;
  /** Of the pod, as long as only that is known of it. */
  readonly name: string | undefined;
  /** Of a container's. */
  podId: string | undefined;
  readonly #startedAt = performance.now();
  readonly #stages: { name: string; startedAt: number }[] = [];

  constructor(kind: string, subject: string) {
    this.kind = kind;
    this.subject = subject;
    this.name = subject.includes('/') ? subject : undefined;
  }

  /** Ends the current stage and begins another. */
  stage(name: string): void {
    this.#stages.push({ name, startedAt: performance.now() });
  }

  view(): OperationView {
    const now = performance.now();
    return {
      kind: this.kind,
      id: this.subject,
      stage: this.#stages.at(-1)?.name ?? 'waiting for the pod\'s queue',
      elapsedMs: round(now - this.#startedAt),
      ...this.name !== undefined && { name: this.name }, ...this.podId !== undefined && { podId: this.podId },
      stages: this.#stages.map((s, i) => ({ name: s.name, ms: round((this.#stages[i + 1]?.startedAt ?? now) - s.startedAt) })),
    };
  }

  /** For an error of a caller whose time is up. */
  describe(): string {
    const { stage, elapsedMs, stages } = this.view();
    return `stage "${stage}", ${elapsedMs} ms so far (${stages.map((s) => `${s.name} ${s.ms} ms`).join(', ') || 'nothing begun'}); the work goes on and an equal request joins it`;
  }
}

interface Entry { readonly operation: Operation; readonly request: unknown; readonly work: SharedWork<unknown> }

/**
 * Operations by identity. A request whose identity has an operation under way joins it when the
 * requests are equal and is refused when they differ; nobody ever waits for a name to come free.
 */
export class Operations {
  readonly #running = new Map<string, Entry>();
  readonly #ended: EndedOperation[] = [];

  /**
   * The operation belongs to davit: `signal` ends this caller's wait only.
   * @param how.endsWithCallers the work's own signal aborts when the last of them has left; who asks again waits for that end, and it begins anew
   */
  async run<T>(
    key: string, kind: string, subject: string, request: unknown, signal: AbortSignal, work: (operation: Operation, ending: AbortSignal) => Promise<T>, how: { readonly endsWithCallers: boolean } = { endsWithCallers: false },
  ): Promise<T> {
    for (let ending = this.#running.get(key); ending?.work.abandoned; ending = this.#running.get(key)) await raceSignal(ending.work.ended(), signal, kind);
    const entry = this.#running.get(key) ?? this.#start(key, kind, subject, request, work, how.endsWithCallers);
    const differing = differences(entry.request, request);
    if (differing.length > 0) throw new AlreadyExistsError(`${kind} "${subject}": another request with this identity is under way and differs in ${differing.join(', ')}`);
    try {
      return await entry.work.join(signal, kind) as T;
    } catch (error) {
      if (!signal.aborted || entry.work.settled) throw error;
      const text = `${kind} "${entry.operation.subject}": ${entry.operation.describe()}`;
      throw error instanceof DeadlineExceededError ? new DeadlineExceededError(text, { cause: error }) : new CancelledError(text, { cause: error });
    }
  }

  views(): OperationView[] {
    return [...this.#running.values()].map((entry) => entry.operation.view());
  }

  /** The last ones that are over, oldest first. */
  ended(): readonly EndedOperation[] {
    return this.#ended;
  }

  /** Settles when everything under way has ended, or when `signal` aborts (the error says what is left). */
  async drained(signal: AbortSignal): Promise<void> {
    await raceSignal(Promise.all([...this.#running.values()].map((entry) => entry.work.ended())), signal, `wait for ${this.#running.size} operations`);
  }

  #remember(operation: Operation, error?: string): void {
    this.#ended.push({ ...operation.view(), endedAt: nowNs(), ...error !== undefined && { error } });
    if (this.#ended.length > ENDED_OPERATIONS) this.#ended.shift();
  }

  #start<T>(key: string, kind: string, subject: string, request: unknown, work: (operation: Operation, ending: AbortSignal) => Promise<T>, cancelWhenAlone: boolean): Entry {
    const operation = new Operation(kind, subject);
    const shared = new SharedWork<unknown>(async (ending) => {
      try {
        const result = await work(operation, ending);
        this.#remember(operation);
        return result;
      } catch (error) {
        this.#remember(operation, errorText(error));
        throw error;
      }
    }, { cancelWhenAlone });
    const entry: Entry = { operation, request, work: shared };
    this.#running.set(key, entry);
    void shared.ended().then(() => this.#running.delete(key));
    return entry;
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
