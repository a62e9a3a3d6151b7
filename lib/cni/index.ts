/** Pod networks by CNI plugins: configuration, ADD and DEL, results, and the record of what is attached. */
export { createCni } from './cni.ts';
export type { Attachment, Bandwidth, Cni, CniOptions, CniStatus, DnsArg, IpRange, NetworkInterface, NetworkResult, PortMappingArg, SkippedFile } from './types.ts';
