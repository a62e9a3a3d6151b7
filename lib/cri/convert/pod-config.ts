/** PodSandboxConfig from its message. */
import type { PodSandboxConfig, PodSandboxMetadata, PortMapping } from '#oci';
import type {
  LinuxPodSandboxConfig as LinuxMessage, PodSandboxConfig as Message, PodSandboxMetadata as MetadataMessage, PortMapping as PortMappingMessage,
} from '../generated/cri.js';
import { cText, enumWord, required } from './check.ts';
import { within } from './number.ts';
import { toResources } from './resources.ts';
import { toSandboxSecurityContext } from './security-context.ts';

const PROTOCOLS: readonly PortMapping['protocol'][] = ['tcp', 'udp', 'sctp'];
const MAX_PORT = 65_535;

/** @throws InvalidArgumentError naming the field */
export function toPodSandboxConfig(message: Message | null, at: string): PodSandboxConfig {
  const config = required(message, at);
  const { dnsConfig } = config;
  return {
    metadata: toMetadata(config.metadata, `${at}.metadata`),
    hostname: cText(config.hostname, `${at}.hostname`),
    logDirectory: cText(config.logDirectory, `${at}.log_directory`),
    ...dnsConfig && { dnsConfig: { servers: dnsConfig.servers, searches: dnsConfig.searches, options: dnsConfig.options } },
    portMappings: config.portMappings.map((mapping, i) => toPortMapping(mapping, `${at}.port_mappings[${i}]`)),
    labels: config.labels,
    annotations: config.annotations,
    linux: toLinux(config.linux, `${at}.linux`),
  };
}

function toMetadata(message: MetadataMessage | null, at: string): PodSandboxMetadata {
  const { name, namespace, uid, attempt } = required(message, at);
  return { name: required(name, `${at}.name`), namespace: required(namespace, `${at}.namespace`), uid: required(uid, `${at}.uid`), attempt };
}

function toPortMapping({ protocol, containerPort, hostPort, hostIp }: PortMappingMessage, at: string): PortMapping {
  return {
    protocol: enumWord(PROTOCOLS, protocol, `${at}.protocol`),
    containerPort: within(BigInt(containerPort), 0, MAX_PORT, `${at}.container_port`),
    hostPort: within(BigInt(hostPort), 0, MAX_PORT, `${at}.host_port`),
    hostIp,
  };
}

function toLinux(message: LinuxMessage | null, at: string): PodSandboxConfig['linux'] {
  return {
    cgroupParent: cText(message?.cgroupParent ?? '', `${at}.cgroup_parent`),
    securityContext: toSandboxSecurityContext(message?.securityContext ?? null, `${at}.security_context`),
    sysctls: message?.sysctls ?? {},
    ...message?.overhead && { overhead: toResources(message.overhead, `${at}.overhead`) },
    ...message?.resources && { resources: toResources(message.resources, `${at}.resources`) },
  };
}
