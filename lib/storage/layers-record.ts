import { FailedPreconditionError } from '#errors';

const VERSION = 1;

/** What `<root>/volumes/<key>/volume.json` says: the image's layers, bottom first. */
export function formatVolumeRecord(chainIDs: readonly string[]): string {
  return `${JSON.stringify({ version: VERSION, chainIDs })}\n`;
}

/** Undefined for a record that a power cut emptied. @throws FailedPreconditionError for a version that is not ours. */
export function parseVolumeRecord(text: string, path: string): readonly string[] | undefined {
  return parseLayersRecord(text, path, [VERSION])?.chainIDs;
}

/** A record with a version and `chainIDs`, and what else it has. Undefined for what is no such record. */
export function parseLayersRecord(text: string, path: string, versions: readonly number[]): { readonly chainIDs: readonly string[]; readonly [key: string]: unknown } | undefined {
  let record: { version?: unknown; chainIDs?: unknown } | null;
  try {
    record = JSON.parse(text) as typeof record;
  } catch {
    return undefined;
  }
  if (typeof record !== 'object' || record === null) return undefined;
  if (!versions.includes(record.version as number)) throw new FailedPreconditionError(`read '${path}': its version is ${JSON.stringify(record.version)}, this davit reads version ${versions.join(' or ')}`);
  const { chainIDs } = record;
  return Array.isArray(chainIDs) && chainIDs.every((chainID) => typeof chainID === 'string') ? { ...record, chainIDs } : undefined;
}
