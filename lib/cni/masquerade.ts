/**
 * What the bridge and ptp plugins leave behind: they find their masquerading rules by the addresses of the pod's interface,
 * so a DEL that finds no interface, because a DEL before it was killed half-way or the namespace is gone, says that all is
 * well and leaves them (up to version 1.9 at least).
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { InternalError } from '#errors';
import type { RunResult } from '#linux';
import type { AttachedNetwork } from './attachment-records.ts';
import type { PluginHost } from './invoke.ts';
import { quoted } from './plugin-error.ts';

const DIRECTORIES = ['/usr/sbin', '/sbin', '/usr/local/sbin'];
const TIMEOUT_MS = 10_000;
/** Seconds that iptables waits for its lock. */
const LOCK_SECONDS = '5';

/** Removes a sandbox's rules of iptables and ip6tables if there are any. @throws InternalError with the program's words */
export async function removeMasquerading({ runner, environment }: PluginHost, { name, plugins }: AttachedNetwork, sandboxId: string, { signal }: { signal: AbortSignal }): Promise<void> {
  if (!plugins.some(({ config }) => config['ipMasq'] === true && config['ipMasqBackend'] !== 'nftables')) return;
  const chain = chainOf(name, sandboxId);
  const run = (file: string, args: readonly string[], stdin = ''): Promise<RunResult> => runner.run({ file, args, env: environment, stdin: Buffer.from(stdin), timeoutMs: TIMEOUT_MS }, { signal });
  for (const tool of ['iptables', 'ip6tables']) {
    const path = await programPath(tool);
    if (path === undefined || (await run(path, ['-w', LOCK_SECONDS, '-t', 'nat', '-S', chain])).exitCode !== 0) continue;
    const jumps = (await run(path, ['-w', LOCK_SECONDS, '-t', 'nat', '-S', 'POSTROUTING'])).stdout.toString().split('\n').filter((line) => line.startsWith('-A ') && line.endsWith(`-j ${chain}`));
    const script = ['*nat', ...jumps.map((line) => `-D ${line.slice('-A '.length)}`), `-F ${chain}`, `-X ${chain}`, 'COMMIT', ''].join('\n');
    const result = await run(`${path}-restore`, ['-w', LOCK_SECONDS, '--noflush'], script);
    if (result.exitCode !== 0) throw new InternalError(`remove the masquerading rules of sandbox "${sandboxId}" by ${path}-restore: exit code ${result.exitCode ?? result.signal ?? 'unknown'}${quoted(':', result.stderr)}`);
  }
}

/** As the plugins name it. */
function chainOf(network: string, sandboxId: string): string {
  return `CNI-${createHash('sha512').update(`${network}${sandboxId}`).digest('hex').slice(0, 24)}`;
}

async function programPath(name: string): Promise<string | undefined> {
  for (const directory of DIRECTORIES) if (await access(`${directory}/${name}`, constants.X_OK).then(() => true, () => false)) return `${directory}/${name}`;
  return undefined;
}
