/** What a node holds that a container runtime might leave behind, each as sorted lines that can be compared. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** How the line of a process ends that has ended and waits for its parent. */
export const ZOMBIE = ' (zombie)';

/** Mount points with type and source, as this process sees them. */
export async function mounts(): Promise<string[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [type = '', source = ''] = after.split(' ');
    return `${before.split(' ')[4]} (${type} of ${source})`;
  }).sort();
}

/** Processes that are not the kernel's, with zombies marked. */
export async function processes(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(pids.map(describeProcess))).filter((line) => line !== undefined).sort();
}

/** Network namespaces that a process is in or that are pinned by a mount. */
export async function networkNamespaces(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const used = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/ns/net`).catch(() => undefined)));
  const pinned = (await readFile('/proc/self/mountinfo', 'utf8')).match(/net:\[\d+\]/g) ?? [];
  return [...new Set([...used.filter((ns) => ns !== undefined), ...pinned])].sort();
}

/** Network interfaces of this network namespace. */
export async function links(): Promise<string[]> {
  const { stdout } = await run('ip', ['-o', 'link', 'show'], { maxBuffer: MAX_OUTPUT_BYTES });
  return stdout.split('\n').filter((line) => line !== '').map((line) => (line.split(': ')[1] ?? '').replace(/@.*/, '')).sort();
}

/** iptables rules and chains, without counters and without the empty chains that the portmap plugin keeps for good. */
export async function firewall(): Promise<string[]> {
  const saved = await Promise.all(['iptables-save', 'ip6tables-save'].map((tool) => run(tool, [], { maxBuffer: MAX_OUTPUT_BYTES }).then((r) => `${tool}\n${r.stdout}`)));
  // Tables of nftables that iptables does not show, such as that of host ports.
  const tables = await run('nft', ['list', 'tables'], { maxBuffer: MAX_OUTPUT_BYTES }).then((r) => r.stdout.split('\n').filter((line) => / davit/.test(line)).map((line) => `-A ${line}`).join('\n'));
  return [...saved, tables].flatMap((text) => text.split('\n')).filter((line) => /^[-:]/.test(line) && !PERMANENT_RULE.test(line) && !BUILT_IN_CHAIN.test(line))
    .map((line) => line.replace(/\[\d+:\d+\]/, '').trim()).sort();
}

/** Directories of every cgroup hierarchy. */
export async function cgroups(): Promise<string[]> {
  const { stdout } = await run('find', ['/sys/fs/cgroup', '-type', 'd'], { maxBuffer: MAX_OUTPUT_BYTES }).catch((error: unknown) => {
    // A cgroup that goes away under find makes it fail; what it has seen stands.
    if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
    throw error;
  });
  return stdout.split('\n').filter((line) => line !== '').sort();
}

/** Everything below some directories; one that does not exist is empty. */
export async function paths(directories: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(directories.map(async (directory) => (await listTree(directory)).map((name) => join(directory, name))));
  return lists.flat().sort();
}

/** POSTROUTING and friends exist or not depending on who first touched the table. */
const BUILT_IN_CHAIN = /^:(PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING) /;
/** The portmap plugin's own top chains and the jumps to them: one set for the host, never removed by it. */
const PERMANENT_RULE = /^:CNI-HOSTPORT-(DNAT|SETMARK|MASQ) |^-A (PREROUTING|OUTPUT|POSTROUTING) .*-j CNI-HOSTPORT-(DNAT|MASQ)$|^-A CNI-HOSTPORT-(SETMARK|MASQ) /;

async function describeProcess(pid: string): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  if (parent === '2' || pid === '2') return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return `${pid} ${state === 'Z' ? `${name}${ZOMBIE}` : command.split('\0').join(' ').trim() || name}`;
}

/** Directories may vanish while we read: what is gone is not left. */
async function listTree(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const below = await Promise.all(entries.filter((e) => e.isDirectory()).map(async (e) => (await listTree(join(directory, e.name))).map((name) => join(e.name, name))));
  return [...entries.map((e) => e.name), ...below.flat()];
}
