import { FailedPreconditionError } from '#errors';

const VERSION = 1;

/** What `<root>/containers/<id>/rootfs.json` says: the layers below the container, bottom first. */
export function formatRootfsRecord(chainIDs: readonly string[]): string {
  return `${JSON.stringify({ version: VERSION, chainIDs })}\n`;
}

/** Undefined for a record that a power cut emptied. @throws FailedPreconditionError for a version that is not ours. */
export function parseRootfsRecord(text: string, path: string): readonly string[] | undefined {
  let record: { version?: unknown; chainIDs?: unknown };
  try {
    record = JSON.parse(text) as typeof record;
  } catch {
    return undefined;
  }
  if (record.version !== VERSION) throw new FailedPreconditionError(`read '${path}': its version is ${JSON.stringify(record.version)}, this davit reads version ${VERSION}`);
  const { chainIDs } = record;
  return Array.isArray(chainIDs) && chainIDs.every((chainID) => typeof chainID === 'string') ? chainIDs : undefined;
}
