import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { ProcessRunner } from '#linux';
import type { HostPortRule } from './rules.ts';

const CONNTRACK_PATHS = ['/usr/sbin/conntrack', '/sbin/conntrack', '/usr/bin/conntrack'];
const CONNTRACK_TIMEOUT_MS = 5000;

/**
 * UDP has no end of a connection: a client that goes on sending would stay with the port's former pod, or with none. Where the node has
 * conntrack(8), what is known of such ports is forgotten; where it has not, such clients wait for the kernel's time limit.
 */
export async function forgetUdpConnections({ runner }: { readonly runner: ProcessRunner }, rules: readonly HostPortRule[]): Promise<void> {
  const ports = new Set(rules.filter(({ protocol }) => protocol === 'udp').map(({ hostPort }) => hostPort));
  if (ports.size === 0) return;
  for (const file of CONNTRACK_PATHS) {
    if (!await access(file, constants.X_OK).then(() => true, () => false)) continue;
    for (const family of ['ipv4', 'ipv6']) {
      for (const port of ports) {
        // Exit code 1: there was none.
        await runner.run({ file, args: ['-D', '-f', family, '-p', 'udp', '--orig-port-dst', String(port)], env: {}, timeoutMs: CONNTRACK_TIMEOUT_MS }, { signal: AbortSignal.timeout(CONNTRACK_TIMEOUT_MS + 1000) });
      }
    }
    return;
  }
}
