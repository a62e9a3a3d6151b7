import { readFileSync } from 'node:fs';

/** Names by bit number, https://man7.org/linux/man-pages/man7/capabilities.7.html. */
export const CAPABILITY_NAMES: readonly string[] = [
  'CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_KILL', 'CAP_SETGID', 'CAP_SETUID',
  'CAP_SETPCAP', 'CAP_LINUX_IMMUTABLE', 'CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_IPC_LOCK', 'CAP_IPC_OWNER',
  'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_CHROOT', 'CAP_SYS_PTRACE', 'CAP_SYS_PACCT', 'CAP_SYS_ADMIN', 'CAP_SYS_BOOT', 'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE', 'CAP_SYS_TIME', 'CAP_SYS_TTY_CONFIG', 'CAP_MKNOD', 'CAP_LEASE', 'CAP_AUDIT_WRITE', 'CAP_AUDIT_CONTROL', 'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE', 'CAP_MAC_ADMIN', 'CAP_SYSLOG', 'CAP_WAKE_ALARM', 'CAP_BLOCK_SUSPEND', 'CAP_AUDIT_READ', 'CAP_PERFMON', 'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
];

export interface CapabilitySets {
  /** What a process started from here can ever hold. */
  readonly bounding: ReadonlySet<string>;
  readonly effective: ReadonlySet<string>;
  readonly permitted: ReadonlySet<string>;
}

/** The capabilities of this process, or of the one whose status file is given. */
export function capabilities(statusFile = '/proc/self/status'): CapabilitySets {
  return parseCapabilitySets(readFileSync(statusFile, 'utf8'));
}

/** Reads CapBnd, CapEff and CapPrm of a /proc/<pid>/status text; bits that have no name here are left out. */
export function parseCapabilitySets(status: string): CapabilitySets {
  const set = (field: string): ReadonlySet<string> => namesOf(new RegExp(`^${field}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1] ?? '0');
  return { bounding: set('CapBnd'), effective: set('CapEff'), permitted: set('CapPrm') };
}

function namesOf(hex: string): ReadonlySet<string> {
  const mask = BigInt(`0x${hex}`);
  return new Set(CAPABILITY_NAMES.filter((_, bit) => (mask >> BigInt(bit) & 1n) === 1n));
}
