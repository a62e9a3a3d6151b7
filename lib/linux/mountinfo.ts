import { readFileSync } from 'node:fs';

/** One line of /proc/<pid>/mountinfo, https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html. */
export interface MountEntry {
  readonly id: number;
  readonly parentId: number;
  /** 'major:minor' of the file system. */
  readonly device: string;
  /** The directory of the file system that is the mount's root. */
  readonly root: string;
  readonly mountPoint: string;
  readonly options: readonly string[];
  /** Propagation tags: 'shared:N', 'master:N', 'propagate_from:N', 'unbindable'. None is a private mount. */
  readonly propagation: readonly string[];
  readonly fstype: string;
  readonly source: string;
  readonly superOptions: readonly string[];
}

/** The mounts of a namespace in mount order (a later one of the same point covers the earlier). */
export function readMountInfo(path = '/proc/self/mountinfo'): MountEntry[] {
  return parseMountInfo(readFileSync(path, 'utf8'));
}

/** Lines that do not have mountinfo's form are left out. */
export function parseMountInfo(text: string): MountEntry[] {
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): MountEntry | undefined {
  const fields = line.split(' ');
  const separator = fields.indexOf('-', 6);
  const [id, parentId, device, root, mountPoint, options] = fields;
  const [fstype, source, superOptions] = separator < 0 ? [] : fields.slice(separator + 1);
  if (device === undefined || root === undefined || mountPoint === undefined || options === undefined || fstype === undefined || source === undefined) return undefined;
  return {
    id: Number(id), parentId: Number(parentId), device, root: unescape(root), mountPoint: unescape(mountPoint), options: options.split(','),
    propagation: fields.slice(6, separator), fstype: unescape(fstype), source: unescape(source), superOptions: (superOptions ?? '').split(',').map(unescape),
  };
}

/** Undoes the octal escapes of space, tab, newline and backslash. */
function unescape(text: string): string {
  return text.includes('\\') ? text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))) : text;
}
