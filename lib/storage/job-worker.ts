import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '#errors';
import { fromRemoteError } from './remote-error.ts';
import type { JobInput, JobName, JobOutput } from './worker/jobs.ts';
import type { JobAnswer, JobRequest } from './worker/main.ts';

/** How long the process waits for a further job before it goes and gives its memory back. */
const IDLE_MS = 10_000;
const ENTRY = fileURLToPath(new URL('./worker/main.ts', import.meta.url));
/** Heap of the process, MiB. */
const MAX_HEAP_MB = 256;

interface Waiter { readonly resolve: (output: unknown) => void; readonly reject: (error: Error) => void }

/**
 * A process that exists while there is work. Jobs run one after another in the order of their calls.
 * A process and not a thread: a thread leaves some 20 MB with the daemon for good, a process gives back all of it.
 */
export class JobWorker implements AsyncDisposable {
  readonly #waiters = new Map<number, Waiter>();
  #worker: ChildProcess | undefined;
  readonly #codeCache: string;
  readonly #onStart: (pid: number) => void;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 1;

  /** @param codeCache a directory of ours for compiled code. @param onStart is told the pid of a process that has started. */
  constructor(codeCache: string, onStart: (pid: number) => void = () => undefined) {
    this.#codeCache = codeCache;
    this.#onStart = onStart;
  }

  /** Starts the process for a job that is about to come. */
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
      hold(worker);
      worker.send(request, (error) => { if (error) this.#onEnd(worker, new UnavailableError('storage worker does not listen', { cause: error })); });
    });
  }

  /** Lets the process end after the jobs it has. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    hold(worker);
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const exited = once(worker, 'exit');
    // It finishes what it has, closes the database and goes.
    if (worker.connected) worker.disconnect();
    await exited;
  }

  /** Ends the process now, between two system calls; jobs under way reject. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
    const exited = once(worker, 'exit');
    hold(worker);
    worker.kill('SIGKILL');
    await exited;
  }

  #start(): ChildProcess {
    const worker = fork(ENTRY, [String(process.pid)], {
      serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'], cwd: '/', env: { NODE_COMPILE_CACHE: this.#codeCache },
      // Of its own group: an interrupt at the daemon's terminal is not for it.
      detached: true, execArgv: [`--max-old-space-size=${MAX_HEAP_MB}`, '--disable-warning=ExperimentalWarning'],
    });
    if (worker.pid !== undefined) this.#onStart(worker.pid);
    worker.on('message', (answer) => this.#onAnswer(worker, answer as JobAnswer));
    worker.on('error', (error) => this.#onEnd(worker, new UnavailableError('storage worker failed', { cause: error })));
    worker.on('exit', (code, signal) => this.#onEnd(worker, new UnavailableError(`storage worker ended by ${signal ?? `exit code ${code ?? '?'}`}`)));
    return worker;
  }

  #onAnswer(worker: ChildProcess, answer: JobAnswer): void {
    const waiter = this.#waiters.get(answer.id);
    this.#waiters.delete(answer.id);
    if ('error' in answer) waiter?.reject(fromRemoteError(answer.error));
    else waiter?.resolve(answer.output);
    if (this.#waiters.size === 0) this.#rest(worker);
  }

  #rest(worker: ChildProcess): void {
    worker.unref();
    worker.channel?.unref();
    // Of a process that ended by itself one may still run.
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => { void this.close(); }, IDLE_MS).unref();
  }

  #onEnd(worker: ChildProcess, error: Error): void {
    // A process that was closed has no waiters; those of its successor are not concerned.
    if (this.#worker !== worker && this.#worker !== undefined) return;
    this.#worker = undefined;
    for (const waiter of this.#waiters.values()) waiter.reject(error);
    this.#waiters.clear();
  }
}

/** Keeps the daemon alive as long as the process has work. */
function hold(worker: ChildProcess): void {
  worker.ref();
  worker.channel?.ref();
}
