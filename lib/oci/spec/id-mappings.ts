import { InternalError, InvalidArgumentError } from '#errors';
import type { IdMapping, NamespaceOptions } from '../config.ts';
import type { ResolvedUser } from '../user/resolve-user.ts';

/** How ids of a user namespace are the node's. */
export interface IdMappings {
  readonly uids: readonly IdMapping[];
  readonly gids: readonly IdMapping[];
}

/** Of the pod's user namespace; undefined when it has the node's ids. */
export function idMappingsOf({ usernsOptions }: NamespaceOptions): IdMappings | undefined {
  return usernsOptions?.mode === 'pod' ? { uids: usernsOptions.uids, gids: usernsOptions.gids } : undefined;
}

/** Who on the node is root inside: the owner of what davit makes for a pod. */
export function rootOwner(mappings: IdMappings | undefined): { readonly uid: number; readonly gid: number } {
  return mappings ? { uid: rootOf(mappings.uids), gid: rootOf(mappings.gids) } : { uid: 0, gid: 0 };
}

/** @throws InvalidArgumentError naming the first id of the process that nobody is in the user namespace. */
export function checkMapped(mappings: IdMappings | undefined, { uid, gid, additionalGids }: ResolvedUser): void {
  if (!mappings) return;
  checkIn('user', uid, mappings.uids);
  for (const group of [gid, ...additionalGids]) checkIn('group', group, mappings.gids);
}

function checkIn(kind: string, id: number, mappings: readonly IdMapping[]): void {
  if (mappings.some(({ containerId, length }) => id >= containerId && id < containerId + length)) return;
  const ranges = mappings.map(({ containerId, length }) => `${containerId} to ${containerId + length - 1}`).join(', ');
  throw new InvalidArgumentError(`${kind} ${id}: not mapped in the pod's user namespace, which has ${ranges}`);
}

function rootOf(mappings: readonly IdMapping[]): number {
  const first = mappings.find(({ containerId }) => containerId === 0);
  // lib/cri has refused such a pod.
  if (!first) throw new InternalError('map ids: nobody is root in the user namespace');
  return first.hostId;
}
