import type { Semaphore } from '#async';
import type { StagedLayer, Storage } from '#storage';
import type { PullLimits } from '../limits.ts';
import type { Descriptor } from '../manifest/manifest.ts';
import { isForeignLayerType } from '../manifest/media-types.ts';
import type { BlockPool } from '../registry/block-pool.ts';
import { foreignSource } from '../registry/foreign-source.ts';
import type { BlobSource } from '../registry/registry-client.ts';
import type { Transport } from '../registry/transport.ts';
import type { Trust } from '../registry/trust.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';
import { fetchVerified } from './fetch-verified.ts';
import type { LayerState } from './progress.ts';
import type { ParallelRanges } from './parallel-ranges.ts';
import type { PartialBlobs } from './partial-blobs.ts';
import type { RateLimit } from './rate-limit.ts';

export interface StageContext {
  readonly layers: Storage['layers'];
  readonly order: EndpointOrder<BlobSource>;
  readonly transport: Transport;
  /** For addresses that the manifest names. */
  readonly trust: Trust;
  readonly limits: PullLimits;
  readonly rate: RateLimit;
  readonly ranges: ParallelRanges;
  /** Absent: nothing is kept of a fetch that ends early. */
  readonly partials: PartialBlobs | undefined;
  readonly memory: BlockPool;
  /** Places for layers at work, over all pulls. */
  readonly places: Semaphore;
}

/** Streams one layer from a registry into a staging directory; both digests are verified by the storage. */
export async function stageLayer(layer: Descriptor, diffID: string, context: StageContext, state: LayerState, signal: AbortSignal): Promise<StagedLayer> {
  using held = new DisposableStack();
  held.use(await context.places.acquire(signal, `layer ${layer.digest}`));
  const memory = held.use(context.memory.lease());
  await using partial = await context.partials?.open(layer.digest, layer.size);
  const staged = await fetchVerified<StagedLayer>({
    partial, memory, ranges: context.ranges,
    digest: layer.digest, sizeBytes: layer.size, order: context.order, foreign: foreignSources(layer, context), limits: context.limits, signal,
    onSource: (source) => { state.stage = 'downloading'; state.endpoint = source.name; },
    onReceived: (bytes) => context.rate.spend(bytes, signal),
    onBytes: (bytes) => state.received(bytes),
  }, () => context.layers.stage({ diffID, digest: layer.digest, sizeBytes: layer.size, mediaType: layer.mediaType }, { signal }));
  state.stage = 'unpacked';
  return staged;
}

function foreignSources(layer: Descriptor, context: StageContext): BlobSource[] {
  if (!isForeignLayerType(layer.mediaType)) return [];
  return layer.urls.map((url) => foreignSource(url, context)).filter((source) => source !== undefined);
}
