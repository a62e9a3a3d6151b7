import { BlockList, isIP } from 'node:net';
import { InvalidArgumentError } from '#errors';

/** Proxies as the environment names them (HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in either case). */
export interface ProxySettings { readonly httpProxy: string; readonly httpsProxy: string; readonly noProxy: string }

export const NO_PROXIES: ProxySettings = { httpProxy: '', httpsProxy: '', noProxy: '' };

/** @throws InvalidArgumentError naming the variable, never its value: it may hold a password */
export function checkProxies({ httpProxy, httpsProxy }: ProxySettings): void {
  for (const [name, value] of [['HTTP_PROXY', httpProxy], ['HTTPS_PROXY', httpsProxy]] as const) {
    const protocol = URL.canParse(value) ? new URL(value).protocol : '';
    if (value !== '' && protocol !== 'http:' && protocol !== 'https:') throw new InvalidArgumentError(`the proxy that ${name} names is no http or https address`);
  }
}

/** Whether requests to `url` go through a proxy, by the rules of Go's programs: loopback never does; NO_PROXY has hosts, `.domains`, addresses, CIDRs, each with or without a port. */
export function usesProxy({ httpProxy, httpsProxy, noProxy }: ProxySettings, url: URL): boolean {
  if ((url.protocol === 'https:' ? httpsProxy : httpProxy) === '') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return false;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return !noProxy.split(',').map((p) => p.trim().toLowerCase()).some((pattern) => pattern !== '' && excludes(pattern, host, port));
}

function excludes(pattern: string, host: string, port: string): boolean {
  if (pattern === '*') return true;
  const [, wanted = pattern, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(isIP(pattern) === 6 ? `[${pattern}]` : pattern) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const name = wanted.replace(/^\[|\]$/g, '');
  if (name.includes('/')) return inNetwork(name, host);
  if (isIP(name) !== 0) return name === host;
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (host.endsWith(`.${domain}`) || (host === domain && !/^\*?\./.test(name)));
}

function inNetwork(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
