/** Results of ADD, of every version of the specification, as one type. */
import { isIP } from 'node:net';
import { InternalError } from '#errors';
import { isJsonObject, jsonType, type JsonObject } from './json.ts';
import type { NetworkInterface, NetworkResult } from './types.ts';
import { isAtLeast, NEWEST_VERSION, OLDEST_VERSION } from './version.ts';

/** From 0.3.0 on a result has lists of interfaces and addresses; before, `ip4` and `ip6`. */
const LISTS_SINCE = '0.3.0';
/** From 1.0.0 on an address no longer says its IP version. */
const NO_IP_VERSION_SINCE = '1.0.0';

/**
 * Parses what a plugin printed; a missing version is the request's (libcni fixupResultVersion).
 * @returns the result as JSON, with its cniVersion.
 * @throws InternalError naming what is wrong with it.
 */
export function parseResult(stdout: Buffer, requestVersion: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(stdout.toString('utf8'));
  } catch (error) {
    throw new InternalError(`the result is not JSON: ${JSON.stringify(stdout.toString('utf8').slice(0, 200))}`, { cause: error });
  }
  if (value !== null && !isJsonObject(value)) throw new InternalError(`the result is ${jsonType(value)}, not an object`);
  const version = value?.['cniVersion'] ?? '';
  if (typeof version !== 'string') throw new InternalError(`the result's cniVersion is ${jsonType(version)}, not a string`);
  const raw = { ...value, cniVersion: version || requestVersion || OLDEST_VERSION };
  networkResult(raw, '');
  return raw;
}

/**
 * The addresses of the sandbox's interface `ifName`: those that say so or name no interface; all
 * of them when none is its. @throws InternalError when `raw` is not a result of a known version.
 */
export function networkResult(raw: JsonObject, ifName: string): NetworkResult {
  const interfaces = isAtLeast(versionOf(raw), LISTS_SINCE) ? list(raw, 'interfaces').map(readInterface) : [];
  return { ips: podAddresses(raw, ifName).map((address) => address.slice(0, address.indexOf('/'))), interfaces, raw };
}

/** The same addresses as ADDRESS/BITS. @throws InternalError as networkResult does */
export function podAddresses(raw: JsonObject, ifName: string): string[] {
  if (!isAtLeast(versionOf(raw), LISTS_SINCE)) return oldAddresses(raw);
  const interfaces = list(raw, 'interfaces').map(readInterface);
  const addresses = list(raw, 'ips').map((ip, index) => readAddress(ip, index, interfaces));
  const own = addresses.filter(({ owner }) => owner === undefined || (owner.name === ifName && owner.sandbox !== ''));
  return (own.length > 0 ? own : addresses).map(({ address }) => address);
}

/** The same result in another version's form, for DEL, whose configuration says the version. @param version at least 0.3.0 */
export function convertResult(raw: JsonObject, version: string): JsonObject {
  const from = versionOf(raw);
  if (from === version) return raw;
  const { ip4, ip6, ...rest } = raw;
  const ips = isAtLeast(from, LISTS_SINCE) ? list(raw, 'ips') : [ip4, ip6].filter(isJsonObject).map(({ ip, gateway }) => ({ address: ip, ...(gateway !== undefined && { gateway }) }));
  const routes = isAtLeast(from, LISTS_SINCE) ? raw['routes'] : [ip4, ip6].filter(isJsonObject).flatMap(({ routes: own }) => (Array.isArray(own) ? own as unknown[] : []));
  return { ...rest, cniVersion: version, ips: ips.map((ip) => (isJsonObject(ip) ? withIpVersion(ip, version) : ip)), ...(routes !== undefined && { routes }) };
}

function withIpVersion(ip: JsonObject, version: string): JsonObject {
  if (isAtLeast(version, NO_IP_VERSION_SINCE)) return Object.fromEntries(Object.entries(ip).filter(([key]) => key !== 'version'));
  return { ...ip, version: typeof ip['address'] === 'string' && ip['address'].includes(':') ? '6' : '4' };
}

function versionOf(raw: JsonObject): string {
  const version = raw['cniVersion'];
  if (typeof version !== 'string' || !isKnown(version)) throw new InternalError(`the result has cniVersion ${JSON.stringify(version)}; the newest known is ${NEWEST_VERSION}`);
  return version;
}

function isKnown(version: string): boolean {
  return ['', '0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0'].includes(version);
}

function oldAddresses(raw: JsonObject): string[] {
  return ['ip4', 'ip6'].map((key) => raw[key]).filter((ip) => ip !== undefined && ip !== null).map((ip, index) => {
    if (!isJsonObject(ip)) throw new InternalError(`address ${index} of the result is ${jsonType(ip)}, not an object`);
    return checkedAddress(ip['ip'], index);
  });
}

function readInterface(value: unknown, index: number): NetworkInterface {
  const { name, mac = '', sandbox = '' } = isJsonObject(value) ? value : {};
  if (typeof name !== 'string' || typeof mac !== 'string' || typeof sandbox !== 'string') throw new InternalError(`interface ${index} of the result is not {name, mac, sandbox}`);
  return { name, mac, sandbox };
}

function readAddress(value: unknown, index: number, interfaces: readonly NetworkInterface[]): { address: string; owner: NetworkInterface | undefined } {
  if (!isJsonObject(value)) throw new InternalError(`address ${index} of the result is ${jsonType(value)}, not an object`);
  const at = value['interface'];
  const owner = typeof at === 'number' ? interfaces[at] : undefined;
  if (at !== undefined && at !== null && !owner) throw new InternalError(`address ${index} of the result is of interface ${JSON.stringify(at)}; there are ${interfaces.length}`);
  return { address: checkedAddress(value['address'], index), owner };
}

function checkedAddress(address: unknown, index: number): string {
  const [, ip, bits] = typeof address === 'string' ? /^(.+)\/(\d{1,3})$/.exec(address) ?? [] : [];
  if (ip === undefined || isIP(ip) === 0 || ip.includes('%') || Number(bits) > (isIP(ip) === 4 ? 32 : 128)) throw new InternalError(`address ${index} of the result is ${JSON.stringify(address)}, not of the form 10.1.2.3/24`);
  return `${ip}/${Number(bits)}`;
}

function list(raw: JsonObject, key: string): readonly unknown[] {
  const value = raw[key] ?? [];
  if (!Array.isArray(value)) throw new InternalError(`"${key}" of the result is ${jsonType(value)}, not a list`);
  return value;
}
