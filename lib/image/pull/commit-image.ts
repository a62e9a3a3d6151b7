import { errnoOf, errorText, NotFoundError } from '#errors';
import { chainIDOf } from '#storage';
import type { ImageRecord } from '#storage';
import { digestOf } from '../digest.ts';
import { checkImage, parseImageConfig } from '../manifest/image-config.ts';
import type { Descriptor } from '../manifest/manifest.ts';
import type { ProgressTracker } from './progress.ts';
import type { PullContext } from './pull-context.ts';
import { stageLayers } from './stage-layers.ts';
import type { LayerPlan, StagedLayers, StageOne } from './stage-layers.ts';

/** Layers that another request removes while we bring others are brought again this often. */
const MAX_COMMIT_ATTEMPTS = 3;

/** An image whose documents are here and verified, wherever they came from. */
export interface NewImage {
  /** For messages. */
  readonly what: string;
  readonly config: Uint8Array;
  readonly manifest: { readonly digest: string; readonly bytes: Uint8Array };
  /** Bottom first, as the manifest has them. */
  readonly layers: readonly Descriptor[];
  /** `repository:tag` each. */
  readonly names: readonly string[];
  /** `repository@digest` each. */
  readonly digests: readonly string[];
}

/**
 * Stages every layer that the storage lacks, all at once, and records the image in one commit. After a failure nothing is left.
 * @throws InvalidArgumentError, DataLossError for a config that is not of such an image; what `stage` throws
 */
export async function bringImage(image: NewImage, stage: StageOne, context: PullContext, progress: ProgressTracker, signal: AbortSignal): Promise<ImageRecord> {
  const { platform, log } = context;
  const parsed = parseImageConfig(image.config);
  checkImage(parsed, image.layers.length, platform.os);
  if (parsed.architecture !== '' && parsed.architecture !== platform.architecture) log.warn('image is for another architecture', { image: image.what, architecture: parsed.architecture, host: platform.architecture });
  const plans = planLayers(image.layers, parsed.diffIDs);
  // Images are known by sha256, whatever the registry calls their documents.
  const id = digestOf(image.config);
  for (let attempt = 1; ; attempt++) {
    progress.enter('layers');
    await using staged = await stageLayers(plans, stage, context, progress, signal);
    progress.enter('committing');
    try {
      return await context.records.run(id, () => commitImage({ ...image, id, plans, staged }, context, signal));
    } catch (error) {
      // A layer that another pull brought was removed with that pull's image before we had our record.
      const lost = (error instanceof NotFoundError || errnoOf(error) === 'ENOENT') && !signal.aborted;
      if (!lost || attempt === MAX_COMMIT_ATTEMPTS) throw error;
      log.info('layers went away meanwhile; bringing them again', { image: image.what, reason: errorText(error) });
    }
  }
}

function planLayers(layers: readonly Descriptor[], diffIDs: readonly string[]): LayerPlan[] {
  let below: string | undefined;
  return layers.map((layer, i) => {
    const diffID = diffIDs[i] ?? '';
    const chainID = chainIDOf(below, diffID);
    below = chainID;
    return { layer, diffID, chainID };
  });
}

interface CommitInput extends NewImage { readonly id: string; readonly plans: readonly LayerPlan[]; readonly staged: StagedLayers }

async function commitImage({ id, config, manifest, layers, names, digests, plans, staged }: CommitInput, { storage }: PullContext, signal: AbortSignal): Promise<ImageRecord> {
  const known = storage.images.get(id);
  const complete = plans.every((p) => storage.layers.has(p.chainID));
  if (known && complete && contains(known.names, names) && contains(known.digests, digests)) return known;
  return storage.images.commit({
    id, names, digests, config, manifestDigest: manifest.digest, manifest: manifest.bytes, pinned: known?.pinned ?? false,
    sizeBytes: config.length + manifest.bytes.length + layers.reduce((n, l) => n + l.size, 0),
    layers: plans.map((p) => (storage.layers.has(p.chainID) ? p.chainID : staged.layers.get(p.chainID) ?? p.chainID)),
  }, { signal });
}

function contains(all: readonly string[], some: readonly string[]): boolean {
  return some.every((s) => all.includes(s));
}
