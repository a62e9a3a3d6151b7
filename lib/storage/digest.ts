import { createHash } from 'node:crypto';
import { InvalidArgumentError } from '#errors';

/** Those that an image's documents may name, https://github.com/opencontainers/image-spec/blob/main/descriptor.md#registered-algorithms. */
export type DigestAlgorithm = 'sha256' | 'sha512';

const DIGEST = /^(?:(sha256):([0-9a-f]{64})|(sha512):([0-9a-f]{128}))$/;

/** The hex part of 'sha256:' and 64 or 'sha512:' and 128 lower case hex digits. It is all that may become a file name. @throws InvalidArgumentError for any other text. */
export function hexOf(digest: string): string {
  const match = parse(digest);
  return match[2] ?? match[4] ?? '';
}

/** Whether hexOf() takes it. */
export function isDigest(text: unknown): text is string {
  return typeof text === 'string' && DIGEST.test(text);
}

/** @throws InvalidArgumentError as hexOf() */
export function algorithmOf(digest: string): DigestAlgorithm {
  return parse(digest)[1] === undefined ? 'sha512' : 'sha256';
}

function parse(digest: string): RegExpExecArray {
  const match = DIGEST.exec(digest);
  if (!match) throw new InvalidArgumentError(`read digest: ${JSON.stringify(digest.slice(0, 100))}, want 'sha256:' and 64, or 'sha512:' and 128 hex digits`);
  return match;
}

/** '<algorithm>:<hex>' of small data. */
export function digestOf(data: Uint8Array | string, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(data).digest('hex')}`;
}

/** ChainID of a layer, https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid. */
export function chainIDOf(parent: string | undefined, diffID: string): string {
  hexOf(diffID);
  return parent === undefined ? diffID : digestOf(`${parent} ${diffID}`);
}
