/**
 * Project quotas of ext4 and xfs: a directory has a project, what is made below it inherits that, and the file system counts and limits what a project takes.
 * ioctl_fsxattr(2), quotactl(2), linux/quota.h, linux/dqblk_xfs.h. What changes something runs in a thread of the pool: a journal may be busy.
 */
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { lastErrno, native, systemError, type NativeFunction, type NativeValue } from './libc.ts';

const ioctl3 = native('ioctl', 'int', ['int', 'ulong', '_Inout_ uint8_t *']);
const quotactlFd = native('syscall', 'int64_t', ['long', 'uint', 'uint', 'uint', '_Inout_ uint8_t *']);
/** quotactl_fd(2), Linux 5.14; the same number on every architecture. */
const NR_QUOTACTL_FD = 443;

const FS_IOC_FSGETXATTR = 0x801c581f;
const FS_IOC_FSSETXATTR = 0x401c5820;
/** struct fsxattr: xflags, extsize, nextents, projid, cowextsize, and 8 bytes of padding. */
const FSXATTR = { bytes: 28, xflags: 0, projid: 12 } as const;
const FS_XFLAG_PROJINHERIT = 0x200;

const PRJQUOTA = 2;
/** The command of quotactl(2) for projects. */
const command = (number: number): number => (number << 8 | PRJQUOTA) >>> 0;
const GET = command(0x800007);
const SET = command(0x800008);
const GET_NEXT = command(0x800009);
const GET_STATE = command(0x5808);
/** struct if_nextdqblk; struct if_dqblk is its beginning. Blocks are of 1 KiB, the space in use is bytes. */
const DQBLK = { bytes: 72, blockHardLimit: 0, blockSoftLimit: 8, space: 16, inodeHardLimit: 24, inodeSoftLimit: 32, inodes: 40, valid: 64, id: 68 } as const;
const QIF_LIMITS = 1 | 4;
const BLOCK_BYTES = 1024;
/** struct fs_quota_statv. */
const STATE = { bytes: 256, version: 0, flags: 2 } as const;
const FS_QSTATV_VERSION1 = 1;
const [FS_QUOTA_PDQ_ACCT, FS_QUOTA_PDQ_ENFD] = [1 << 4, 1 << 5];

const { ENOENT, ESRCH, ENOSYS, EOPNOTSUPP, EINVAL, ENOTTY } = constants.errno;
/** Not among Node's names. */
const ENOTBLK = 15;
const NO_QUOTA: ReadonlySet<number> = new Set([ESRCH, ENOSYS, EOPNOTSUPP, EINVAL, ENOTBLK]);
const NO_ATTRIBUTES: ReadonlySet<number> = new Set([ENOTTY, EOPNOTSUPP, EINVAL]);
/** xfs and ext4 say ENOENT. */
const NO_PROJECT: ReadonlySet<number> = new Set([ENOENT]);

/** What a project takes and may take; a limit of 0 is none. */
export interface ProjectUsage {
  readonly bytes: number;
  readonly inodes: number;
  readonly maxBytes: number;
  readonly maxInodes: number;
}

/** Whether a file system counts what projects take, and refuses what goes beyond their limits. */
export interface ProjectQuotaState { readonly counted: boolean; readonly enforced: boolean }

/** Of the file system of `directory`. Neither, where file system or kernel (before Linux 5.14) has no project quota. @throws Error with `.code` */
export function projectQuotaState(directory: string): ProjectQuotaState {
  const state = Buffer.alloc(STATE.bytes);
  state.writeInt8(FS_QSTATV_VERSION1, STATE.version);
  const answered = withDirectory(directory, (fd) => ask(directory, 'quotactl_fd', quotactlFd(), [NR_QUOTACTL_FD, fd, GET_STATE, 0, state], NO_QUOTA));
  const flags = answered ? state.readUInt16LE(STATE.flags) : 0;
  return { counted: (flags & FS_QUOTA_PDQ_ACCT) !== 0, enforced: (flags & FS_QUOTA_PDQ_ENFD) !== 0 };
}

