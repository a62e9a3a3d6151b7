import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import type { FilesystemUsage } from './api.ts';

/** A walk of a tree is not repeated before this time. */
export const USAGE_REFRESH_MS = 10_000;
/** The time doubles, up to this (kubelet's own cAdvisor walks once a minute), with each walk that finds what the one before did: most containers never write, and walking hundreds costs more than all else that is asked of them. */
export const USAGE_REFRESH_LONGEST_MS = 60_000;

/** Walks that nobody waits for are made for so long at a time, and then others get their turn for longer. */
const TURN_MS = 1;
const PAUSE_MS = 10;

interface Cached { usage: FilesystemUsage | undefined; measuredAtMs: number; refreshMs: number; running: Promise<FilesystemUsage> | undefined }

const UNMEASURED = { measuredAtMs: -Infinity, refreshMs: USAGE_REFRESH_MS, running: undefined } as const;

/**
 * Figures that cost a walk: given from the last one, refreshed behind the caller's back. Only who asks first waits.
 * Some hundred are due when all containers are asked for: they are walked in turns, and not while that request is answered.
 */
export class UsageCache {
  readonly #measure: (id: string) => Promise<FilesystemUsage>;
  readonly #now: () => number;
  readonly #entries = new Map<string, Cached>();
  /** The last walk that somebody waits for. */
  #awaited: Promise<unknown> = Promise.resolve();
  /** Those to be walked that nobody waits for. */
  readonly #due: (() => void)[] = [];
  #isWalking = false;

  /** @param now milliseconds of a clock that is never set back */
  constructor(measure: (id: string) => Promise<FilesystemUsage>, now = (): number => performance.now()) {
    this.#measure = measure;
    this.#now = now;
  }

  /** A new, empty tree: its figures are known without a walk. */
  begin(id: string): void {
    this.#entries.set(id, { usage: { bytes: 0, inodes: 0 }, ...UNMEASURED });
  }

  /** Not a promise when it is known: hundreds are asked for at once. */
  get(id: string): FilesystemUsage | Promise<FilesystemUsage> {
    let entry = this.#entries.get(id);
    if (!entry) this.#entries.set(id, entry = { usage: undefined, ...UNMEASURED });
    if (this.#now() - entry.measuredAtMs >= entry.refreshMs) this.#refresh(id, entry);
    return entry.usage ?? (entry.running ?? this.#walk(id, 'awaited'));
  }

  forget(id: string): void {
    this.#entries.delete(id);
  }

  #refresh(id: string, entry: Cached): void {
    if (entry.running) return;
    entry.running = this.#walk(id, entry.usage ? 'behind' : 'awaited').then((usage) => {
      const isSame = usage.bytes === entry.usage?.bytes && usage.inodes === entry.usage.inodes;
      entry.refreshMs = isSame ? Math.min(entry.refreshMs * 2, USAGE_REFRESH_LONGEST_MS) : USAGE_REFRESH_MS;
      entry.usage = usage;
      return usage;
    }).finally(() => {
      entry.measuredAtMs = this.#now();
      entry.running = undefined;
    });
    // The next caller tries again.
    entry.running.catch(() => undefined);
  }

  /** In a turn of the event loop of its own: what is small is walked at once, and what is large by another process. */
  #walk(id: string, how: 'awaited' | 'behind'): Promise<FilesystemUsage> {
    if (how === 'awaited') {
      this.#awaited = this.#awaited.then(() => setImmediate());
      return this.#awaited.then(() => this.#measure(id));
    }
    return new Promise((resolve, reject) => {
      this.#due.push(() => { this.#measure(id).then(resolve, reject); });
      if (!this.#isWalking) void this.#walkDue();
    });
  }

  async #walkDue(): Promise<void> {
    this.#isWalking = true;
    while (this.#due.length > 0) {
      await delay(PAUSE_MS, undefined, { ref: false });
      const end = performance.now() + TURN_MS;
      do this.#due.shift()?.(); while (this.#due.length > 0 && performance.now() < end);
    }
    this.#isWalking = false;
  }
}
