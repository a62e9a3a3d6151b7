/**
 * The heap is collected while nobody asks. kubelet asks in bursts with most of a second between them; what V8 begins by itself when the heap has grown is
 * mostly begun in a call, and makes that one wait for tens of milliseconds. What a collection has freed can be given back then (`collected`).
 */
import { getHeapStatistics } from 'node:v8';

/** So long after an answer nobody seems to ask: what calls keep for the next one (statistics, 0.4 s) is garbage by then, and kubelet's next burst is still to come. */
const QUIET_MS = 500;
/** Less is what comes and goes with a call or two. A pull makes two of these, and with few containers V8 lets the heap grow by little more: so that its collection, 35 ms, does not come when a pull begins. */
const LEAST_GROWTH_BYTES = 1024 * 1024;

/** What is collected. */
export interface Heap {
  usedBytes(): number;
  /** All that is garbage, at once. */
  collect(): void;
}

export interface IdleCollection extends Disposable {
  /** A call has been answered. Costs next to nothing. */
  answered(): void;
}

/**
 * Begins at the first answer; keeps no process alive. Dispose ends it. The first time it collects in any case: the start leaves garbage.
 * @param growthPercent how far the heap grows before V8 collects it by itself; half of that is enough while nobody waits
 * @param options `collected` is called after each collection
 */
export function collectWhenIdle(growthPercent: () => number, { heap = heapOfProcess(), quietMs = QUIET_MS, collected }: { heap?: Heap | undefined; quietMs?: number; collected?: () => void } = {}): IdleCollection {
  let [answeredAt, leastBytes]: [number, number] = [0, 0];
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const restMs = answeredAt + quietMs - performance.now();
    if (restMs > 0) return wait(Math.ceil(restMs));
    timer = undefined;
    if (heap) leastBytes = collectIfGrown(heap, leastBytes, growthPercent(), collected);
  };
  const wait = (ms: number): void => { timer = setTimeout(look, ms).unref(); };
  return {
    answered: () => {
      answeredAt = performance.now();
      if (!timer) wait(quietMs);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** @param leastBytes what was used when it was least since the last time @returns the same, now */
function collectIfGrown(heap: Heap, leastBytes: number, growthPercent: number, collected: (() => void) | undefined): number {
  const used = heap.usedBytes();
  if (used <= leastBytes + Math.max(LEAST_GROWTH_BYTES, leastBytes * growthPercent / 200)) return Math.min(leastBytes, used);
  heap.collect();
  collected?.();
  return heap.usedBytes();
}

/** Undefined unless Node was started with --expose-gc, as bin/davit does. */
function heapOfProcess(): Heap | undefined {
  const { gc } = globalThis;
  return gc && { usedBytes: () => getHeapStatistics().used_heap_size, collect: () => { gc({ type: 'major', execution: 'sync' }); } };
}
