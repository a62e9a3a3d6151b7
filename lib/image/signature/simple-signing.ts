/** Signatures as cosign attaches them: a payload that names image and digest, signed with a key. */
import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { InvalidArgumentError } from '#errors';

/** What a valid payload says. */
export interface SignedPayload { readonly dockerReference: string; readonly manifestDigest: string }

const PAYLOAD_TYPE = 'cosign container image signature';
const CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** A public key for signatures: ECDSA, Ed25519, or RSA. @throws InvalidArgumentError */
export function parseKey(pem: Buffer, where: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (error) {
    throw new InvalidArgumentError(`${where}: expected a public key in PEM`, { cause: error });
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ed25519' || (type === 'ec' && CURVES.has(details?.namedCurve ?? '')) || (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048)) return key;
  throw new InvalidArgumentError(`${where}: a key of type ${type ?? 'unknown'}; expected ECDSA (P-256, P-384, P-521), Ed25519 or RSA of 2048 bits`);
}

/** Whether `signature` is the key's over the payload: SHA-256 for ECDSA and RSA, the payload itself for Ed25519. */
export function isSignedBy(key: KeyObject, payload: Uint8Array, signature: Uint8Array): boolean {
  return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', payload, key, signature);
}

/** Reads a payload; undefined when it is none. Only after its signature has been verified does it mean anything. */
export function parsePayload(bytes: Uint8Array): SignedPayload | undefined {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  const { critical } = fields(document);
  const { type, image, identity } = fields(critical);
  const { 'docker-manifest-digest': manifestDigest } = fields(image);
  const { 'docker-reference': dockerReference } = fields(identity);
  if (type !== PAYLOAD_TYPE || typeof manifestDigest !== 'string' || typeof dockerReference !== 'string') return undefined;
  return { dockerReference, manifestDigest };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : {};
}
