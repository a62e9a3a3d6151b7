import { chmodSync, fchmodSync, fchownSync, lchownSync, linkSync, lutimesSync, statfsSync, symlinkSync } from 'node:fs';
import { DataLossError, errnoOf, ResourceExhaustedError } from '#errors';
import { lsetxattr, mknod, NewFile } from '#linux';
import { atPath, type AtPath, selfPath, systemText, withDirectory } from '../at-path.ts';
import { entryMeaning, splitEntryPath } from './entry-path.ts';
import { LayerDirectories } from './layer-directories.ts';
import { MAX_PATH_BYTES, MAX_XATTR_BYTES, type ExtractorLimits } from './limits.ts';
import { quote, type TarEntry, type TarSink } from './tar-reader.ts';
import { writeSparsely } from './sparse-write.ts';
import { storedXattrName } from './xattr-policy.ts';

/** Linux has 12 bits of major and 20 of minor. */
const MAX_MAJOR = 0xfff;
const MAX_MINOR = 0xfffff;
/** 2^32-1 means "leave as it is" to chown. */
const MAX_ID = 2 ** 32 - 2;
/** The widest time that every file system of ours keeps. */
const MAX_TIME_SECONDS = 2 ** 33;
const SPECIAL_BITS = 0o7000;
const NODE_TYPE = { char: 0o020000, block: 0o060000, fifo: 0o010000 } as const;
const DISK_BLOCK_BYTES = 4096;
/** Between two looks at the free space of the disk. */
const SPACE_CHECK_BYTES = 64 * 1024 ** 2;

/**
 * Writes an archive's entries below a directory of our own, as one layer of an overlay. Everything is created by one name in an open
 * directory with O_EXCL, or its like; what stood there before is unlinked first, so nothing is ever written through a link.
 */
export class Unpacker implements TarSink, Disposable {
  readonly #root: string;
  readonly #reservedFreeBytes: number;
  readonly #directories: LayerDirectories;
  #file: { readonly out: NewFile; readonly path: AtPath; readonly entry: TarEntry; bytes: number } | undefined;
  #diskBytes = 0;
  #inodes = 0;
  #sinceSpaceCheck = 0;

  /** @param root an empty directory. The process's umask must be 0. */
  constructor(root: string, limits: Pick<ExtractorLimits, 'reservedFreeBytes' | 'maxEntries'>) {
    this.#root = root;
    this.#reservedFreeBytes = limits.reservedFreeBytes;
    this.#directories = new LayerDirectories(root, limits.maxEntries);
  }

