/** An attachment's wishes under the names and in the form of CNI's CONVENTIONS.md. */
import { bandwidthFromAnnotations, withBursts } from './bandwidth.ts';
import type { JsonObject } from './json.ts';
import type { Attachment, PortMappingArg } from './types.ts';

/** Capability arguments by name; what the attachment does not ask for is absent. @throws InvalidArgumentError for a bandwidth annotation that is no quantity. */
export function capabilityArgs(attachment: Attachment): JsonObject {
  const { portMappings, dns, cgroupPath, podAnnotations, ips, mac, ipRanges, aliases } = attachment;
  const mapped = portMappings.filter((mapping) => mapping.hostPort > 0).map(portMapping);
  const bandwidth = attachment.bandwidth ?? bandwidthFromAnnotations(podAnnotations ?? {});
  return {
    ...(mapped.length > 0 && { portMappings: mapped }),
    ...(bandwidth && { bandwidth: withBursts(bandwidth) }),
    ...(dns && { dns: { servers: dns.servers, searches: dns.searches, options: dns.options } }),
    ...(cgroupPath !== undefined && cgroupPath !== '' && { cgroupPath }),
    ...(podAnnotations && Object.keys(podAnnotations).length > 0 && { 'io.kubernetes.cri.pod-annotations': podAnnotations }),
    ...(ips && ips.length > 0 && { ips }),
    ...(mac !== undefined && mac !== '' && { mac }),
    ...(ipRanges && ipRanges.length > 0 && { ipRanges }),
    ...(aliases && aliases.length > 0 && { aliases }),
  };
}

function portMapping({ hostPort, containerPort, protocol, hostIp }: PortMappingArg): JsonObject {
  return { hostPort, containerPort, protocol: protocol.toLowerCase(), ...(hostIp !== undefined && hostIp !== '' && { hostIP: hostIp }) };
}
