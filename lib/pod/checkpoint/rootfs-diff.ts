/** What a container has written to its root file system, as a layer of an image: https://github.com/opencontainers/image-spec/blob/main/layer.md#representing-changes. */
import { constants } from 'node:fs';
import { lstat, mkdir, open, opendir, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { FailedPreconditionError, UnavailableError } from '#errors';
import { lgetxattr, type ProcessRunner } from '#linux';

const TAR = '/bin/tar';
const OPAQUE = 'trusted.overlay.opaque';
/** davit mounts without these features; what has them was written under another mount. */
const UNSUPPORTED = ['trusted.overlay.redirect', 'trusted.overlay.metacopy'] as const;
const WHITEOUT_PREFIX = '.wh.';
const OPAQUE_MARK = '.wh..wh..opq';
/** Of the list of paths that is written to the disk at once. */
const LIST_CHUNK_BYTES = 256 * 1024;

export interface DiffRequest {
  /** The upper directory of an overlay that nothing writes to at the moment. */
  readonly upper: string;
  /** Path of the archive to write. */
  readonly file: string;
  /** An empty directory for the time of the call. */
  readonly workDir: string;
  readonly timeoutMs: number;
}

/** @throws FailedPreconditionError in tar's words */
export async function writeRootfsDiff(runner: ProcessRunner, { upper, file, workDir, timeoutMs }: DiffRequest, { signal }: { readonly signal: AbortSignal }): Promise<void> {
  const [present, gone, marks] = [join(workDir, 'present'), join(workDir, 'gone'), join(workDir, 'marks')];
  await mkdir(marks, { mode: 0o700 });
  {
    await using lists = await openLists(present, gone);
    await walk(upper, '.', marks, lists);
    await lists.flush();
  }
  const args = [
    '--create', '--file', file, '--format=posix', '--xattrs', '--xattrs-include=*', '--xattrs-exclude=trusted.overlay.*', '--numeric-owner', '--no-recursion', '--null', '--verbatim-files-from',
    '--directory', upper, '--files-from', present, '--directory', marks, '--files-from', gone,
  ];
  await runTar(runner, 'archive of what the container has written', args, timeoutMs, signal);
  for (const path of [present, gone, marks]) await rm(path, { recursive: true });
}

/** @throws FailedPreconditionError in tar's words, UnavailableError when the time is up */
export async function runTar(runner: ProcessRunner, title: string, args: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<void> {
  const result = await runner.run({ file: TAR, args, env: {}, timeoutMs }, { signal });
  if (result.timedOut) throw new UnavailableError(`${title}: no end after ${timeoutMs} ms`);
  if (result.exitCode !== 0) throw new FailedPreconditionError(`${title}: ${result.stderr.toString('utf8').trim() || `tar ended with ${result.exitCode ?? result.signal ?? 'nothing'}`}`);
}

interface Lists extends AsyncDisposable { present(path: string): Promise<void>; gone(path: string): Promise<void>; flush(): Promise<void> }

/** Paths with a NUL each, which names cannot hold; names are bytes, as latin1. */
async function openLists(present: string, gone: string): Promise<Lists> {
  const files = [await List.create(present), await List.create(gone)] as const;
  return {
    present: (path) => files[0].add(path), gone: (path) => files[1].add(path),
    flush: async () => { for (const file of files) await file.flush(); },
    [Symbol.asyncDispose]: async () => { for (const file of files) await file[Symbol.asyncDispose](); },
  };
}

class List implements AsyncDisposable {
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<List> {
    return new List(await open(path, 'wx', 0o600));
  }

  async add(path: string): Promise<void> {
    this.#waiting.push(path);
    this.#bytes += path.length + 1;
    if (this.#bytes >= LIST_CHUNK_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#waiting.map((path) => `${path}\0`).join('');
    this.#waiting = [];
    this.#bytes = 0;
    await this.#file.appendFile(text, 'latin1');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

async function walk(upper: string, directory: string, marks: string, lists: Lists): Promise<void> {
  const path = at(upper, directory);
  const unsupported = UNSUPPORTED.find((name) => lgetxattr(path, name) !== undefined);
  if (unsupported !== undefined) throw new FailedPreconditionError(`archive of what the container has written: directory ${JSON.stringify(directory)} has "${unsupported}", which an archive cannot hold`);
  await lists.present(directory);
  if (lgetxattr(path, OPAQUE) !== undefined) await mark(marks, directory, OPAQUE_MARK, lists);
  // `latin1` gives each byte of a name as a character.
  for await (const entry of await opendir(path, { encoding: 'latin1' })) {
    const child = `${directory}/${entry.name}`;
    if (entry.isDirectory()) await walk(upper, child, marks, lists);
    else if (entry.isCharacterDevice() && (await lstat(at(upper, child))).rdev === 0) await mark(marks, directory, `${WHITEOUT_PREFIX}${entry.name}`, lists);
    else await lists.present(child);
  }
}

async function mark(marks: string, directory: string, name: string, lists: Lists): Promise<void> {
  await mkdir(at(marks, directory), { recursive: true, mode: 0o700 });
  await writeFile(at(marks, `${directory}/${name}`), '', { mode: 0o600, flag: constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY });
  await lists.gone(`${directory}/${name}`);
}

/** Names that are no UTF-8 have to be found again: `name` has a character for each byte. */
function at(directory: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${directory}/`), Buffer.from(name, 'latin1')]);
}
