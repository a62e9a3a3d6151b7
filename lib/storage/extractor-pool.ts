import { Semaphore } from '#async';
import { ExtractorProcess } from './extractor-process.ts';

/** How long a process waits for a further layer before it goes. */
const IDLE_MS = 3000;

/** Extractor processes: at most `limit` at work, and those that are done are used again for a while. */
export class ExtractorPool implements AsyncDisposable {
  readonly #codeCache: string;
  readonly #places: Semaphore;
  readonly #all = new Set<ExtractorProcess>();
  readonly #idle = new Map<ExtractorProcess, NodeJS.Timeout>();

  constructor(codeCache: string, limit: number) {
    this.#codeCache = codeCache;
    this.#places = new Semaphore(limit);
  }

  /** Gets a process for one layer; release or discard the lease when the layer is done. */
  async acquire(signal: AbortSignal, what: string): Promise<ExtractorLease> {
    const place = await this.#places.acquire(signal, what);
    const process = this.#takeIdle() ?? this.#start();
    return {
      process,
      release: () => { place[Symbol.dispose](); this.#putBack(process); },
      discard: async () => { await this.#remove(process); place[Symbol.dispose](); },
    };
  }

  /** Starts a process for a layer that is about to come, unless one waits already. */
  prepare(): void {
    if (this.#idle.size === 0) this.#putBack(this.#start());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#all].map((process) => this.#remove(process)));
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
    const process = new ExtractorProcess(this.#codeCache);
    this.#all.add(process);
    return process;
  }

  #putBack(process: ExtractorProcess): void {
    const timer = setTimeout(() => { this.#idle.delete(process); this.#all.delete(process); process.close(); }, IDLE_MS);
    timer.unref();
    process.setReferenced(false);
    this.#idle.set(process, timer);
  }

  async #remove(process: ExtractorProcess): Promise<void> {
    clearTimeout(this.#idle.get(process));
    this.#idle.delete(process);
    this.#all.delete(process);
    process.setReferenced(true);
    await process.kill();
  }
}

export interface ExtractorLease {
  readonly process: ExtractorProcess;
  /** The layer is unpacked: the process may serve another. */
  release(): void;
  /** Kills the process; resolves when it writes nothing more. */
  discard(): Promise<void>;
}
