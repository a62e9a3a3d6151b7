import { setPriority } from 'node:os';
import { throwIfAborted } from '#async';
import type { CheckReport, ImageIndex } from './api.ts';
import { JobWorker } from './job-worker.ts';
import type { LayerTable } from './layer-table.ts';
import { layerDirectory, type Layout } from './layout.ts';

export interface CheckContext { readonly layout: Layout; readonly layers: LayerTable; readonly images: ImageIndex; /** Has the database. */ readonly worker: JobWorker }

/** Behind everything else that wants the processor. */
const LOWEST_PRIORITY = 19;

/** See Storage.check. Layers that go meanwhile are left out. */
export async function* checkStore({ layout, layers, images, worker }: CheckContext, { full, bytesPerSecond = 0, signal }: { full: boolean; bytesPerSecond?: number; signal: AbortSignal }): AsyncGenerator<CheckReport> {
  yield indexReport(await worker.run('checkIndex', { layout }), images, layers);
  await using checker = new JobWorker(layout.codeCache, (pid) => setPriority(pid, LOWEST_PRIORITY));
  const stop = (): void => { void checker[Symbol.asyncDispose](); };
  signal.addEventListener('abort', stop, { once: true });
  using listening = new DisposableStack();
  listening.defer(() => signal.removeEventListener('abort', stop));
  for (const { chainID, diffID } of layers.list()) {
    throwIfAborted(signal, 'check the storage');
    if (!layers.has(chainID)) continue;
    using held = new DisposableStack();
    held.use(layers.hold([chainID]));
    const layer = layerDirectory(layout, chainID);
    const verdict = full ? await checker.run('verify', { layer, diffID, bytesPerSecond }) : await checker.run('glance', { layer });
    yield { kind: 'layer', chainID, images: images.list().filter((image) => image.chainIDs.includes(chainID)).map(({ id }) => id), ...verdict };
  }
}

function indexReport(said: readonly string[], images: ImageIndex, layers: LayerTable): CheckReport {
  const missing = images.list().flatMap((image) => image.chainIDs.filter((chainID) => !layers.has(chainID)).map((chainID) => `image ${image.id}: layer ${chainID} is not in the index`));
  const named = [...said, ...missing];
  return { kind: 'index', named, problems: named.length };
}
