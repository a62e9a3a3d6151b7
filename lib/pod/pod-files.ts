/** A pod's files in <runroot>/pods/<id>/: resolv.conf, hostname and the tmpfs behind /dev/shm. */
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '#errors';
import { MNT_DETACH, MS, mount, umount } from '#linux';
import type { DnsConfig, PodSandboxConfig } from '#oci';
import { idMappingsOf, rootOwner, SHM_SIZE_BYTES } from '#oci';

export interface PodFiles {
  readonly directory: string;
  readonly resolvConf: string;
  readonly hostname: string;
  /** tmpfs of the pod, or the host's /dev/shm when the pod has the host's IPC namespace. */
  readonly shm: string;
}

export function podFiles(podsDir: string, id: string, config: PodSandboxConfig): PodFiles {
  const directory = join(podsDir, id);
  const hostIpc = config.linux.securityContext.namespaceOptions.ipc === 'node';
  return { directory, resolvConf: join(directory, 'resolv.conf'), hostname: join(directory, 'hostname'), shm: hostIpc ? '/dev/shm' : join(directory, 'shm') };
}

/** Makes the files, for the pod's root to write; safe to call again. */
export async function writePodFiles(files: PodFiles, hostname: string, config: PodSandboxConfig, shmSizeBytes = SHM_SIZE_BYTES): Promise<void> {
  await mkdir(files.directory, { recursive: true, mode: 0o711 });
  const resolvConf = config.dnsConfig && hasDns(config.dnsConfig) ? formatResolvConf(config.dnsConfig) : await readHostResolvConf();
  const owner = rootOwner(idMappingsOf(config.linux.securityContext.namespaceOptions));
  await Promise.all([[files.resolvConf, resolvConf] as const, [files.hostname, `${hostname}\n`] as const].map(async ([path, text]) => {
    await writeFile(path, text, { mode: 0o644 });
    if (owner.uid !== 0 || owner.gid !== 0) await chown(path, owner.uid, owner.gid);
  }));
  if (!files.shm.startsWith(files.directory)) return;
  await mkdir(files.shm, { recursive: true });
  mount('shm', files.shm, 'tmpfs', MS.NOSUID | MS.NODEV | MS.NOEXEC, `mode=1777,size=${shmSizeBytes},uid=${owner.uid},gid=${owner.gid}`);
}

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

async function readHostResolvConf(): Promise<string> {
  try {
    return await readFile('/etc/resolv.conf', 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return '';
    throw error;
  }
}
