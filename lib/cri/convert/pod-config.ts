/** PodSandboxConfig from its message. */
import { isIP } from 'node:net';
import { InvalidArgumentError } from '#errors';
import type { DnsConfig, PodSandboxConfig, PodSandboxMetadata, PortMapping } from '#oci';
import type {
  DNSConfig as DnsMessage, LinuxPodSandboxConfig as LinuxMessage, PodSandboxConfig as Message, PodSandboxMetadata as MetadataMessage, PortMapping as PortMappingMessage,
} from '../generated/cri.js';
import { absolutePath, cText, enumWord, refuse, required, word } from './check.ts';
import { within } from './number.ts';
import { toResources } from './resources.ts';
import { toSandboxSecurityContext } from './security-context.ts';

const PROTOCOLS: readonly PortMapping['protocol'][] = ['tcp', 'udp', 'sctp'];
const MAX_PORT = 65_535;
/** sethostname(2). */
const MAX_HOSTNAME_BYTES = 64;

/** @throws InvalidArgumentError naming the field */
export function toPodSandboxConfig(message: Message | null, at: string): PodSandboxConfig {
  const config = required(message, at);
  refuse(config.windows, `${at}.windows`, 'this node runs Linux');
  return {
    metadata: toMetadata(config.metadata, `${at}.metadata`),
    hostname: toHostname(config.hostname, `${at}.hostname`),
    logDirectory: absolutePath(config.logDirectory, `${at}.log_directory`),
    ...config.dnsConfig && { dnsConfig: toDnsConfig(config.dnsConfig, `${at}.dns_config`) },
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

function toHostname(hostname: string, at: string): string {
  if (Buffer.byteLength(hostname) > MAX_HOSTNAME_BYTES) throw new InvalidArgumentError(`${at}: ${JSON.stringify(hostname)} is longer than ${MAX_HOSTNAME_BYTES} bytes`);
  return word(hostname, at);
}

/** Each becomes a word of the pod's resolv.conf, so none may begin a line of its own. */
function toDnsConfig({ servers, searches, options }: DnsMessage, at: string): DnsConfig {
  const words = (list: readonly string[], field: string): readonly string[] => list.map((text, i) => word(text, `${at}.${field}[${i}]`));
  return { servers: words(servers, 'servers'), searches: words(searches, 'searches'), options: words(options, 'options') };
}

function toHostIp(hostIp: string, at: string): string {
  if (hostIp !== '' && isIP(hostIp) === 0) throw new InvalidArgumentError(`${at}: ${JSON.stringify(hostIp)} is no IP address`);
  return hostIp;
}

function toPortMapping({ protocol, containerPort, hostPort, hostIp }: PortMappingMessage, at: string): PortMapping {
  return {
    protocol: enumWord(PROTOCOLS, protocol, `${at}.protocol`),
    containerPort: within(BigInt(containerPort), 0, MAX_PORT, `${at}.container_port`),
    hostPort: within(BigInt(hostPort), 0, MAX_PORT, `${at}.host_port`),
    hostIp: toHostIp(hostIp, `${at}.host_ip`),
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
