import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';

/** Algorithms that image-spec descriptor.md registers, with the number of hex digits of each. */
const HEX_DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

/** Whether `text` is `sha256:` or `sha512:` with exactly its lower-case hex digits: only then may it become part of a path or URL. */
export function isDigest(text: string): boolean {
  const colon = text.indexOf(':');
  const digits = HEX_DIGITS[text.slice(0, colon)];
  return digits !== undefined && text.length === colon + 1 + digits && /^[0-9a-f]+$/.test(text.slice(colon + 1));
}

/** For messages about a text that is none. */
export const DIGEST_FORM = 'expected sha256: and 64, or sha512: and 128, lower-case hex digits';

/** The digest of small data (documents of some megabytes at most), under the algorithm of `like`. */
export function digestOf(data: Uint8Array, like = 'sha256:'): string {
  const algorithm = like.slice(0, like.indexOf(':'));
  return `${algorithm}:${hashOf(algorithm).update(data).digest('hex')}`;
}

function hashOf(algorithm: string): Hash {
  return createHash(algorithm === 'sha512' ? 'sha512' : 'sha256');
}