  /** About what the layer takes on the disk. */
  get usage(): { diskBytes: number; inodes: number } {
    const inodes = this.#inodes + this.#directories.made;
    return { diskBytes: this.#diskBytes + this.#directories.made * DISK_BLOCK_BYTES, inodes };
  }

  /** Whether an entry of the archive took the place of an earlier one, which is not on the disk then. */
  get replaced(): boolean {
    return this.#directories.replaced;
  }

  entry(entry: TarEntry): void {
    const components = splitEntryPath(entry.path);
    const meaning = entryMeaning(components);
    switch (meaning.kind) {
      case 'content': this.#content(components, checked(entry)); break;
      case 'whiteout': this.#directories.whiteout(components, meaning.name); break;
      case 'opaque': this.#directories.opaque(components); break;
      case 'ignored':
    }
    this.#account(DISK_BLOCK_BYTES);
  }

  data(bytes: Buffer): void {
    if (!this.#file) return;
    writeSparsely(this.#file.out, this.#file.bytes, bytes);
    this.#file.bytes += bytes.length;
    this.#account(bytes.length);
  }

  end(): void {
    if (!this.#file) return;
    const { out, path, entry } = this.#file;
    // Ownership first: changing it clears the set-id bits and the capabilities.
    if (entry.uid !== 0 || entry.gid !== 0) fchownSync(out.fd, entry.uid, entry.gid);
    if ((entry.mode & SPECIAL_BITS) !== 0) fchmodSync(out.fd, entry.mode);
    setXattrs(path, entry);
    out.finish(entry.mtime);
    this.#file = undefined;
  }

  /** The archive is complete: gives directories their attributes and returns the paths of those it does not describe ('' is the root). */
  finish(): string[] {
    return this.#directories.finish();
  }

  [Symbol.dispose](): void {
    this.#file?.out.close();
    this.#file = undefined;
    this.#directories[Symbol.dispose]();
  }

  #content(components: readonly string[], entry: TarEntry): void {
    if (entry.type === 'directory') { this.#directories.describe(components, entry); return; }
    const name = components.at(-1);
    if (name === undefined) throw new DataLossError(`unpack layer: the root directory is a ${entry.type} in the archive`);
    if (entry.type === 'link') this.#link(components, name, entry);
    else this.#create(components, name, entry);
    this.#inodes++;
  }

  #create(components: readonly string[], name: string, entry: TarEntry): void {
    const parent = this.#directories.parentOf(components);
    const path = atPath(parent, name);
    const make = (): void => {
      switch (entry.type) {
        case 'file': this.#file = { out: new NewFile(parent, systemText(name), entry.mode & ~SPECIAL_BITS), path, entry, bytes: 0 }; break;
        case 'symlink': makeSymlink(path, entry); break;
        case 'char': case 'block': case 'fifo': makeNode(path, entry, entry.type); break;
        case 'link': case 'directory':
      }
    };
    this.#replacing(name, make);
    this.#diskBytes += Math.ceil(entry.size / DISK_BLOCK_BYTES) * DISK_BLOCK_BYTES;
  }

  /** The target is a path from the layer's root, with or without a leading '/'; a link to a symlink is a second name of the symlink. */
  #link(components: readonly string[], name: string, entry: TarEntry): void {
    const target = splitEntryPath(entry.linkPath);
    const targetName = target.at(-1);
    const missing = (cause?: unknown): Error => new DataLossError(`unpack layer: the target ${quote(entry.linkPath)} of the hard link ${quote(entry.path)} is not in this layer`, { cause });
    if (targetName === undefined) throw missing();
    // A descriptor of its own: going to the new name may close the target's directory.
    withDirectory(selfPath(this.#directories.existingParentOf(target)), (targetParent) => {
      const targetPath = this.#directories.pathOf(targetName);
      const parent = this.#directories.parentOf(components);
      if (targetPath === this.#directories.pathOf(name) || this.#directories.isWhiteout(targetPath)) throw missing();
      try {
        this.#replacing(name, () => linkSync(atPath(targetParent, targetName), atPath(parent, name)));
      } catch (error) {
        if (errnoOf(error) === 'EPERM') throw new DataLossError(`unpack layer: the target ${quote(entry.linkPath)} of the hard link ${quote(entry.path)} is a directory`, { cause: error });
        throw errnoOf(error) === 'ENOENT' ? missing(error) : error;
      }
    });
  }

  /** Makes `name` in the directory opened last. */
  #replacing(name: string, make: () => void): void {
    try {
      make();
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      this.#directories.clear(name);
      make();
    }
  }

  #account(bytes: number): void {
    this.#sinceSpaceCheck += bytes;
    if (this.#sinceSpaceCheck < SPACE_CHECK_BYTES) return;
    this.#sinceSpaceCheck = 0;
    const { bavail, bsize } = statfsSync(this.#root);
    if (bavail * bsize < this.#reservedFreeBytes) throw new ResourceExhaustedError(`unpack layer: ${bavail * bsize} bytes are free on the disk, ${this.#reservedFreeBytes} must stay free`);
  }
}

function makeSymlink(path: AtPath, entry: TarEntry): void {
  // The text is data of the image: where it leads is decided in the container.
  symlinkSync(systemText(entry.linkPath), path);
  if (entry.uid !== 0 || entry.gid !== 0) lchownSync(path, entry.uid, entry.gid);
  setXattrs(path, entry);
  lutimesSync(path, entry.mtime, entry.mtime);
}

function makeNode(path: AtPath, entry: TarEntry, type: keyof typeof NODE_TYPE): void {
  mknod(path, NODE_TYPE[type] | (entry.mode & ~SPECIAL_BITS), { major: entry.devMajor, minor: entry.devMinor });
  if (entry.uid !== 0 || entry.gid !== 0) lchownSync(path, entry.uid, entry.gid);
  if ((entry.mode & SPECIAL_BITS) !== 0) chmodSync(path, entry.mode);
  setXattrs(path, entry);
  lutimesSync(path, entry.mtime, entry.mtime);
}

function setXattrs(path: AtPath, entry: TarEntry): void {
  for (const [name, value] of entry.xattrs ?? []) {
    const stored = storedXattrName(name);
    if (stored !== undefined) lsetxattr(path, stored, value);
  }
}

/** The entry with its time brought into range. @throws DataLossError for what Linux cannot keep. */
function checked(entry: TarEntry): TarEntry {
  for (const id of [entry.uid, entry.gid]) if (id < 0 || id > MAX_ID) throw new DataLossError(`unpack layer: ${quote(entry.path)} belongs to id ${id}, want 0 to ${MAX_ID}`);
  if (entry.type === 'char' || entry.type === 'block') checkDevice(entry);
  if (entry.type === 'symlink' && (entry.linkPath === '' || entry.linkPath.length > MAX_PATH_BYTES || entry.linkPath.includes('\0'))) throw new DataLossError(`unpack layer: the symlink ${quote(entry.path)} has a target of ${entry.linkPath.length} bytes, want 1 to ${MAX_PATH_BYTES}`);
  for (const [name, value] of entry.xattrs ?? []) if (value.length > MAX_XATTR_BYTES || name.length > 255 || name.includes('\0')) throw new DataLossError(`unpack layer: ${quote(entry.path)} has the attribute ${quote(name)} of ${value.length} bytes, at most ${MAX_XATTR_BYTES} are allowed`);
  const mtime = Math.min(Math.max(entry.mtime, 0), MAX_TIME_SECONDS);
  return mtime === entry.mtime ? entry : { ...entry, mtime };
}

function checkDevice({ path, type, devMajor, devMinor }: TarEntry): void {
  if (devMajor < 0 || devMajor > MAX_MAJOR || devMinor < 0 || devMinor > MAX_MINOR) throw new DataLossError(`unpack layer: the device ${quote(path)} has the number ${devMajor}:${devMinor}, want up to ${MAX_MAJOR}:${MAX_MINOR}`);
  // Overlayfs takes such a device for a whiteout: an archive has '.wh.' names for that.
  if (type === 'char' && devMajor === 0 && devMinor === 0) throw new DataLossError(`unpack layer: ${quote(path)} is the character device 0:0, which only a whiteout may be`);
}
