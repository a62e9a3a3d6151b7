import type { IdMap } from './api.ts';
import { parseIdMap } from './id-map.ts';
import { parseLayersRecord } from './layers-record.ts';

/** Version 2 has an idMap: a davit that knows version 1 only must not mount without it. */
const PLAIN_VERSION = 1;
const MAPPED_VERSION = 2;

/** What `<root>/containers/<id>/rootfs.json` says: the layers below the container, bottom first, and whose ids its files have. */
export interface RootfsRecord { readonly chainIDs: readonly string[]; readonly idMap?: IdMap | undefined }

export function formatRootfsRecord({ chainIDs, idMap }: RootfsRecord): string {
  return `${JSON.stringify({ version: idMap ? MAPPED_VERSION : PLAIN_VERSION, chainIDs, ...(idMap && { idMap }) })}\n`;
}

/** Undefined for a record that a power cut emptied. @throws FailedPreconditionError for a version that is not ours. */
export function parseRootfsRecord(text: string, path: string): RootfsRecord | undefined {
  const record = parseLayersRecord(text, path, [PLAIN_VERSION, MAPPED_VERSION]);
  return record && { chainIDs: record.chainIDs, ...('idMap' in record && { idMap: parseIdMap(record['idMap']) }) };
}
