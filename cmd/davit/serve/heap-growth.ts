/** How far the heap grows before all of it is collected: further on a node with many containers, whose records make a collection slow and whose polls make it due. */
import { setFlagsFromString } from 'node:v8';
import type { PodService } from '#pod';

/** What V8 does by itself under --optimize-for-size, which bin/davit gives. */
const LEAST_PERCENT = 10;
/** Up to so many containers memory comes first: the daemon of 50 pods is to have no more than 90 MB. */
const FEW_CONTAINERS = 50;
/** With 250 containers the heap may double, which is some 20 MB. */
const PERCENT_PER_CONTAINER = 0.45;
const MOST_PERCENT = 100;
/** Between two looks at how many containers there are, ms. */
const INTERVAL_MS = 10_000;

/** Follows the number of containers; keeps no process alive. Dispose ends it. */
export function followHeapGrowth(pods: Pick<PodService, 'listContainers'>, { intervalMs = INTERVAL_MS, setPercent = setHeapGrowth }: { intervalMs?: number; setPercent?: (percent: number) => void } = {}): Disposable {
  let last = LEAST_PERCENT;
  const timer = setInterval(() => {
    const percent = heapGrowthPercent(pods.listContainers({}).length);
    if (percent !== last) setPercent(percent);
    last = percent;
  }, intervalMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** For so many containers, in percent of what is left after a collection; whole. */
export function heapGrowthPercent(containers: number): number {
  return Math.min(MOST_PERCENT, LEAST_PERCENT + Math.round(Math.max(0, containers - FEW_CONTAINERS) * PERCENT_PER_CONTAINER));
}

/** V8 reads it after each collection of the whole heap. */
function setHeapGrowth(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}
