/** The system calls and kernel facts that Node lacks, typed. The only importer of FFI. */
export type { SystemPath } from './libc.ts';
export { mount, MNT_DETACH, MS, umount, UMOUNT_NOFOLLOW } from './mount.ts';
export { parseMountInfo, readMountInfo } from './mountinfo.ts';
export type { MountEntry } from './mountinfo.ts';
export { deviceId, deviceNumber, mknod } from './node.ts';
export type { DeviceNumber } from './node.ts';
export { overlayMount } from './overlay.ts';
export type { OverlayOptions } from './overlay.ts';
export { parseStartTime, processStartTime } from './process-start.ts';
export { createProcessRunner } from './run-process.ts';
export { syncfs } from './syncfs.ts';
export { lgetxattr, llistxattr, lsetxattr } from './xattr.ts';
export { DEFAULT_MAX_OUTPUT_BYTES } from './process.ts';
export type { ProcessRunner, RunResult, RunSpec } from './process.ts';
