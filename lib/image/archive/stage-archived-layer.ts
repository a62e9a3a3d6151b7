import { DataLossError } from '#errors';
import type { StagedLayer } from '#storage';
import type { LayerState } from '../pull/progress.ts';
import type { PullContext } from '../pull/pull-context.ts';
import { chunksOf } from './archive-files.ts';
import type { ArchiveFiles } from './archive-files.ts';
import type { ArchivedLayer } from './archived-image.ts';

/** Streams one layer from the archive into a staging directory; the storage verifies the digests. */
export async function stageArchivedLayer({ path, descriptor, digestIsOfContent, links }: ArchivedLayer, diffID: string, files: ArchiveFiles, { storage, places }: Pick<PullContext, 'storage' | 'places'>, state: LayerState, signal: AbortSignal): Promise<StagedLayer> {
  using held = new DisposableStack();
  held.use(await places.acquire(signal, `layer ${descriptor.digest}`));
  await using file = await files.open(path, { links });
  if (file.sizeBytes !== descriptor.size) throw new DataLossError(`layer ${descriptor.digest} has ${file.sizeBytes} bytes; the manifest says ${descriptor.size}`);
  state.stage = 'reading';
  await using writer = await storage.layers.stage({ diffID, ...(!digestIsOfContent && { digest: descriptor.digest }), sizeBytes: file.sizeBytes, mediaType: descriptor.mediaType }, { signal });
  let bytes = 0;
  for await (const chunk of chunksOf(file, signal)) {
    await writer.write(chunk);
    bytes += chunk.length;
    state.received(bytes);
  }
  const staged = await writer.finish();
  state.stage = 'unpacked';
  return staged;
}
