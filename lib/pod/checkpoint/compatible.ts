/** Whether a checkpoint can go on as the container that is asked for. CRIU would fail too, later and in words of its own. */
import { FailedPreconditionError, InvalidArgumentError } from '#errors';
import type { ImageView } from '#image';
import type { ContainerConfig, RuntimeHandler, Spec } from '#oci';
import type { Machine } from './description.ts';
import type { Checkpoint } from './open-checkpoint.ts';

/** Of a list in an error. */
const SHOWN = 8;

/** @throws FailedPreconditionError when another runtime or CPU made it */
export function checkOrigin({ path, description }: Checkpoint, handler: RuntimeHandler, machine: Machine): void {
  const fail = (why: string): never => { throw new FailedPreconditionError(`restore "${path}": ${why}`); };
  const family = (version: string): string => version.split(' ')[0] ?? '';
  if (family(description.runtime) !== family(handler.version)) fail(`it was made by the runtime ${description.runtime}, and handler "${handler.name}" is ${handler.version || handler.path}`);
  if (description.architecture !== machine.architecture) fail(`it was made on ${description.architecture}, and this node is ${machine.architecture}`);
  const flags = new Set(machine.cpuFlags);
  const missing = description.cpuFlags.filter((flag) => !flags.has(flag));
  if (missing.length > 0) fail(`its processes may use what this CPU does not have: ${shown(missing)}`);
}

/** The container's new specification against the one that was checkpointed: mounts, namespaces and terminal must be there again, with other sources. @throws FailedPreconditionError */
export function checkSpec({ path, description, spec: old }: Checkpoint, spec: Spec): void {
  const fail = (why: string): never => { throw new FailedPreconditionError(`restore "${path}": ${why}`); };
  const [before, now] = [destinations(old['mounts']), destinations(spec.mounts)];
  const [absent, further] = [before.filter((d) => !now.includes(d)), now.filter((d) => !before.includes(d))];
  if (absent.length > 0) fail(`the checkpointed container had mounts that this one does not have: ${shown(absent)}`);
  if (further.length > 0) fail(`the checkpointed container did not have the mounts ${shown(further)}`);
  const [were, are] = [namespaces((old['linux'] as { namespaces?: unknown } | undefined)?.namespaces), namespaces(spec.linux.namespaces)];
  for (const type of ['pid', 'network', 'ipc', 'uts', 'user']) {
    if (were.get(type) !== are.get(type)) fail(`its ${type} namespace was ${were.get(type) ?? 'the node\'s'}, and this container's would be ${are.get(type) ?? 'the node\'s'}`);
  }
  if (are.has('user')) fail('CRIU cannot restore into a user namespace that exists');
  if (description.terminal !== (spec.process.terminal ?? false)) fail(`the checkpointed container had ${description.terminal ? 'a' : 'no'} terminal: tty must be the same`);
}

/**
 * What RestorePod's configuration says about the process is only compared: https://github.com/kubernetes/cri-api, RestorePodRequest.container_configs.
 * @throws InvalidArgumentError naming the field
 */
export function checkProcess({ path, description, spec: old }: Checkpoint, config: ContainerConfig, image: ImageView | undefined, spec: Spec): void {
  const fail = (field: string, was: unknown, is: unknown): never => {
    throw new InvalidArgumentError(`restore "${path}": container_configs "${config.metadata.name}": ${field} is ${JSON.stringify(is)}, and the checkpointed process has ${JSON.stringify(was)}`);
  };
  if (image?.id !== description.rootfsImage) fail('image', description.rootfsImage, image?.id ?? config.image.image);
  if (config.stdin !== description.stdin) fail('stdin', description.stdin, config.stdin);
  const was = (old['process'] ?? {}) as Partial<Spec['process']>;
  const is = spec.process;
  if (!same(was.args, is.args)) fail('command with args', was.args, is.args);
  if (was.cwd !== is.cwd) fail('working_dir', was.cwd, is.cwd);
  for (const key of ['uid', 'gid'] as const) if (was.user?.[key] !== is.user[key]) fail(`the process's ${key}`, was.user?.[key], is.user[key]);
  if (!same(was.user?.additionalGids ?? [], is.user.additionalGids ?? [])) fail('supplemental groups', was.user?.additionalGids, is.user.additionalGids);
  const known = new Set(was.env ?? []);
  const different = config.envs.find(({ key, value }) => !known.has(`${key}=${Buffer.from(value).toString('utf8')}`));
  // Its value may be a secret.
  if (different) throw new InvalidArgumentError(`restore "${path}": container_configs "${config.metadata.name}": envs: the checkpointed process has another "${different.key}"`);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function destinations(mounts: unknown): string[] {
  return Array.isArray(mounts) ? mounts.map((mount: { destination?: unknown } | null) => String(mount?.destination)) : [];
}

/** Kind by type; the node's are not in it. */
function namespaces(list: unknown): Map<string, string> {
  return new Map(Array.isArray(list) ? list.map((ns: { type?: unknown; path?: unknown } | null) => [String(ns?.type), typeof ns?.path === 'string' && ns.path !== '' ? 'the pod\'s' : 'its own']) : []);
}

function shown(words: readonly string[]): string {
  return `${words.slice(0, SHOWN).join(', ')}${words.length > SHOWN ? ` and ${words.length - SHOWN} more` : ''}`;
}