/** The project that a directory hands on; 0 is none. @throws Error with `.code` */
export function projectOf(directory: string): number {
  const attributes = Buffer.alloc(FSXATTR.bytes);
  const answered = withDirectory(directory, (fd) => ask(directory, 'ioctl', ioctl3(), [fd, FS_IOC_FSGETXATTR, attributes], NO_ATTRIBUTES));
  return answered && (attributes.readUInt32LE(FSXATTR.xflags) & FS_XFLAG_PROJINHERIT) !== 0 ? attributes.readUInt32LE(FSXATTR.projid) : 0;
}

/** @param directory any of the file system. @throws Error with `.code` */
export function projectUsage(directory: string, project: number): ProjectUsage {
  const block = Buffer.alloc(DQBLK.bytes);
  withDirectory(directory, (fd) => ask(directory, 'quotactl_fd', quotactlFd(), [NR_QUOTACTL_FD, fd, GET, project, block], NO_PROJECT));
  return usageIn(block);
}

/** The first project from `project` on that has a limit or takes something; undefined: there is none. @throws Error with `.code` */
export function nextProject(directory: string, project: number): ({ readonly project: number } & ProjectUsage) | undefined {
  const block = Buffer.alloc(DQBLK.bytes);
  const found = withDirectory(directory, (fd) => ask(directory, 'quotactl_fd', quotactlFd(), [NR_QUOTACTL_FD, fd, GET_NEXT, project, block], NO_PROJECT));
  return found ? { project: block.readUInt32LE(DQBLK.id), ...usageIn(block) } : undefined;
}

/** Gives an empty directory a project, for itself and what will be made below. @throws Error with `.code` */
export async function setProject(directory: string, project: number): Promise<void> {
  await withDirectory(directory, async (fd) => {
    const attributes = Buffer.alloc(FSXATTR.bytes);
    ask(directory, 'ioctl', ioctl3(), [fd, FS_IOC_FSGETXATTR, attributes]);
    attributes.writeUInt32LE((attributes.readUInt32LE(FSXATTR.xflags) | FS_XFLAG_PROJINHERIT) >>> 0, FSXATTR.xflags);
    attributes.writeUInt32LE(project, FSXATTR.projid);
    await tell(directory, 'ioctl', ioctl3(), [fd, FS_IOC_FSSETXATTR, attributes]);
  });
}

/** Sets a project's limits; 0 is none. @throws Error with `.code` */
export async function limitProject(directory: string, project: number, limits: { readonly maxBytes: number; readonly maxInodes: number }): Promise<void> {
  const block = Buffer.alloc(DQBLK.bytes);
  block.writeBigUInt64LE(BigInt(Math.ceil(limits.maxBytes / BLOCK_BYTES)), DQBLK.blockHardLimit);
  block.writeBigUInt64LE(BigInt(limits.maxInodes), DQBLK.inodeHardLimit);
  block.writeUInt32LE(QIF_LIMITS, DQBLK.valid);
  await withDirectory(directory, (fd) => tell(directory, 'quotactl_fd', quotactlFd(), [NR_QUOTACTL_FD, fd, SET, project, block]));
}

function usageIn(block: Buffer): ProjectUsage {
  const at = (offset: number): number => Number(block.readBigUInt64LE(offset));
  return { bytes: at(DQBLK.space), inodes: at(DQBLK.inodes), maxBytes: at(DQBLK.blockHardLimit) * BLOCK_BYTES, maxInodes: at(DQBLK.inodeHardLimit) };
}

/** `use` may be asynchronous: the directory stays open until then. */
function withDirectory<T>(directory: string, use: (fd: number) => T): T {
  const fd = openSync(directory, 'r');
  let result: T;
  try {
    result = use(fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  if (!(result instanceof Promise)) { closeSync(fd); return result; }
  return result.finally(() => closeSync(fd)) as T;
}

/** False for an errno of `absent`. */
function ask(directory: string, syscall: string, target: NativeFunction, args: NativeValue[], absent: ReadonlySet<number> = new Set()): boolean {
  if (target(...args) >= 0) return true;
  const errno = lastErrno();
  if (absent.has(errno)) return false;
  throw systemError(syscall, errno, directory);
}

function tell(directory: string, syscall: string, target: NativeFunction, args: NativeValue[]): Promise<void> {
  return new Promise((resolve, reject) => {
    target.async(...args, (error, result) => {
      if (error instanceof Error) reject(error);
      else if (result < 0) reject(systemError(syscall, lastErrno(), directory));
      else resolve();
    });
  });
}
