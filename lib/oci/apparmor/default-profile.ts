/** Names of the profile below: davit's own, and CRI-O's for nodes whose crio.conf says so. */
export const DEFAULT_PROFILE_NAME = 'davit-default';
export const BUILT_IN_PROFILE_NAMES: readonly string[] = [DEFAULT_PROFILE_NAME, 'crio-default'];

/**
 * The profile of containers that ask for none or for the runtime's default (https://gitlab.com/apparmor/apparmor/-/wikis/QuickProfileLanguage): what Docker's users know. Files are the
 * mounts' business; the kernel's settings in /proc and /sys are not a container's to change, nor is what is mounted; it signals and traces its own
 * kind only, and is signalled by the runtime. Needs no other file of the node.
 */
export function defaultProfile(name: string): string {
  return `profile ${name} flags=(attach_disconnected,mediate_deleted) {
  network,
  capability,
  file,
  umount,

  # The runtime may have a profile of its own.
  signal (receive) peer=unconfined,
  signal (receive) peer=crun,
  signal (receive) peer=runc,
  signal (send,receive) peer=${name},
  ptrace (trace,read,tracedby,readby) peer=${name},

  # Everything in /proc but what belongs to a process, and the settings of shared memory.
  deny /proc/* w,
  deny /proc/{[^1-9],[^1-9][^0-9],[^1-9s][^0-9y][^0-9s],[^1-9][^0-9][^0-9][^0-9]*}/** w,
  deny /proc/sys/[^k]** w,
  deny /proc/sys/kernel/{?,??,[^s][^h][^m]**} w,
  deny /proc/sysrq-trigger rwklx,
  deny /proc/kcore rwklx,

  deny mount,

  # Everything in /sys but /sys/fs/cgroup.
  deny /sys/[^f]*/** wklx,
  deny /sys/f[^s]*/** wklx,
  deny /sys/fs/[^c]*/** wklx,
  deny /sys/fs/c[^g]*/** wklx,
  deny /sys/fs/cg[^r]*/** wklx,
  deny /sys/firmware/** rwklx,
  deny /sys/devices/virtual/powercap/** rwklx,
  deny /sys/kernel/security/** rwklx,
}
`;
}
