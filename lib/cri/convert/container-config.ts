/** ContainerConfig from its message. */
import { InvalidArgumentError } from '#errors';
import type { ContainerConfig, Device, EnvVar } from '#oci';
import type { ContainerConfig as Message, ContainerMetadata as MetadataMessage, Device as DeviceMessage, KeyValue, LinuxContainerConfig as LinuxMessage } from '../generated/cri.js';
import { absolutePath, cTexts, path, refuse, required } from './check.ts';
import { toImageSpec } from './image-spec.ts';
import { toMount } from './mount.ts';
import { toResources } from './resources.ts';
import { toContainerSecurityContext } from './security-context.ts';
import { toSignalName } from './signal.ts';

/** @throws InvalidArgumentError naming the field */
export function toContainerConfig(message: Message | null, at: string): ContainerConfig {
  const config = required(message, at);
  refuse(config.windows, `${at}.windows`, 'this node runs Linux');
  return {
    metadata: toMetadata(config.metadata, `${at}.metadata`),
    image: toImageSpec(config.image, `${at}.image`),
    command: cTexts(config.command, `${at}.command`),
    args: cTexts(config.args, `${at}.args`),
    workingDir: absolutePath(config.workingDir, `${at}.working_dir`),
    envs: config.envs.map((env, i) => toEnvVar(env, `${at}.envs[${i}]`)),
    mounts: config.mounts.map((mount, i) => toMount(mount, `${at}.mounts[${i}]`)),
    devices: config.devices.map((device, i) => toDevice(device, `${at}.devices[${i}]`)),
    cdiDevices: config.CDIDevices.map(({ name }, i) => required(name, `${at}.CDI_devices[${i}].name`)),
    labels: config.labels,
    annotations: config.annotations,
    logPath: path(config.logPath, `${at}.log_path`),
    stdin: config.stdin,
    stdinOnce: config.stdinOnce,
    tty: config.tty,
    linux: toLinux(config.linux, `${at}.linux`),
    stopSignal: toSignalName(config.stopSignal, `${at}.stop_signal`),
  };
}

function toMetadata(message: MetadataMessage | null, at: string): ContainerConfig['metadata'] {
  const { name, attempt } = required(message, at);
  return { name: required(name, `${at}.name`), attempt };
}

function toEnvVar({ key, value }: KeyValue, at: string): EnvVar {
  if (/[=\0]/.test(required(key, `${at}.key`))) throw new InvalidArgumentError(`${at}.key: ${JSON.stringify(key)} holds "=" or NUL`);
  if (value.includes(0)) throw new InvalidArgumentError(`${at}.value: that of ${JSON.stringify(key)} holds a NUL byte`);
  // A copy: the decoded bytes are a view that would keep the whole request in memory.
  return { key, value: Uint8Array.from(value) };
}

function toDevice({ containerPath, hostPath, permissions }: DeviceMessage, at: string): Device {
  if (!/^[rwm]*$/.test(permissions)) throw new InvalidArgumentError(`${at}.permissions: ${JSON.stringify(permissions)}, expected some of r, w, m`);
  return {
    containerPath: path(required(containerPath, `${at}.container_path`), `${at}.container_path`),
    hostPath: path(required(hostPath, `${at}.host_path`), `${at}.host_path`),
    permissions,
  };
}

function toLinux(message: LinuxMessage | null, at: string): ContainerConfig['linux'] {
  return {
    resources: toResources(message?.resources ?? null, `${at}.resources`),
    securityContext: toContainerSecurityContext(message?.securityContext ?? null, `${at}.security_context`),
  };
}
