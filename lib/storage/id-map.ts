import { InvalidArgumentError } from '#errors';
import type { IdMap, IdMapping } from './api.ts';

/** The host's id of a container's, or undefined when the mappings do not have it. */
export function hostIdOf(mappings: readonly IdMapping[], containerId: number): number | undefined {
  const range = mappings.find((mapping) => containerId >= mapping.containerId && containerId < mapping.containerId + mapping.length);
  return range && range.hostId + containerId - range.containerId;
}

/** The host's ids of the container's root, who must be able to enter its root file system. @throws InvalidArgumentError when there are none. */
export function hostRootOf({ uids, gids }: Pick<IdMap, 'uids' | 'gids'>): { uid: number; gid: number } {
  const uid = hostIdOf(uids, 0);
  const gid = hostIdOf(gids, 0);
  if (uid === undefined || gid === undefined) throw new InvalidArgumentError('map ids of a root file system: id 0 of the container has no id on the host, expected a mapping for it');
  return { uid, gid };
}

/** Equal for mappings that give every file the same ids; '' for none. */
export function idMapKey(idMap: Pick<IdMap, 'uids' | 'gids'> | undefined): string {
  const text = (mappings: readonly IdMapping[]): string => mappings.map(({ containerId, hostId, length }) => `${containerId}:${hostId}:${length}`).join(',');
  return idMap === undefined ? '' : `${text(idMap.uids)} ${text(idMap.gids)}`;
}

/** Reads what a record says. Undefined for anything but an IdMap. */
export function parseIdMap(value: unknown): IdMap | undefined {
  const { userNamespace, uids, gids } = (value ?? {}) as { userNamespace?: unknown; uids?: unknown; gids?: unknown };
  return typeof userNamespace === 'string' && isMappings(uids) && isMappings(gids) ? { userNamespace, uids, gids } : undefined;
}

function isMappings(value: unknown): value is IdMapping[] {
  return Array.isArray(value) && value.every((mapping: Partial<Record<keyof IdMapping, unknown>> | null) => [mapping?.containerId, mapping?.hostId, mapping?.length].every((n) => Number.isSafeInteger(n)));
}
