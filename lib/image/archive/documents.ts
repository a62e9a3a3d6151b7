import { DataLossError } from '#errors';

/** Of one archive. */
export const MAX_ARCHIVED_IMAGES = 1000;

/** @throws DataLossError when `bytes` are no JSON; its text tells nothing of them */
export function parseDocument(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DataLossError(`${name} is no JSON`);
  }
}
