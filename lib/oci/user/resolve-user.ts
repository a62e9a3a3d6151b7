import { InvalidArgumentError } from '#errors';
import type { SupplementalGroupsPolicy } from '../config.ts';
import { MAX_ID, parseGroup, parseId, parsePasswd, type GroupEntry, type PasswdEntry } from './accounts.ts';
import { readRootfsFile } from '../rootfs/read-file.ts';

/** What CRI and the image say about the user. */
export interface UserRequest {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsUsername: string;
  /** The image's USER: 'name', 'uid', either with ':group' or ':gid', or ''. */
  readonly imageUser: string;
  readonly supplementalGroups: readonly number[];
  readonly supplementalGroupsPolicy: SupplementalGroupsPolicy;
}

export interface ResolvedUser {
  readonly uid: number;
  readonly gid: number;
  /** The primary group first; each once. What ContainerStatus.user reports too. */
  readonly additionalGids: readonly number[];
}

/**
 * The user's numbers, by /etc/passwd and /etc/group of the image. Digits are never taken for a name; a name has to exist.
 * An unknown uid has gid 0. Policy merge adds the groups that /etc/group puts the user in.
 * @throws InvalidArgumentError naming what was asked for.
 */
export async function resolveUser(rootfsPath: string, request: UserRequest): Promise<ResolvedUser> {
  const { user, group } = wanted(request);
  const [passwd, groups] = await Promise.all([
    readRootfsFile(rootfsPath, '/etc/passwd').then((data) => parsePasswd(data?.toString('utf8') ?? '')),
    readRootfsFile(rootfsPath, '/etc/group').then((data) => parseGroup(data?.toString('utf8') ?? '')),
  ]);
  return pickUser(user, group, request, passwd, groups);
}

/** The user and group to look for, as text; '' means none was named. */
function wanted(request: UserRequest): { user: string; group: string } {
  const { runAsUser, runAsGroup, runAsUsername, imageUser } = request;
  if (runAsUser !== undefined && runAsUsername !== '') throw new InvalidArgumentError(`user: run_as_user ${runAsUser} and run_as_username '${runAsUsername}' are both given`);
  if (runAsGroup !== undefined && runAsUser === undefined && runAsUsername === '') throw new InvalidArgumentError(`user: run_as_group ${runAsGroup} needs run_as_user or run_as_username`);
  // A user of the client's replaces the image's USER as a whole, its group too.
  if (runAsUser !== undefined || runAsUsername !== '') return { user: runAsUser === undefined ? runAsUsername : String(runAsUser), group: runAsGroup === undefined ? '' : String(runAsGroup) };
  const [user = '', group = '', ...rest] = imageUser.split(':');
  if (rest.length > 0) throw new InvalidArgumentError(`user '${imageUser}' of the image: more than one ':'`);
  return { user, group };
}

function pickUser(user: string, group: string, request: UserRequest, passwd: readonly PasswdEntry[], groups: readonly GroupEntry[]): ResolvedUser {
  const entry = findUser(user, passwd);
  const uid = entry?.uid ?? numericId('user', user === '' ? '0' : user);
  const gid = group === '' ? entry?.gid ?? 0 : findGroup(group, groups);
  const supplemental = request.supplementalGroups.map((g) => numericId('supplemental group', String(g)));
  const member = request.supplementalGroupsPolicy === 'merge' && entry ? groups.filter((g) => g.members.includes(entry.name)).map((g) => g.gid) : [];
  return { uid, gid, additionalGids: [...new Set([gid, ...member, ...supplemental])] };
}

function findUser(user: string, passwd: readonly PasswdEntry[]): PasswdEntry | undefined {
  if (/^-?\d*$/.test(user)) return passwd.find((p) => p.uid === (user === '' ? 0 : parseId(user)));
  const entry = passwd.find((p) => p.name === user);
  if (!entry) throw new InvalidArgumentError(`user '${user}': not in the image's /etc/passwd`);
  return entry;
}

function findGroup(group: string, groups: readonly GroupEntry[]): number {
  if (/^-?\d+$/.test(group)) return numericId('group', group);
  const entry = groups.find((g) => g.name === group);
  if (!entry) throw new InvalidArgumentError(`group '${group}': not in the image's /etc/group`);
  return entry.gid;
}

function numericId(kind: string, text: string): number {
  const id = parseId(text);
  if (id === undefined) throw new InvalidArgumentError(`${kind} ${text}: must be between 0 and ${MAX_ID}`);
  return id;
}
