import type { SpecMount } from './types.ts';

/** Files and directories of the pod that every container sees. */
export interface PodFilePaths {
  readonly resolvConf: string;
  /** Absent: the container shares the node's name and has the image's own file. */
  readonly hostname?: string;
  /** Absent: the image's own file, if it has one. */
  readonly hosts?: string;
  /** The pod's /dev/shm, or the node's for a pod with the node's IPC. */
  readonly shm: string;
}

/** Size of a /dev/shm, as Docker, containerd and CRI-O have it. */
export const SHM_SIZE_BYTES = 64 * 1024 * 1024;

/**
 * What every container has mounted (https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md#default-filesystems),
 * parents before children. `writable` is a privileged container's view of /sys.
 */
export function defaultMounts(files: PodFilePaths, options: { readonly privileged: boolean; readonly readonlyRootfs: boolean; readonly userNamespaceOfNodeNetwork: boolean; readonly ownIpc: boolean; readonly shmSizeBytes: number }): SpecMount[] {
  const sysMode = options.privileged ? 'rw' : 'ro';
  const fileMode = options.readonlyRootfs ? 'ro' : 'rw';
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
    { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'] },
    { destination: '/dev/pts', type: 'devpts', source: 'devpts', options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'] },
    { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
    options.ownIpc
      ? { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777', `size=${options.shmSizeBytes}`] }
      // Said again: runtimes take a bind mount's flags for all that it shall have. The node's may hold programs.
      : { destination: '/dev/shm', type: 'bind', source: files.shm, options: ['rbind', 'rprivate', 'nosuid', 'nodev', ...(files.shm === '/dev/shm' ? [] : ['noexec']), 'rw'] },
    // sysfs belongs to a network namespace: a user namespace that does not own it may only bind the node's.
    options.userNamespaceOfNodeNetwork
      ? { destination: '/sys', type: 'bind', source: '/sys', options: ['rbind', 'rprivate', 'nosuid', 'noexec', 'nodev', sysMode] }
      : { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', sysMode] },
    { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['nosuid', 'noexec', 'nodev', 'relatime', sysMode] },
    ...podFile('/etc/resolv.conf', files.resolvConf, fileMode),
    ...podFile('/etc/hostname', files.hostname, fileMode),
    ...podFile('/etc/hosts', files.hosts, fileMode),
  ];
}

function podFile(destination: string, source: string | undefined, mode: 'ro' | 'rw'): SpecMount[] {
  return source === undefined || source === '' ? [] : [{ destination, type: 'bind', source, options: ['bind', 'rprivate', 'nosuid', 'nodev', 'noexec', mode] }];
}
