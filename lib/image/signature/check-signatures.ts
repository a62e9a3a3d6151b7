import type { KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { errorText, InvalidArgumentError, UnknownError } from '#errors';
import { formatReference } from '../reference.ts';
import type { Reference } from '../reference.ts';
import { identityMatches } from './identity.ts';
import { requirementsFor } from './policy.ts';
import type { KeySource, Policy, Requirement } from './policy.ts';
import { isSignedBy, parseKey, parsePayload } from './simple-signing.ts';

/** One signature that a registry has for a manifest, nothing of it verified. */
export interface AttachedSignature { readonly payload: Uint8Array; readonly signature: Uint8Array; /** For messages. */ readonly digest: string }

/** kubelet's reason SignatureValidationFailed is known by this (cri-api pkg/errors). */
export const SIGNATURE_VALIDATION_FAILED = 'SignatureValidationFailed: ';
const KEY_LIMIT_BYTES = 64 * 1024;

/**
 * Checks an image against the policy. A signature of an index holds for the manifest that was chosen from it: the index names its digest.
 * @param digests of the manifest, and of the index that led to it
 * @param attached gives the signatures of one digest; asked only when a requirement needs them
 * @throws UnknownError beginning with SignatureValidationFailed; InvalidArgumentError when a key cannot be read
 */
export async function checkSignatures(policy: Policy, reference: Reference, digests: readonly string[], attached: (digest: string) => Promise<readonly AttachedSignature[]>): Promise<void> {
  const { scope, requirements } = requirementsFor(policy, reference);
  const refuse = (why: string): UnknownError => new UnknownError(`${SIGNATURE_VALIDATION_FAILED}pull image "${formatReference(reference)}": ${why} (scope ${JSON.stringify(scope)} of ${policy.path})`);
  for (const requirement of requirements) {
    switch (requirement.type) {
      case 'insecureAcceptAnything': break;
      case 'reject': throw refuse('the signature policy rejects it');
      case 'unsupported': throw refuse(`the signature policy asks for more than davit can check: ${requirement.reason}`);
      case 'sigstoreSigned': await checkSigned(requirement, reference, digests, attached, refuse);
    }
  }
}

async function checkSigned(
  requirement: Requirement & { type: 'sigstoreSigned' }, reference: Reference, digests: readonly string[], attached: (digest: string) => Promise<readonly AttachedSignature[]>, refuse: (why: string) => Error,
): Promise<void> {
  const keys = await Promise.all(requirement.keys.map(readKey));
  const reasons: string[] = [];
  for (const digest of digests) {
    for (const signature of await attached(digest)) {
      const reason = whyNot(signature, keys, requirement, reference, digest);
      if (reason === undefined) return;
      reasons.push(`${signature.digest}: ${reason}`);
    }
  }
  throw refuse(reasons.length === 0 ? `no signature is attached to ${digests.join(' or ')}` : `none of its signatures is accepted: ${reasons.join('; ')}`);
}

/** Why a signature does not count; undefined: it does. The order matters: nothing of the payload is looked at before it is verified. */
function whyNot({ payload, signature }: AttachedSignature, keys: readonly KeyObject[], requirement: Requirement & { type: 'sigstoreSigned' }, reference: Reference, digest: string): string | undefined {
  if (!keys.some((key) => isSignedBy(key, payload, signature))) return "not by one of the policy's keys";
  const signed = parsePayload(payload);
  if (!signed) return 'the payload is none of a container image';
  if (signed.manifestDigest !== digest) return `it is for ${JSON.stringify(signed.manifestDigest)}`;
  return identityMatches(requirement.identity, reference, signed.dockerReference) ? undefined : `it is for the name ${JSON.stringify(signed.dockerReference)}, which ${requirement.identity.type} does not take`;
}

async function readKey(source: KeySource): Promise<KeyObject> {
  return 'data' in source ? parseKey(source.data, 'keyData of the signature policy') : parseKey(await readKeyFile(source.path), `key ${JSON.stringify(source.path)} of the signature policy`);
}

async function readKeyFile(path: string): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > KEY_LIMIT_BYTES) throw new InvalidArgumentError(`${size} bytes; expected at most ${KEY_LIMIT_BYTES}`);
    return await file.readFile();
  } catch (error) {
    throw new InvalidArgumentError(`read key ${JSON.stringify(path)} of the signature policy: ${errorText(error)}`, { cause: error });
  }
}
