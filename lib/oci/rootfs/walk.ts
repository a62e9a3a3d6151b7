/** Going through a container's rootfs without ever leaving it, whatever links the image holds. */
import { constants } from 'node:fs';
import { lchown, mkdir, open, readlink, type FileHandle } from 'node:fs/promises';
import { errnoOf, InvalidArgumentError } from '#errors';

const MAX_LINKS = 40;
/** Linux' O_PATH, which node:fs does not name: opens no device and waits for no fifo. */
const O_PATH = 0o10000000;

/** On the node: with a user namespace not the 0 that the container sees. */
export interface DirectoryOwner { readonly uid: number; readonly gid: number }

/**
 * Opens what is at `path`, and makes the directories that are missing on the way there for the owner `make`, if there is one. Path components are
 * opened one at a time, each below the one before; links are followed as the container would, with the rootfs for '/', so
 * they cannot lead out. The caller disposes the result.
 * @returns undefined when it does not exist. @throws InvalidArgumentError for more than 40 links, or for what is no directory in the middle.
 */
export async function walkRootfs(rootfsPath: string, path: string, options: { readonly make?: DirectoryOwner } = {}): Promise<Walk | undefined> {
  const walk = new Walk(path, await open(rootfsPath, O_PATH | constants.O_DIRECTORY));
  try {
    if (await descend(walk, path, options.make)) return walk;
  } catch (error) {
    await walk[Symbol.asyncDispose]();
    throw error;
  }
  await walk[Symbol.asyncDispose]();
  return undefined;
}

async function descend(walk: Walk, path: string, make: DirectoryOwner | undefined): Promise<boolean> {
  const pending = names(path);
  for (let links = 0, name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '..') { await walk.up(); continue; }
    let entered = await walk.enter(name);
    if (entered === 'missing' && make) {
      await walk.makeDirectory(name, make);
      entered = await walk.enter(name);
    }
    if (entered === 'missing') return false;
    if (entered === 'here') continue;
    const { link } = entered;
    if (++links > MAX_LINKS) throw new InvalidArgumentError(`go to '${path}' of the image: more than ${MAX_LINKS} symbolic links`);
    if (link.startsWith('/')) await walk.toRoot();
    pending.unshift(...names(link));
  }
  return true;
}

function names(path: string): string[] {
  return path.split('/').filter((n) => n !== '' && n !== '.');
}

/** The directories from the rootfs down to where the walk is, all open. */
export class Walk implements AsyncDisposable {
  readonly #path: string;
  readonly #handles: [FileHandle, ...FileHandle[]];

  constructor(path: string, root: FileHandle) {
    this.#path = path;
    this.#handles = [root];
  }

  /** Goes to `name`, or returns where it points when it is a symbolic link. */
  async enter(name: string): Promise<'here' | 'missing' | { link: string }> {
    const at = `/proc/self/fd/${this.current.fd}/${name}`;
    let handle: FileHandle;
    try {
      handle = await open(at, O_PATH | constants.O_NOFOLLOW);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return 'missing';
      throw new InvalidArgumentError(`go to '${this.#path}' of the image: cannot open '${name}'`, { cause: error });
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

  /** In the directory where the walk is; mode 0755. */
  async makeDirectory(name: string, { uid, gid }: DirectoryOwner): Promise<void> {
    const path = `/proc/self/fd/${this.current.fd}/${name}`;
    try {
      await mkdir(path, 0o755);
      await lchown(path, uid, gid);
    } catch (error) {
      // Somebody else made it meanwhile, a link perhaps: enter() looks.
      if (errnoOf(error) !== 'EEXIST') throw new InvalidArgumentError(`make directory '${this.#path}' in the container: '${name}' cannot be made`, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#handles.map((h) => h.close()));
  }

  /** Where the walk is, opened with O_PATH. */
  get current(): FileHandle {
    return this.#handles.at(-1) ?? this.#handles[0];
  }
}
