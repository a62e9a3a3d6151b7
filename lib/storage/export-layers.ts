import { throwIfAborted } from '#async';
import { NotFoundError } from '#errors';
import { JobWorker } from './job-worker.ts';
import type { LayerTable } from './layer-table.ts';
import { layerDirectory, type Layout } from './layout.ts';

/** See LayerStore.export. One process for all of them, and of this caller alone: it ends when the caller leaves, whatever it waits for. */
export async function* exportLayers({ layout, layers }: { layout: Layout; layers: LayerTable }, chainIDs: readonly string[], file: string, signal: AbortSignal): AsyncGenerator<{ diffID: string; sizeBytes: number }> {
  const found = chainIDs.map((chainID) => {
    const layer = layers.list().find((known) => known.chainID === chainID);
    if (!layer) throw new NotFoundError(`export layer ${chainID}: it is not in the store`);
    return layer;
  });
  using held = new DisposableStack();
  held.use(layers.hold(chainIDs));
  await using exporter = new JobWorker(layout.codeCache);
  const stop = (): void => { void exporter[Symbol.asyncDispose](); };
  signal.addEventListener('abort', stop, { once: true });
  held.defer(() => signal.removeEventListener('abort', stop));
  for (const { chainID, diffID } of found) {
    throwIfAborted(signal, `export layer ${chainID}`);
    const exported = exporter.run('exportLayer', { layer: layerDirectory(layout, chainID), diffID, file });
    const sizeBytes = await exported.catch((error: unknown) => { throwIfAborted(signal, `export layer ${chainID}`); throw error; });
    yield { diffID, sizeBytes };
  }
}
