/** A pod's files in <runroot>/pods/<id>/: resolv.conf, hostname, hosts and the tmpfs behind /dev/shm. */
import { access, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '#errors';
import { MNT_DETACH, MS, mount, umount } from '#linux';
import type { DnsConfig, PodSandboxConfig } from '#oci';
import { idMappingsOf, rootOwner, SHM_SIZE_BYTES } from '#oci';

export interface PodFiles {
  readonly directory: string;
  readonly resolvConf: string;
  readonly hostname: string;
  /** For containers whose client mounts none, as kubelet does. */
  readonly hosts: string;
  /** tmpfs of the pod, or the host's /dev/shm when the pod has the host's IPC namespace. */
  readonly shm: string;
}

export function podFiles(podsDir: string, id: string, config: PodSandboxConfig): PodFiles {
  const directory = join(podsDir, id);
  const hostIpc = config.linux.securityContext.namespaceOptions.ipc === 'node';
  return { directory, resolvConf: join(directory, 'resolv.conf'), hostname: join(directory, 'hostname'), hosts: join(directory, 'hosts'), shm: hostIpc ? '/dev/shm' : join(directory, 'shm') };
}

/** Makes all but the hosts file, for the pod's root to write; safe to call again. */
export async function writePodFiles(files: PodFiles, hostname: string, config: PodSandboxConfig, shmSizeBytes = SHM_SIZE_BYTES): Promise<void> {
  await mkdir(files.directory, { recursive: true, mode: 0o711 });
  const resolvConf = config.dnsConfig && hasDns(config.dnsConfig) ? formatResolvConf(config.dnsConfig) : await readNodeFile('/etc/resolv.conf');
  await Promise.all([writeOwned(files.resolvConf, resolvConf, config), writeOwned(files.hostname, `${hostname}\n`, config)]);
  if (!files.shm.startsWith(files.directory)) return;
  const owner = ownerOf(config);
  await mkdir(files.shm, { recursive: true });
  mount('shm', files.shm, 'tmpfs', MS.NOSUID | MS.NODEV | MS.NOEXEC, `mode=1777,size=${shmSizeBytes},uid=${owner.uid},gid=${owner.gid}`);
}

/** Makes the hosts file once the pod's addresses are known: the node's on its network, else the local names and the pod's own. */
export async function writeHostsFile(files: PodFiles, hostname: string, ips: readonly string[], config: PodSandboxConfig): Promise<void> {
  const isNodes = config.linux.securityContext.namespaceOptions.network === 'node';
  await writeOwned(files.hosts, isNodes ? await readNodeFile('/etc/hosts') : formatHosts(hostname, ips), config);
}

/** The hosts file; undefined for a pod that an earlier version of davit has run. */
export async function hostsFile({ hosts }: PodFiles): Promise<string | undefined> {
  return access(hosts).then(() => hosts, () => undefined);
}

/** hosts(5), with the names that kubelet gives a pod. */
export function formatHosts(hostname: string, ips: readonly string[]): string {
  return [...LOCAL_NAMES, ...ips.map((ip) => `${ip}\t${hostname}`), ''].join('\n');
}

const LOCAL_NAMES = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback', 'fe00::0\tip6-localnet', 'fe00::0\tip6-mcastprefix', 'fe00::1\tip6-allnodes', 'fe00::2\tip6-allrouters'];

/** Unmounts and removes; nothing there is success. */
export async function removePodFiles(files: PodFiles): Promise<void> {
  if (files.shm.startsWith(files.directory)) {
    try {
      umount(files.shm, MNT_DETACH);
    } catch (error) {
      // EINVAL: not mounted, ENOENT: never made.
      if (!['EINVAL', 'ENOENT'].includes(errnoOf(error) ?? '')) throw error;
    }
  }
  await rm(files.directory, { recursive: true, force: true });
}

/** resolv.conf(5) from CRI's DNSConfig. */
export function formatResolvConf(dns: DnsConfig): string {
  const lines = [
    ...(dns.searches.length > 0 ? [`search ${dns.searches.join(' ')}`] : []),
    ...dns.servers.map((server) => `nameserver ${server}`),
    ...(dns.options.length > 0 ? [`options ${dns.options.join(' ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function hasDns(dns: DnsConfig): boolean {
  return dns.servers.length + dns.searches.length + dns.options.length > 0;
}

function ownerOf(config: PodSandboxConfig): ReturnType<typeof rootOwner> {
  return rootOwner(idMappingsOf(config.linux.securityContext.namespaceOptions));
}

async function writeOwned(path: string, text: string, config: PodSandboxConfig): Promise<void> {
  await writeFile(path, text, { mode: 0o644 });
  const { uid, gid } = ownerOf(config);
  if (uid !== 0 || gid !== 0) await chown(path, uid, gid);
}

/** Empty where the node has none. */
async function readNodeFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return '';
    throw error;
  }
}
