/** Reading a file of a container's rootfs without ever leaving it, whatever links the image holds. */
import { constants } from 'node:fs';
import { open, readlink, type FileHandle } from 'node:fs/promises';
import { errnoOf, InvalidArgumentError, ResourceExhaustedError } from '#errors';

/** Larger account files are refused (CVE-2024-9676: a sparse file of terabytes). */
export const MAX_ROOTFS_FILE_BYTES = 1024 * 1024;
const MAX_LINKS = 40;
/** Linux' O_PATH, which node:fs does not name: opens no device and waits for no fifo. */
const O_PATH = 0o10000000;

/**
 * The file's bytes, or undefined when it does not exist. Path components are opened one at a time, each below the one
 * before; links are followed as the container would, with the rootfs for '/', so they cannot lead out.
 * @throws InvalidArgumentError when it is no regular file, ResourceExhaustedError above MAX_ROOTFS_FILE_BYTES.
 */
export async function readRootfsFile(rootfsPath: string, path: string): Promise<Buffer | undefined> {
  await using walk = new Walk(path, await open(rootfsPath, O_PATH | constants.O_DIRECTORY));
  const pending = names(path);
  for (let links = 0, name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '..') { await walk.up(); continue; }
    const entered = await walk.enter(name);
    if (entered === 'missing') return undefined;
    if (entered === 'here') continue;
    const { link } = entered;
    if (++links > MAX_LINKS) throw new InvalidArgumentError(`read '${path}' of the image: more than ${MAX_LINKS} symbolic links`);
    if (link.startsWith('/')) await walk.toRoot();
    pending.unshift(...names(link));
  }
  return await walk.read();
}

function names(path: string): string[] {
  return path.split('/').filter((n) => n !== '' && n !== '.');
}

/** The directories from the rootfs down to where the walk is, all open. */
class Walk implements AsyncDisposable {
  readonly #path: string;
  readonly #handles: [FileHandle, ...FileHandle[]];

  constructor(path: string, root: FileHandle) {
    this.#path = path;
    this.#handles = [root];
  }

  /** Goes to `name`, or returns where it points when it is a symbolic link. */
  async enter(name: string): Promise<'here' | 'missing' | { link: string }> {
    const at = `/proc/self/fd/${this.#current.fd}/${name}`;
    let handle: FileHandle;
    try {
      handle = await open(at, O_PATH | constants.O_NOFOLLOW);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return 'missing';
      throw new InvalidArgumentError(`read '${this.#path}' of the image: cannot open '${name}'`, { cause: error });
    }
    if (!(await handle.stat()).isSymbolicLink()) {
      this.#handles.push(handle);
      return 'here';
    }
    await handle.close();
    return { link: await readlink(at) };
  }

  async up(): Promise<void> {
    if (this.#handles.length > 1) await this.#handles.pop()?.close();
  }

  async toRoot(): Promise<void> {
    while (this.#handles.length > 1) await this.up();
  }

  async read(): Promise<Buffer> {
    const { isFile, size } = await this.#current.stat().then((s) => ({ isFile: s.isFile(), size: s.size }));
    if (!isFile) throw new InvalidArgumentError(`read '${this.#path}' of the image: not a regular file`);
    if (size > MAX_ROOTFS_FILE_BYTES) throw new ResourceExhaustedError(`read '${this.#path}' of the image: ${size} bytes, at most ${MAX_ROOTFS_FILE_BYTES} are read`);
    await using file = await open(`/proc/self/fd/${this.#current.fd}`, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return buffer.subarray(0, bytesRead);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#handles.map((h) => h.close()));
  }

  get #current(): FileHandle {
    return this.#handles.at(-1) ?? this.#handles[0];
  }
}
