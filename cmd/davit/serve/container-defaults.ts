/** What the configuration gives every container, in the words of lib/oci. */
import type { ContainerLogOptions } from '#conmon';
import type { ContainerDefaults, Device } from '#oci';
import { resolveDevices } from '#oci';
import type { Config } from '../config/schema.ts';

/** @throws InvalidArgumentError when a device of the configuration is not there. */
export async function containerDefaults(runtime: Config['runtime']): Promise<ContainerDefaults> {
  return {
    capabilities: runtime.default_capabilities,
    env: runtime.default_env,
    ulimits: runtime.default_ulimits.map(parseUlimit),
    pidsLimit: runtime.pids_limit,
    readOnly: runtime.read_only,
    devices: await resolveDevices(runtime.additional_devices.map(parseDevice)),
    selinuxUnavailable: runtime.selinux_unavailable,
  };
}

/** Limits of every container's log. */
export function containerLog(runtime: Config['runtime']): ContainerLogOptions {
  return {
    sizeMaxBytes: Math.max(0, runtime.log_size_max), filesMax: runtime.log_files_max, whenFull: runtime.log_when_full,
    linesPerSecond: runtime.log_lines_per_second, bytesPerSecond: runtime.log_bytes_per_second,
  };
}

/** "name=value" settings as a table; a later one replaces an earlier one. */
export function parseSysctls(settings: readonly string[]): Record<string, string> {
  return Object.fromEntries(settings.map((setting) => {
    const equals = setting.indexOf('=');
    return [setting.slice(0, equals), setting.slice(equals + 1)];
  }));
}

/** "nofile=1024:2048"; one number is both limits. */
export function parseUlimit(text: string): ContainerDefaults['ulimits'][number] {
  const [name = '', limits = ''] = text.split('=');
  const [soft, hard = soft] = limits.split(':').map(Number);
  return { type: `RLIMIT_${name.toUpperCase()}`, soft: soft ?? 0, hard: hard ?? 0 };
}

/** "/dev/a", "/dev/a:/dev/b", "/dev/a:rwm" or "/dev/a:/dev/b:rwm". */
export function parseDevice(text: string): Device {
  const [hostPath = '', ...rest] = text.split(':');
  const containerPath = rest.find((part) => part.startsWith('/')) ?? hostPath;
  return { hostPath, containerPath, permissions: rest.find((part) => !part.startsWith('/')) ?? '' };
}
