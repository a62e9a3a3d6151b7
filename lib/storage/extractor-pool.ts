import { availableParallelism } from 'node:os';
import { raceSignal, Semaphore } from '#async';
import type { ExtractorCommand } from './extractor-command.ts';
import { ExtractorProcess } from './extractor-process.ts';

/** How long a process waits for a further layer before it goes. */
const IDLE_MS = 3000;

/** Between two looks at whether the processes at work keep up. */
const CONGESTION_CHECK_MS = 100;
/** A process that made the daemon wait for more than this share of the time is slower than what brings its layer. */
const CONGESTED_SHARE = 0.5;

/** What an extractor has work for: one thread inflates, one unpacks. Where more are free it may have a third, which hashes. */
const PROCESSORS_OF_LAYER = 2;

/**
 * Extractor processes: at most `limit` at work, and those that are done are used again for a while. One for each processor comes at once; more come
 * when the others wait for the network: where they wait for a processor, a further one only costs its start.
 */
export class ExtractorPool implements AsyncDisposable {
  readonly #command: ExtractorCommand;
  readonly #places: Semaphore;
  readonly #all = new Set<ExtractorProcess>();
  readonly #idle = new Map<ExtractorProcess, NodeJS.Timeout>();
  readonly #waiting = new Set<() => void>();
  readonly #leased = new Set<ExtractorProcess>();
  /** Layers that have a process or wait for one. */
  #layers = 0;

  /** @param command how an extractor is started */
  constructor(command: ExtractorCommand, limit: number) {
    this.#command = command;
    this.#places = new Semaphore(limit);
  }

  /** Gets a process for one layer; release or discard the lease when the layer is done. */
  async acquire(signal: AbortSignal, what: string): Promise<ExtractorLease> {
    using undo = new DisposableStack();
    undo.use(this.#count());
    undo.use(await this.#places.acquire(signal, what));
    const process = await this.#obtain(signal, what);
    undo.defer(() => { this.#leased.delete(process); });
    this.#leased.add(process);
    this.#shareProcessors();
    const lease = undo.move();
    return {
      process,
      release: () => { lease.dispose(); this.#putBack(process); },
      discard: async () => { await this.#remove(process); lease.dispose(); },
    };
  }

  /** Starts a process for a layer that is about to come, unless one waits already. */
  prepare(): void {
    if (this.#idle.size === 0) this.#putBack(this.#start());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#all].map((process) => this.#remove(process)));
  }

  /** Counts a layer until disposal. */
  #count(): Disposable {
    const add = (count: number): void => { this.#layers += count; this.#shareProcessors(); };
    add(1);
    return { [Symbol.dispose]: () => add(-1) };
  }

  #shareProcessors(): void {
    const areFree = this.#layers * PROCESSORS_OF_LAYER <= availableParallelism();
    for (const process of this.#leased) process.hashesApart = areFree;
  }

  async #obtain(signal: AbortSignal, what: string): Promise<ExtractorProcess> {
    for (;;) {
      const idle = this.#takeIdle();
      if (idle) return idle;
      if (this.#all.size < availableParallelism()) return this.#start();
      const before = [...this.#all].map((process) => ({ process, blockedMs: process.blockedMs }));
      const since = performance.now();
      await raceSignal(this.#change(), signal, what);
      const elapsedMs = performance.now() - since;
      const waitsForBytes = before.some(({ process, blockedMs }) => process.blockedMs - blockedMs < elapsedMs * CONGESTED_SHARE);
      if (elapsedMs >= CONGESTION_CHECK_MS && this.#idle.size === 0 && waitsForBytes) return this.#start();
    }
  }

  /** Resolves when a process has become free, or after a while. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => { clearTimeout(timer); this.#waiting.delete(done); resolve(); };
      const timer = setTimeout(done, CONGESTION_CHECK_MS);
      this.#waiting.add(done);
    });
  }

  #takeIdle(): ExtractorProcess | undefined {
    for (const [process, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(process);
      if (process.idle) { process.setReferenced(true); return process; }
      this.#all.delete(process);
    }
    return undefined;
  }

  #start(): ExtractorProcess {
    const process = new ExtractorProcess(this.#command);
    this.#all.add(process);
    return process;
  }

  #putBack(process: ExtractorProcess): void {
    const timer = setTimeout(() => { this.#idle.delete(process); this.#all.delete(process); process.close(); }, IDLE_MS);
    timer.unref();
    process.setReferenced(false);
    this.#idle.set(process, timer);
    this.#wake();
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }

  async #remove(process: ExtractorProcess): Promise<void> {
    clearTimeout(this.#idle.get(process));
    this.#idle.delete(process);
    this.#all.delete(process);
    process.setReferenced(true);
    await process.kill();
    this.#wake();
  }
}

export interface ExtractorLease {
  readonly process: ExtractorProcess;
  /** The layer is unpacked: the process may serve another. */
  release(): void;
  /** Kills the process; resolves when it writes nothing more. */
  discard(): Promise<void>;
}
