import { closeSync, constants, openSync, readSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { errnoOf } from '#errors';
import { check, cString, lastErrno, native, systemError } from './libc.ts';
import { mount } from './mount.ts';
import { moveMount } from './new-mount.ts';

export interface OverlayOptions {
  /** Directories, the topmost first; at least one. */
  readonly lower: readonly string[];
  /** Absent for a read-only overlay; needs `work` on the same file system. */
  readonly upper?: string;
  readonly work?: string;
  /** Further options of overlayfs, 'key' or 'key=value'. */
  readonly options?: readonly string[];
}

/** O_PATH, which node:fs does not name; the value is the same on every architecture that Node runs on. */
const O_PATH = 0o10000000;
/** fsconfig(FSCONFIG_SET_STRING) and the kernel's option parser take no longer value than this. */
const MAX_VALUE_BYTES = 255;
/** The new mount interface has the same numbers on every architecture. */
const NR = { fsopen: 430, fsconfig: 431, fsmount: 432 } as const;
const FSOPEN_CLOEXEC = 1;
const FSMOUNT_CLOEXEC = 1;
const FSCONFIG = { setFlag: 0, setString: 1, create: 6 } as const;
/** The option by which a list of layers is given one by one. */
const APPEND_LOWER = 'lowerdir+';
/** An option that no overlayfs has. */
const UNKNOWN_OPTION = 'davit-asks';

const fsopen = native('syscall', 'int64_t', ['long', 'const uint8_t *', 'uint']);
const fsconfig = native('syscall', 'int64_t', ['long', 'int', 'uint', 'const uint8_t *', 'const uint8_t *', 'int']);
const fsmount = native('syscall', 'int64_t', ['long', 'int', 'uint', 'uint']);

/**
 * Mounts an overlay on `target`. Layers are given one by one (`lowerdir+`, Linux 6.8) and by mount(2) where the kernel has no such
 * option. Paths that are long or hold a separator go in as /proc/self/fd/N, so that neither their form nor 200 of them matter.
 * @throws Error with `.code` and the kernel's own words where it has some.
 */
export function overlayMount(target: string, options: OverlayOptions): void {
  try {
    mountLayerByLayer(target, options);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    mountByOptionText(target, options);
  }
}

/** The interface of Linux 6.8. Exported for its own test. */
export function mountLayerByLayer(target: string, options: OverlayOptions): void {
  using paths = new ShortPaths((path) => Buffer.byteLength(path) <= MAX_VALUE_BYTES && !/[\\,:]/.test(path));
  const fs = check(fsopen()(NR.fsopen, cString('overlay'), FSOPEN_CLOEXEC), 'fsopen', 'overlay');
  try {
    refuseLegacy(fs, target);
    const set = (key: string, value: string): void => configure(fs, target, FSCONFIG.setString, key, value);
    set('source', 'overlay');
    for (const lower of options.lower) set(APPEND_LOWER, paths.of(lower));
    if (options.upper !== undefined) set('upperdir', paths.of(options.upper));
    if (options.work !== undefined) set('workdir', paths.of(options.work));
    for (const option of options.options ?? []) {
      const [key = '', value] = option.split('=', 2);
      if (value === undefined) configure(fs, target, FSCONFIG.setFlag, key, null);
      else set(key, value);
    }
    configure(fs, target, FSCONFIG.create, null, null);
    const mounted = check(fsmount()(NR.fsmount, fs, FSMOUNT_CLOEXEC, 0), 'fsmount', target);
    try {
      moveMount(mounted, target);
    } finally {
      closeSync(mounted);
    }
  } finally {
    closeSync(fs);
  }
}

/** The interface of every kernel: one option text, which must fit a page. Exported for its own test. */
export function mountByOptionText(target: string, options: OverlayOptions): void {
  using paths = new ShortPaths(() => false);
  const parts = [`lowerdir=${options.lower.map((path) => paths.of(path)).join(':')}`];
  if (options.upper !== undefined) parts.push(`upperdir=${paths.of(options.upper)}`);
  if (options.work !== undefined) parts.push(`workdir=${paths.of(options.work)}`);
  mount('overlay', target, 'overlay', 0, [...parts, ...(options.options ?? [])].join(','));
}

/** ENOSYS: no fsopen (before 5.2, or a seccomp filter). EINVAL of lowerdir+: overlayfs before 6.8. */
function isUnsupported(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 'ENOSYS' || (errno === 'EINVAL' && error instanceof Error && error.message.includes(APPEND_LOWER));
}

/**
 * Before 6.5 overlayfs collects options as text and looks at none until the mount is made, when it writes into the kernel's log what
 * it does not know: every container would leave a line there.
 * @throws Error EINVAL of lowerdir+
 */
function refuseLegacy(fs: number, target: string): void {
  if (fsconfig()(NR.fsconfig, fs, FSCONFIG.setFlag, cString(UNKNOWN_OPTION), null, 0) >= 0) throw systemError('fsconfig', osConstants.errno.EINVAL, target, APPEND_LOWER);
  // What the kernel says about it belongs to no error of ours.
  kernelWords(fs);
}

function configure(fs: number, target: string, command: number, key: string | null, value: string | null): void {
  const result = fsconfig()(NR.fsconfig, fs, command, key === null ? null : cString(key), value === null ? null : cString(value), 0);
  if (result >= 0) return;
  // errno first: reading the kernel's words sets it anew.
  const errno = lastErrno();
  throw systemError('fsconfig', errno, target, [key === null ? 'create' : `${key}=${value ?? ''}`, ...kernelWords(fs)].join(': '));
}

/** What the kernel logged into the file system context: lines like 'e overlay: …'. */
function kernelWords(fs: number): string[] {
  const words: string[] = [];
  const line = Buffer.alloc(1024);
  try {
    while (words.length < 8) words.push(line.toString('utf8', 0, readSync(fs, line)).trim());
  } catch {
    // ENODATA: no more lines
  }
  return words;
}

/** Gives paths as they are or, where that is not possible, by a descriptor that lives until disposal. */
class ShortPaths implements Disposable {
  readonly #fits: (path: string) => boolean;
  readonly #open: number[] = [];

  constructor(fits: (path: string) => boolean) {
    this.#fits = fits;
  }

  of(path: string): string {
    if (this.#fits(path)) return path;
    const fd = openSync(path, O_PATH | constants.O_DIRECTORY);
    this.#open.push(fd);
    return `/proc/self/fd/${fd}`;
  }

  [Symbol.dispose](): void {
    for (const fd of this.#open) closeSync(fd);
  }
}
