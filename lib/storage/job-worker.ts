import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { UnavailableError } from '#errors';
import { fromRemoteError } from './remote-error.ts';
import type { JobInput, JobName, JobOutput } from './worker/jobs.ts';
import type { JobAnswer, JobRequest } from './worker/main.ts';

/** How long the thread waits for a further job before it goes and gives its memory back. */
const IDLE_MS = 10_000;
const ENTRY = new URL('./worker/main.ts', import.meta.url);
/** Heap of the thread. */
const MAX_HEAP_MB = 256;

interface Waiter { readonly resolve: (output: unknown) => void; readonly reject: (error: Error) => void }

/** A thread that exists while there is work. Jobs run one after another in the order of their calls. */
export class JobWorker implements AsyncDisposable {
  readonly #waiters = new Map<number, Waiter>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 1;

  /** Starts the thread for a job that is about to come. */
  prepare(): void {
    if (this.#worker) return;
    this.#worker = this.#start();
    this.#rest(this.#worker);
  }

  /** @throws what the job throws, as a class of ours; UnavailableError when the thread ended. */
  run<N extends JobName>(name: N, input: JobInput<N>): Promise<JobOutput<N>> {
    clearTimeout(this.#idle);
    const worker = this.#worker ??= this.#start();
    const request: JobRequest = { id: this.#nextId++, name, input };
    return new Promise<JobOutput<N>>((resolve, reject) => {
      this.#waiters.set(request.id, { resolve: (output) => resolve(output as JobOutput<N>), reject });
      worker.ref();
      worker.postMessage(request);
    });
  }

  /** Lets the thread end after the jobs it has. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    worker.ref();
    const exited = once(worker, 'exit');
    worker.postMessage('close');
    await exited;
  }

  /** Ends the thread now, between two system calls; jobs under way reject. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(ENTRY, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB }, execArgv: ['--disable-warning=ExperimentalWarning'] });
    worker.on('message', (answer: JobAnswer) => this.#onAnswer(worker, answer));
    worker.on('error', (error) => this.#onEnd(worker, new UnavailableError('storage worker failed', { cause: error })));
    worker.on('exit', () => this.#onEnd(worker, new UnavailableError('storage worker ended')));
    return worker;
  }

  #onAnswer(worker: Worker, answer: JobAnswer): void {
    const waiter = this.#waiters.get(answer.id);
    this.#waiters.delete(answer.id);
    if ('error' in answer) waiter?.reject(fromRemoteError(answer.error));
    else waiter?.resolve(answer.output);
    if (this.#waiters.size === 0) this.#rest(worker);
  }

  #rest(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => { void this.close(); }, IDLE_MS).unref();
  }

  #onEnd(worker: Worker, error: Error): void {
    // A thread that was closed has no waiters; those of its successor are not concerned.
    if (this.#worker !== worker && this.#worker !== undefined) return;
    this.#worker = undefined;
    for (const waiter of this.#waiters.values()) waiter.reject(error);
    this.#waiters.clear();
  }
}
