/** Device nodes of a container: read from the node (resolveDevices, hostDevices), then written into the spec (deviceSpec). */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, InvalidArgumentError } from '#errors';
import { deviceNumber } from '#linux';
import type { Device } from '../config.ts';
import type { LinuxDevice, LinuxDeviceRule } from './types.ts';

export interface ResolvedDevice {
  readonly device: LinuxDevice;
  /** Some of 'r', 'w', 'm'. */
  readonly access: string;
}

/** Device directories below this depth are not walked. */
const MAX_DEPTH = 8;
const MAX_DEVICES = 4096;
/** What /dev of a container has of its own, or that is no device of the node. */
const NOT_FOR_CONTAINERS: ReadonlySet<string> = new Set(['pts', 'shm', 'fd', 'mqueue', 'console', '.lxc', '.lxd-mounts', '.udev']);

/**
 * The device nodes behind CRI's devices; symbolic links are followed, a directory stands for all devices in it.
 * @throws InvalidArgumentError when a path is missing or no device.
 */
export async function resolveDevices(devices: readonly Device[]): Promise<ResolvedDevice[]> {
  return (await Promise.all(devices.map(resolveDevice))).flat();
}

async function resolveDevice({ hostPath, containerPath, permissions }: Device): Promise<ResolvedDevice[]> {
  const access = permissions === '' ? 'rwm' : permissions;
  if (!/^[rwm]{1,3}$/.test(access)) throw new InvalidArgumentError(`device '${hostPath}': permissions '${permissions}' must be some of r, w, m`);
  const target = containerPath === '' ? hostPath : containerPath;
  if (!hostPath.startsWith('/') || !target.startsWith('/')) throw new InvalidArgumentError(`device '${hostPath}' at '${target}': paths must be absolute`);
  try {
    const source = await realpath(hostPath);
    if ((await stat(source)).isDirectory()) return (await walk(source, target, 0)).map((device) => ({ device, access }));
    const device = await deviceAt(source, target);
    if (device) return [{ device, access }];
  } catch (error) {
    throw new InvalidArgumentError(`device '${hostPath}': cannot be read`, { cause: error });
  }
  throw new InvalidArgumentError(`device '${hostPath}': neither a device nor a directory of devices`);
}

/** Every device of the node, for a privileged container. */
export async function hostDevices(directory = '/dev'): Promise<LinuxDevice[]> {
  return walk(directory, directory, 0);
}

async function walk(source: string, target: string, depth: number): Promise<LinuxDevice[]> {
  if (depth > MAX_DEPTH) return [];
  const entries = (await readdir(source, { withFileTypes: true })).filter((e) => !(depth === 0 && NOT_FOR_CONTAINERS.has(e.name)));
  const found = await Promise.all(entries.map(async (entry) => {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) return walk(from, to, depth + 1);
    const device = entry.isCharacterDevice() || entry.isBlockDevice() ? await deviceAt(from, to) : undefined;
    return device ? [device] : [];
  }));
  return found.flat().slice(0, MAX_DEVICES);
}

/** Undefined when it is no device, or went away meanwhile. */
async function deviceAt(source: string, path: string): Promise<LinuxDevice | undefined> {
  try {
    const s = await stat(source);
    if (!s.isCharacterDevice() && !s.isBlockDevice()) return undefined;
    return { path, type: s.isBlockDevice() ? 'b' : 'c', ...deviceNumber(s.rdev), fileMode: s.mode & 0o7777, uid: s.uid, gid: s.gid };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * linux.devices and the cgroup's rules: everything for a privileged container, else what was asked for
 * (the runtime adds null, zero, full, random, urandom, tty, ptmx and the console by itself).
 */
export function deviceSpec(devices: readonly ResolvedDevice[], privileged: boolean): { devices: LinuxDevice[]; rules: LinuxDeviceRule[] } {
  const nodes = devices.map(({ device }) => device);
  if (privileged) return { devices: nodes, rules: [{ allow: true, access: 'rwm' }] };
  const allowed = devices.flatMap(({ device, access }) => device.type === 'p' ? [] : [{ allow: true, type: device.type, major: device.major, minor: device.minor, access }]);
  return { devices: nodes, rules: [{ allow: false, access: 'rwm' }, ...allowed] };
}
