/** Pod networks by CNI plugins: configuration, ADD, DEL, CHECK, STATUS and GC, results, and the record of what is attached. */
export { createCni } from './cni.ts';
export { inspectNetworks } from './overview.ts';
export type {
  AttachedSandbox, Attachment, Bandwidth, CheckOutcome, Cni, CniOptions, CniStatus, Collected, ConfiguredNetwork, DnsArg, HandlerNetwork, IpOrder, IpRange, NetworkChoiceOverview, NetworkInterface, NetworkResult,
  NetworksOverview, PortMappingArg, SkippedFile,
} from './types.ts';
