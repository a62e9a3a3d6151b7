import type { ImageRecord } from '#storage';
import { digestOf } from '../digest.ts';
import { checkTypes } from '../manifest/resolve-image.ts';
import type { ResolvedManifest } from '../manifest/resolve-image.ts';
import { repositoryOf } from '../reference.ts';
import type { Reference } from '../reference.ts';
import type { RegistryClient } from '../registry/registry-client.ts';
import { Trust } from '../registry/trust.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';
import { checkSignatures } from '../signature/check-signatures.ts';
import { loadPolicy } from '../signature/load-policy.ts';
import type { PolicyFile } from '../signature/load-policy.ts';
import { bringImage } from './commit-image.ts';
import { fetchConfig, resolveManifest } from './fetch-documents.ts';
import type { FetchContext } from './fetch-documents.ts';
import { fetchSignatures } from './fetch-signatures.ts';
import type { ProgressTracker } from './progress.ts';
import type { PullContext } from './pull-context.ts';
import { stageLayer } from './stage-layer.ts';

/** Pulls `reference` from the endpoints of `order`: manifest, config, every missing layer at once, one commit. After a failure nothing is left. */
export async function pullImage(reference: Reference, order: EndpointOrder<RegistryClient>, context: PullContext, progress: ProgressTracker, signal: AbortSignal): Promise<ImageRecord> {
  const { storage, transport, limits, places, rate, ranges, memory, partials, certificates, platform, policy } = context;
  const fetching = { order, platform, limits, signal };
  storage.layers.prepare();
  const resolved = await resolveManifest(reference.digest ?? reference.tag ?? '', fetching);
  checkTypes(resolved.manifest);
  if (policy) await checkPolicy(policy, reference, resolved, fetching);
  const config = await fetchConfig(resolved.manifest.config, fetching);
  const repository = repositoryOf(reference);
  const image = {
    what: repository, config, manifest: { digest: digestOf(resolved.bytes), bytes: resolved.bytes }, layers: resolved.manifest.layers,
    names: reference.digest === undefined && reference.tag !== undefined ? [`${repository}:${reference.tag}`] : [], digests: [`${repository}@${resolved.topDigest}`],
  };
  const staging = { layers: storage.layers, order, transport, trust: new Trust(certificates, false), limits, places, rate, ranges, memory, partials };
  return bringImage(image, (plan, state, alone) => stageLayer(plan.layer, plan.diffID, staging, state, alone), context, progress, signal);
}

/** Before anything of the image is unpacked. */
async function checkPolicy(file: PolicyFile, reference: Reference, { manifestDigest, topDigest }: ResolvedManifest, fetching: FetchContext): Promise<void> {
  const policy = await loadPolicy(file);
  if (policy) await checkSignatures(policy, reference, [...new Set([manifestDigest, topDigest])], (digest) => fetchSignatures(digest, fetching));
}
