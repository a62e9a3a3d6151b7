/** Namespaces and user namespaces, both ways. */
import { InvalidArgumentError } from '#errors';
import type { IdMapping, NamespaceMode, NamespaceOptions, UserNamespace } from '#oci';
import { checkUserNamespace } from '#oci';
import type { IDMapping, Input, NamespaceOption, UserNamespace as UserNamespaceMessage } from '../generated/cri.js';
import { enumWord, required } from './check.ts';
import { MAX_ID } from './number.ts';

const MODES: readonly NamespaceMode[] = ['pod', 'container', 'node', 'target'];
/** Nothing said: containers share the pod's namespaces. */
const DEFAULTS: NamespaceOptions = { network: 'pod', pid: 'pod', ipc: 'pod', targetId: '' };

/** @throws InvalidArgumentError for modes that a namespace cannot have */
export function toNamespaceOptions(message: NamespaceOption | null, at: string): NamespaceOptions {
  if (message === null) return DEFAULTS;
  const network = modeOf(message.network, ['pod', 'node'], `${at}.network`);
  const ipc = modeOf(message.ipc, ['pod', 'container', 'node'], `${at}.ipc`);
  const pid = enumWord(MODES, message.pid, `${at}.pid`);
  if (pid === 'target') required(message.targetId, `${at}.target_id`);
  else if (message.targetId !== '') throw new InvalidArgumentError(`${at}.target_id: ${JSON.stringify(message.targetId)} with pid ${pid.toUpperCase()}, expected it with TARGET only`);
  const options = { network, pid, ipc, targetId: message.targetId };
  return message.usernsOptions === null ? options : { ...options, usernsOptions: toUserNamespace(message.usernsOptions, `${at}.userns_options`) };
}

/** Those of a pod, which has no other container to share processes with. @throws InvalidArgumentError for modes that a namespace cannot have, or not together */
export function toPodNamespaceOptions(message: NamespaceOption | null, at: string): NamespaceOptions {
  const options = toNamespaceOptions(message, at);
  if (options.pid === 'target') throw new InvalidArgumentError(`${at}.pid: mode TARGET is not possible for a pod, expected POD, CONTAINER or NODE`);
  checkUserNamespace(options);
  return options;
}

export function fromNamespaceOptions(options: NamespaceOptions): Input<NamespaceOption> {
  const { network, pid, ipc, targetId, usernsOptions } = options;
  return {
    network: MODES.indexOf(network), pid: MODES.indexOf(pid), ipc: MODES.indexOf(ipc), targetId,
    usernsOptions: usernsOptions && { mode: MODES.indexOf(usernsOptions.mode), uids: usernsOptions.uids, gids: usernsOptions.gids },
  };
}

/** `length` ids from each start on; messages and domain have the same shape. */
export function toIdMappings(messages: readonly IDMapping[], at: string): readonly IdMapping[] {
  return messages.map(({ hostId, containerId, length }, i) => {
    if (length === 0) throw new InvalidArgumentError(`${at}[${i}].length: 0 ids are mapped, expected at least 1`);
    for (const [field, first] of [['host_id', hostId], ['container_id', containerId]] as const) {
      if (first + length - 1 > MAX_ID) throw new InvalidArgumentError(`${at}[${i}]: ${length} ids from ${field} ${first} on go beyond ${MAX_ID}`);
    }
    return { hostId, containerId, length };
  });
}

function toUserNamespace(message: UserNamespaceMessage, at: string): UserNamespace {
  const mode = modeOf(message.mode, ['pod', 'node'], `${at}.mode`);
  const [uids, gids] = [toIdMappings(message.uids, `${at}.uids`), toIdMappings(message.gids, `${at}.gids`)];
  if (mode === 'pod') {
    checkPodMapping(uids, `${at}.uids`);
    checkPodMapping(gids, `${at}.gids`);
  } else if (uids.length + gids.length > 0) {
    throw new InvalidArgumentError(`${at}: mode NODE with ${uids.length + gids.length} mappings, expected none`);
  }
  return { mode, uids, gids };
}

/** One range that holds id 0: the pod's root must be somebody. */
function checkPodMapping(mappings: readonly IdMapping[], at: string): void {
  const [only, ...more] = mappings;
  if (only === undefined || more.length > 0) throw new InvalidArgumentError(`${at}: ${mappings.length} mappings, expected exactly 1 for a user namespace of the pod`);
  if (only.containerId !== 0) throw new InvalidArgumentError(`${at}[0].container_id: ${only.containerId}, expected 0: the container's root must be mapped`);
}

function modeOf(value: number, allowed: readonly NamespaceMode[], at: string): NamespaceMode {
  const mode = enumWord(MODES, value, at);
  if (!allowed.includes(mode)) throw new InvalidArgumentError(`${at}: mode ${mode.toUpperCase()} is not possible, expected ${allowed.map((m) => m.toUpperCase()).join(' or ')}`);
  return mode;
}
