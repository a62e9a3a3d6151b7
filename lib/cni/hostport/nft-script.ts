/** The table of all host ports as one nft script: applied as one transaction it replaces whatever was there. */
import { isIPv4 } from 'node:net';
import type { HostPortRule } from './rules.ts';

const TABLE = 'inet davit_hostports';
/** The bit that the portmap plugin uses for the same purpose: between DNAT and the way out, masquerade this connection. */
const MASQUERADE_MARK = '0x2000';
const LOOPBACK_NETWORK = '127.0.0.0/8';

/** Without rules: a script that leaves no table. */
export function nftScript(rules: readonly HostPortRule[]): string {
  const replace = `add table ${TABLE}\ndelete table ${TABLE}\n`;
  if (rules.length === 0) return replace;
  // The narrower rule first: a port of one address beside the same port of all others.
  const sorted = rules.toSorted((a, b) => Number(a.hostIp === '') - Number(b.hostIp === ''));
  return `${replace}table ${TABLE} {
\tchain hostports {
${sorted.flatMap(portRules).map((rule) => `\t\t${rule}\n`).join('')}\t}
\tchain prerouting {
\t\ttype nat hook prerouting priority dstnat; policy accept;
\t\tfib daddr type local jump hostports
\t}
\tchain output {
\t\ttype nat hook output priority -100; policy accept;
\t\tip6 daddr ::1 return
\t\tfib daddr type local jump hostports
\t}
\tchain postrouting {
\t\ttype nat hook postrouting priority srcnat; policy accept;
\t\tmeta mark & ${MASQUERADE_MARK} == ${MASQUERADE_MARK} ct status dnat masquerade
\t}
\tchain loopback_is_local {
\t\ttype filter hook input priority -10; policy accept;
\t\tiifname != "lo" ip daddr ${LOOPBACK_NETWORK} ct status & dnat == 0 ct state != { established, related } drop
\t}
}
`;
}

/** Connections from this node's loopback and from the pod's own network leave with the node's address, so that answers come back through it. */
function portRules({ protocol, hostPort, hostIp, podIp, podPort, podNetwork }: HostPortRule): string[] {
  const family = isIPv4(podIp) ? 'ip' : 'ip6';
  const match = `meta nfproto ${family === 'ip' ? 'ipv4' : 'ipv6'} ${hostIp === '' ? '' : `${family} daddr ${hostIp} `}${protocol} dport ${hostPort}`;
  const sources = family === 'ip' ? [LOOPBACK_NETWORK, podNetwork] : [podNetwork];
  const target = family === 'ip' ? `${podIp}:${podPort}` : `[${podIp}]:${podPort}`;
  return [...sources.map((source) => `${match} ${family} saddr ${source} meta mark set meta mark | ${MASQUERADE_MARK}`), `${match} dnat ${family} to ${target}`];
}
