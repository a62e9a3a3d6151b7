import { createHash } from 'node:crypto';
import { InvalidArgumentError } from '#errors';

const DIGEST = /^sha256:([0-9a-f]{64})$/;

/** The hex part of 'sha256:<64 lower case hex digits>'. It is all that may become a file name. @throws InvalidArgumentError for any other text. */
export function hexOf(digest: string): string {
  const hex = DIGEST.exec(digest)?.[1];
  if (hex === undefined) throw new InvalidArgumentError(`read digest: ${JSON.stringify(digest.slice(0, 100))}, want 'sha256:' and 64 hex digits`);
  return hex;
}

/** 'sha256:<hex>' of small data. */
export function digestOf(data: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}

/** ChainID of a layer, https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid. */
export function chainIDOf(parent: string | undefined, diffID: string): string {
  hexOf(diffID);
  return parent === undefined ? diffID : digestOf(`${parent} ${diffID}`);
}
