import { stat } from 'node:fs/promises';
import { errorText, FailedPreconditionError } from '#errors';
import { deviceNumber } from '#linux';
import { pathDepth } from '../spec/mounts.ts';
import type { HookName, LinuxDevice, LinuxDeviceRule, Spec, SpecHook, SpecMount } from '../spec/types.ts';
import { readSpecificationFiles } from './specification-files.ts';
import { findDevices, wantedDevices } from './find-devices.ts';
import type { CdiDeviceNode, CdiMount, ContainerEdits } from './specification.ts';

/**
 * The spec with what CDI's specifications say about the devices that a container asks for.
 * @param directories of specifications; a later one's win.
 * @throws InvalidArgumentError, FailedPreconditionError naming the device.
 */
export async function withCdiDevices(spec: Spec, config: Parameters<typeof wantedDevices>[0], directories: readonly string[]): Promise<Spec> {
  const names = wantedDevices(config);
  if (names.length === 0) return spec;
  const edits = findDevices(names, await readSpecificationFiles(directories));
  const nodes = await Promise.all(edits.flatMap((e) => e.deviceNodes).map((node) => resolveNode(node, spec.process.user)));
  return applyEdits(spec, edits, nodes);
}

export interface ResolvedNode { readonly device: LinuxDevice; readonly rule: LinuxDeviceRule | undefined }

/** A value of a name, a device of a path and a mount of a place replace those that were there. */
export function applyEdits(spec: Spec, edits: readonly ContainerEdits[], nodes: readonly ResolvedNode[]): Spec {
  const env = new Map([...spec.process.env, ...edits.flatMap((e) => e.env)].map((entry) => [entry.slice(0, entry.indexOf('=')), entry]));
  const devices = new Map([...spec.linux.devices ?? [], ...nodes.map(({ device }) => device)].map((device) => [device.path, device]));
  const { user } = spec.process;
  const hooks = mergeHooks(spec.hooks ?? {}, edits);
  return {
    ...spec,
    process: { ...spec.process, env: [...env.values()], user: { ...user, additionalGids: [...new Set([...user.additionalGids ?? [], ...edits.flatMap((e) => e.additionalGids)])] } },
    mounts: mergeMounts(spec.mounts, edits.flatMap((e) => e.mounts)),
    ...(Object.keys(hooks).length > 0 && { hooks }),
    linux: {
      ...spec.linux, ...(devices.size > 0 && { devices: [...devices.values()] }),
      resources: { ...spec.linux.resources, devices: [...spec.linux.resources.devices ?? [], ...nodes.flatMap(({ rule }) => rule ?? [])] },
    },
  };
}

/** Mounts stay in the order in which none hides another: the runtime's own first, then fewer components first. */
function mergeMounts(mounts: readonly SpecMount[], added: readonly CdiMount[]): SpecMount[] {
  const places = new Set(added.map((m) => m.containerPath));
  const kept = mounts.filter((m) => !places.has(m.destination));
  return [...kept, ...added.map(specMount).toSorted((a, b) => pathDepth(a.destination) - pathDepth(b.destination))];
}

function specMount({ hostPath, containerPath, options, type }: CdiMount): SpecMount {
  const isBind = type === '' || type === 'bind';
  return { destination: containerPath, source: hostPath, type: isBind ? 'bind' : type, options: isBind && !options.some((o) => o === 'bind' || o === 'rbind') ? ['rbind', ...options] : options };
}

function mergeHooks(before: Partial<Record<HookName, readonly SpecHook[]>>, edits: readonly ContainerEdits[]): Partial<Record<HookName, readonly SpecHook[]>> {
  const merged = { ...before };
  for (const { name, hook } of edits.flatMap((e) => e.hooks)) merged[name] = [...merged[name] ?? [], hook];
  return merged;
}

/** Type, numbers and mode of the node's own device where the specification leaves them out; owner is the container's user, as every CDI injector has it. */
async function resolveNode(node: CdiDeviceNode, user: Spec['process']['user']): Promise<ResolvedNode> {
  const { path, permissions } = node;
  const [major, minor] = [node.major, node.minor];
  const known = node.type !== '' && (node.type === 'p' || (major !== undefined && minor !== undefined)) && node.fileMode !== undefined;
  const found = known ? undefined : await statDevice(node);
  const type = node.type === '' ? found?.type ?? 'c' : node.type === 'u' ? 'c' : node.type as LinuxDevice['type'];
  const device: LinuxDevice = {
    path, type, major: major ?? found?.major ?? 0, minor: minor ?? found?.minor ?? 0, fileMode: node.fileMode ?? found?.fileMode ?? 0o666, uid: node.uid ?? user.uid, gid: node.gid ?? user.gid,
  };
  const access = permissions === '' ? 'rwm' : permissions;
  return { device, rule: device.type === 'p' ? undefined : { allow: true, type: device.type, major: device.major, minor: device.minor, access } };
}

async function statDevice({ hostPath, path }: CdiDeviceNode): Promise<Pick<LinuxDevice, 'type' | 'major' | 'minor' | 'fileMode'>> {
  const s = await stat(hostPath).catch((error: unknown) => { throw new FailedPreconditionError(`CDI device node '${path}': ${errorText(error)}`, { cause: error }); });
  if (!s.isCharacterDevice() && !s.isBlockDevice() && !s.isFIFO()) throw new FailedPreconditionError(`CDI device node '${path}': '${hostPath}' is no device`);
  return { type: s.isFIFO() ? 'p' : s.isBlockDevice() ? 'b' : 'c', ...deviceNumber(s.rdev), fileMode: s.mode & 0o7777 };
}
