import type { ImageRecord, Storage } from '#storage';
import { digestOf } from '../digest.ts';
import { checkTypes } from '../manifest/resolve-image.ts';
import type { ResolvedManifest } from '../manifest/resolve-image.ts';
import { formatReference, repositoryOf } from '../reference.ts';
import type { Reference } from '../reference.ts';
import type { RegistryClient } from '../registry/registry-client.ts';
import { Trust } from '../registry/trust.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';
import { checkSignatures } from '../signature/check-signatures.ts';
import { loadPolicy } from '../signature/load-policy.ts';
import { acceptsAnything } from '../signature/policy.ts';
import type { Policy } from '../signature/policy.ts';
import { bringImage } from './commit-image.ts';
import { fetchConfig, resolveManifest } from './fetch-documents.ts';
import type { FetchContext } from './fetch-documents.ts';
import { fetchSignatures } from './fetch-signatures.ts';
import type { ProgressTracker } from './progress.ts';
import type { PullContext } from './pull-context.ts';
import { stageLayer } from './stage-layer.ts';

/**
 * Pulls `reference` from the endpoints of `order`: manifest, config, every missing layer at once, one commit. After a failure nothing is left.
 * An image that is here whole, and still what the name means, costs one question.
 */
export async function pullImage(reference: Reference, order: EndpointOrder<RegistryClient>, context: PullContext, progress: ProgressTracker, signal: AbortSignal): Promise<ImageRecord> {
  const { storage, transport, limits, places, rate, ranges, memory, partials, certificates, platform, policy } = context;
  const fetching = { order, platform, limits, signal };
  const rules = policy && await loadPolicy(policy);
  const repository = repositoryOf(reference);
  // Signatures are those of the manifests that lead to the image from this name: where they count they are looked up anew.
  const mayBeHere = (!rules || acceptsAnything(rules, reference)) && wholeImage(reference, storage) !== undefined;
  if (!mayBeHere) storage.layers.prepare();
  const isHere = (digest: string): ImageRecord | undefined => {
    const image = wholeImage(reference, storage);
    return image?.digests.includes(`${repository}@${digest}`) === true ? image : undefined;
  };
  const resolved = await resolveManifest(reference.digest ?? reference.tag ?? '', fetching, mayBeHere ? isHere : undefined);
  if ('id' in resolved) return resolved;
  if (mayBeHere) storage.layers.prepare();
  checkTypes(resolved.manifest);
  if (rules) await checkPolicy(rules, reference, resolved, fetching);
  const config = await fetchConfig(resolved.manifest.config, fetching);
  const image = {
    what: repository, config, manifest: { digest: digestOf(resolved.bytes), bytes: resolved.bytes }, layers: resolved.manifest.layers,
    names: reference.digest === undefined && reference.tag !== undefined ? [`${repository}:${reference.tag}`] : [], digests: [`${repository}@${resolved.topDigest}`],
  };
  const staging = { layers: storage.layers, order, transport, trust: new Trust(certificates, false), limits, places, rate, ranges, memory, partials };
  return bringImage(image, (plan, state, alone) => stageLayer(plan.layer, plan.diffID, staging, state, alone), context, progress, signal);
}

/** The image that has this name here, with all its layers. */
function wholeImage(reference: Reference, { images, layers }: Storage): ImageRecord | undefined {
  const image = images.byName(formatReference(reference));
  return image?.chainIDs.every((chainID) => layers.has(chainID)) === true ? image : undefined;
}

/** Before anything of the image is unpacked. */
async function checkPolicy(policy: Policy, reference: Reference, { manifestDigest, topDigest }: ResolvedManifest, fetching: FetchContext): Promise<void> {
  await checkSignatures(policy, reference, [...new Set([manifestDigest, topDigest])], (digest) => fetchSignatures(digest, fetching));
}
