/** What a pod may ask of its network by annotations, where its handler allows them: the CRI has no fields for these capability arguments. */
import { isIP } from 'node:net';
import type { Attachment, IpRange } from '#cni';
import { InvalidArgumentError } from '#errors';

const PREFIX = 'network.davit.io/';
const MAX_ITEMS = 16;
const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
/** As a DNS label. */
const ALIAS = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

type NetworkWishes = Pick<Attachment, 'ips' | 'mac' | 'aliases' | 'ipRanges'>;

/**
 * Addresses, MAC address, aliases and ranges of addresses. Nothing that `allowed` (prefixes, the handler's allowed_annotations) has not.
 * @throws InvalidArgumentError naming the annotation whose value is wrong
 */
export function networkWishes(annotations: Readonly<Record<string, string>>, allowed: readonly string[]): NetworkWishes {
  const text = (name: string): string | undefined => (allowed.some((prefix) => `${PREFIX}${name}`.startsWith(prefix)) ? annotations[`${PREFIX}${name}`] : undefined);
  const [ips, mac, aliases, ranges] = ['ips', 'mac', 'aliases', 'ip-ranges'].map(text);
  return {
    ...(ips !== undefined && { ips: items('ips', ips, isAddressWithMask, 'addresses such as "10.1.2.3/24"') }),
    ...(mac !== undefined && { mac: items('mac', mac, (item) => MAC.test(item), 'one MAC address', 1)[0] ?? '' }),
    ...(aliases !== undefined && { aliases: items('aliases', aliases, (item) => ALIAS.test(item), 'names of a host') }),
    ...(ranges !== undefined && { ipRanges: items('ip-ranges', ranges, isAddressWithMask, 'networks such as "10.1.2.0/24"').map((subnet): IpRange[] => [{ subnet }]) }),
  };
}

function items(name: string, text: string, fits: (item: string) => boolean, expected: string, max = MAX_ITEMS): string[] {
  const found = text.split(',').map((item) => item.trim());
  if (found.length > max || !found.every(fits)) throw new InvalidArgumentError(`read annotation ${PREFIX}${name} ${JSON.stringify(text.slice(0, 200))}: expected ${expected}, up to ${max}, separated by commas`);
  return found;
}

function isAddressWithMask(text: string): boolean {
  const [, address = '', bits] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}
