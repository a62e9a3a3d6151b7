import type { KeyedQueue, Semaphore } from '#async';
import { errnoOf, errorText, InvalidArgumentError, NotFoundError, UnimplementedError } from '#errors';
import type { Logger } from '#log';
import { chainIDOf } from '#storage';
import type { ImageRecord, Storage } from '#storage';
import type { PullLimits } from '../limits.ts';
import { digestOf } from '../digest.ts';
import { checkImage, parseImageConfig } from '../manifest/image-config.ts';
import type { Descriptor } from '../manifest/manifest.ts';
import { CONFIG_TYPES, isEncryptedType, isLayerType } from '../manifest/media-types.ts';
import type { Platform } from '../platform.ts';
import { repositoryOf } from '../reference.ts';
import type { Reference } from '../reference.ts';
import type { HostHealth } from '../registry/host-health.ts';
import type { RegistryClient } from '../registry/registry-client.ts';
import type { Transport } from '../registry/transport.ts';
import type { CertificateStore } from '../registry/trust.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';
import { checkSignatures } from '../signature/check-signatures.ts';
import { loadPolicy } from '../signature/load-policy.ts';
import type { PolicyFile } from '../signature/load-policy.ts';
import { fetchConfig, resolveManifest } from './fetch-documents.ts';
import type { FetchContext, ImageManifest, ResolvedManifest } from './fetch-documents.ts';
import { fetchSignatures } from './fetch-signatures.ts';
import type { LayersInFlight } from './layers-in-flight.ts';
import type { ProgressTracker } from './progress.ts';
import type { PartialBlobs } from './partial-blobs.ts';
import type { RateLimit } from './rate-limit.ts';
import { stageLayers } from './stage-layers.ts';
import type { LayerPlan, StagedLayers } from './stage-layers.ts';

/** What all pulls of one daemon share. */
export interface PullContext {
  readonly storage: Storage;
  readonly transport: Transport;
  readonly certificates: CertificateStore;
  readonly limits: PullLimits;
  readonly platform: Platform;
  readonly places: Semaphore;
  readonly rate: RateLimit;
  readonly partials: PartialBlobs | undefined;
  readonly flights: LayersInFlight;
  readonly health: HostHealth;
  /** Absent: every image may be pulled. */
  readonly policy: PolicyFile | undefined;
  /** Changes of one image's record, by its id. */
  readonly records: KeyedQueue;
  readonly log: Logger;
}

/** Layers that another request removes while we pull are fetched again this often. */
const MAX_COMMIT_ATTEMPTS = 3;

/** Pulls `reference` from the endpoints of `order`: manifest, config, every missing layer at once, one commit. After a failure nothing is left. */
export async function pullImage(reference: Reference, order: EndpointOrder<RegistryClient>, context: PullContext, progress: ProgressTracker, signal: AbortSignal): Promise<ImageRecord> {
  const fetching = { order, platform: context.platform, limits: context.limits, signal };
  context.storage.layers.prepare();
  const resolved = await resolveManifest(reference.digest ?? reference.tag ?? '', fetching);
  checkTypes(resolved.manifest);
  if (context.policy) await checkPolicy(context.policy, reference, resolved, fetching);
  const config = await fetchConfig(resolved.manifest.config, fetching);
  const parsed = parseImageConfig(config);
  checkImage(parsed, resolved.manifest.layers.length, context.platform.os);
  if (parsed.architecture !== '' && parsed.architecture !== context.platform.architecture) {
    context.log.warn('image is for another architecture', { image: repositoryOf(reference), architecture: parsed.architecture, host: context.platform.architecture });
  }
  const plans = planLayers(resolved.manifest.layers, parsed.diffIDs);
  // Images are known by sha256, whatever the registry calls their documents.
  const id = digestOf(config);
  const commit = (staged: StagedLayers): Promise<ImageRecord> => commitImage({ id, reference, resolved, config, plans, staged }, context, signal);
  for (let attempt = 1; ; attempt++) {
    progress.enter('layers');
    await using staged = await stageLayers(plans, order, context, progress, signal);
    progress.enter('committing');
    try {
      return await context.records.run(id, () => commit(staged));
    } catch (error) {
      // A layer that another pull brought was removed with that pull's image before we had our record.
      const lost = (error instanceof NotFoundError || errnoOf(error) === 'ENOENT') && !signal.aborted;
      if (!lost || attempt === MAX_COMMIT_ATTEMPTS) throw error;
      context.log.info('layers went away during the pull; fetching them again', { image: repositoryOf(reference), reason: errorText(error) });
    }
  }
}

/** Before anything of the image is unpacked. */
async function checkPolicy(file: PolicyFile, reference: Reference, { manifestDigest, topDigest }: ResolvedManifest, fetching: FetchContext): Promise<void> {
  const policy = await loadPolicy(file);
  if (policy) await checkSignatures(policy, reference, [...new Set([manifestDigest, topDigest])], (digest) => fetchSignatures(digest, fetching));
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

interface CommitInput { readonly id: string; readonly reference: Reference; readonly resolved: ResolvedManifest; readonly config: Uint8Array; readonly plans: readonly LayerPlan[]; readonly staged: StagedLayers }

async function commitImage({ id, reference, resolved, config, plans, staged }: CommitInput, { storage, log }: PullContext, signal: AbortSignal): Promise<ImageRecord> {
  const repository = repositoryOf(reference);
  const manifestDigest = digestOf(resolved.bytes);
  const names = reference.digest === undefined && reference.tag !== undefined ? [`${repository}:${reference.tag}`] : [];
  const digests = [`${repository}@${resolved.topDigest}`];
  const known = storage.images.get(id);
  const complete = plans.every((p) => storage.layers.has(p.chainID));
  if (known && complete && contains(known.names, names) && contains(known.digests, digests)) return known;
  const record = await storage.images.commit({
    id, names, digests, config, manifestDigest, pinned: known?.pinned ?? false,
    sizeBytes: config.length + resolved.bytes.length + resolved.manifest.layers.reduce((n, l) => n + l.size, 0),
    layers: plans.map((p) => (storage.layers.has(p.chainID) ? p.chainID : staged.layers.get(p.chainID) ?? p.chainID)),
  }, { signal });
  // Only repair needs it, so the image is not refused for want of it.
  await storage.images.putBlob(manifestDigest, resolved.bytes).catch((error: unknown) => log.warn('keep manifest', { image: repository, error: errorText(error) }));
  return record;
}

/** @throws UnimplementedError, InvalidArgumentError for images of a kind that cannot run here */
function checkTypes({ config, layers }: ImageManifest): void {
  if (!CONFIG_TYPES.has(config.mediaType)) throw new InvalidArgumentError(`the manifest's config is of type ${JSON.stringify(config.mediaType)}; expected a container image`);
  for (const layer of layers) checkLayerType(layer);
}

function checkLayerType({ mediaType, digest }: Descriptor): void {
  if (isEncryptedType(mediaType)) throw new UnimplementedError(`layer ${digest} is encrypted (${JSON.stringify(mediaType)}); expected a plain one`);
  if (!isLayerType(mediaType)) throw new InvalidArgumentError(`layer ${digest} is of type ${JSON.stringify(mediaType)}; expected a tar archive, plain, gzip or zstd`);
}

function contains(all: readonly string[], some: readonly string[]): boolean {
  return some.every((s) => all.includes(s));
}
