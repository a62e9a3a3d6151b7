/** A pod's host ports as the rules that carry them out: one per port, protocol and family. */
import { isIP, isIPv4 } from 'node:net';
import { AlreadyExistsError, FailedPreconditionError, InvalidArgumentError } from '#errors';
import { isJsonObject } from '../json.ts';
import type { PortMappingArg } from '../types.ts';

const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const;
const MAX_PORT = 65_535;

export interface HostPortRule {
  readonly protocol: typeof PROTOCOLS[number];
  readonly hostPort: number;
  /** '' for every address of the node in the pod address's family. */
  readonly hostIp: string;
  readonly podIp: string;
  readonly podPort: number;
  /** The pod's network as ADDRESS/BITS: from there the node's address is used as source, or answers would take a short cut past the node. */
  readonly podNetwork: string;
}

/**
 * @param addresses the pod's as ADDRESS/BITS; the first of each family is used
 * @throws InvalidArgumentError for a mapping that cannot be; FailedPreconditionError when the pod has no address of the host address's family
 */
export function hostPortRules(mappings: readonly PortMappingArg[], addresses: readonly string[]): HostPortRule[] {
  const firsts = [addresses.find((address) => !address.includes(':')), addresses.find((address) => address.includes(':'))].filter((address) => address !== undefined);
  return mappings.filter(({ hostPort }) => hostPort > 0).flatMap((mapping) => {
    const text = `host port ${mapping.hostPort}/${mapping.protocol}`;
    const protocol = PROTOCOLS.find((name) => name === mapping.protocol.toLowerCase());
    if (!protocol || !isPort(mapping.hostPort) || !isPort(mapping.containerPort)) throw new InvalidArgumentError(`${text} to ${mapping.containerPort}: expected ports from 1 to ${MAX_PORT} and tcp, udp or sctp`);
    const { hostIp = '' } = mapping;
    if (hostIp !== '' && !isAddress(hostIp)) throw new InvalidArgumentError(`${text}: host address ${JSON.stringify(hostIp)} is no IP address`);
    const fitting = hostIp === '' ? firsts : firsts.filter((address) => isIPv4(hostIp) !== address.includes(':'));
    if (fitting.length === 0) throw new FailedPreconditionError(`${text}: the pod has no address${hostIp === '' ? '' : ` of the family of "${hostIp}"`}`);
    return fitting.map((address): HostPortRule => ({
      protocol, hostPort: mapping.hostPort, hostIp: isUnspecified(hostIp) ? '' : hostIp, podPort: mapping.containerPort, podIp: address.slice(0, address.indexOf('/')), podNetwork: address,
    }));
  });
}

/** @throws AlreadyExistsError naming the sandbox that has one of the ports. */
export function refuseTaken(wanted: readonly HostPortRule[], others: ReadonlyMap<string, readonly HostPortRule[]>, sandboxId: string): void {
  for (const [other, rules] of others) {
    const taken = other === sandboxId ? undefined : wanted.find((rule) => rules.some((held) => overlaps(rule, held)));
    if (taken) throw new AlreadyExistsError(`host port ${taken.protocol}/${taken.hostPort} of sandbox "${sandboxId}" is taken by sandbox "${other}"`);
  }
}

/** Whether a value that was read from the disk can be made a rule of. */
export function isHostPortRule(value: unknown): value is HostPortRule {
  if (!isJsonObject(value)) return false;
  const { protocol, hostPort, hostIp, podIp, podPort, podNetwork } = value;
  return PROTOCOLS.some((name) => name === protocol) && isPort(hostPort) && isPort(podPort) && (hostIp === '' || isAddress(hostIp)) && isAddress(podIp)
    && typeof podNetwork === 'string' && /^[^/]+\/\d{1,3}$/.test(podNetwork) && isAddress(podNetwork.slice(0, podNetwork.indexOf('/')));
}

function overlaps(a: HostPortRule, b: HostPortRule): boolean {
  return a.protocol === b.protocol && a.hostPort === b.hostPort && isIPv4(a.podIp) === isIPv4(b.podIp) && (a.hostIp === b.hostIp || a.hostIp === '' || b.hostIp === '');
}

/** Without a zone: it goes into a script. */
function isAddress(value: unknown): value is string {
  return typeof value === 'string' && isIP(value) !== 0 && !value.includes('%');
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_PORT;
}

function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || /^[0:]*::[0:]*$/.test(address);
}
