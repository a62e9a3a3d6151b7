/** Checkpoints of pods.db's write-ahead log, which fsync: in a worker thread, so that the event loop never waits for the disk. */
import { Worker } from 'node:worker_threads';
import { errorText } from '#errors';
import type { Logger } from '#log';
import type { PodStore } from './store.ts';
import { CHECKPOINT_PAGES } from './store.ts';

/** How often the log's growth is looked at, ms. */
const CHECK_INTERVAL_MS = 30_000;

/** Looks now and then; a worker lives only for the checkpoint. Dispose to stop looking. */
export function startCheckpoints(store: PodStore, log: Logger): Disposable {
  let changes = 0;
  let running = false;
  const timer = setInterval(() => {
    changes += store.takeChanges();
    if (running || changes < CHECKPOINT_PAGES) return;
    changes = 0;
    running = true;
    const worker = new Worker(new URL('./wal-checkpoint-worker.ts', import.meta.url), { workerData: store.file });
    worker.on('error', (error) => log.warn('checkpoint of the pod store failed; the next one tries again', { file: store.file, error: errorText(error) }));
    worker.on('exit', () => { running = false; });
  }, CHECK_INTERVAL_MS).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
