import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { DataLossError, errnoOf, NotFoundError } from '#errors';
import type { ArchiveFile, ArchiveFiles } from './archive-files.ts';

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** The files below an open directory, which it takes over. No link on the way is followed: who fills the directory chooses no other file of the node. */
export function directoryFiles(top: FileHandle): ArchiveFiles {
  const openFile = async (path: string): Promise<ArchiveFile> => {
    const file = await openBelow(top, path);
    try {
      const info = await file.stat();
      if (!info.isFile()) throw new DataLossError(`${JSON.stringify(path)} is no regular file`);
      return { path, file, offset: 0, sizeBytes: info.size, [Symbol.asyncDispose]: () => file.close() };
    } catch (error) {
      await file.close();
      throw error;
    }
  };
  return {
    has: async (path) => {
      try {
        await using found = await openFile(path);
        return found.sizeBytes >= 0;
      } catch (error) {
        if (error instanceof NotFoundError) return false;
        throw error;
      }
    },
    open: openFile,
    [Symbol.asyncDispose]: () => top.close(),
  };
}

async function openBelow(top: FileHandle, path: string): Promise<FileHandle> {
  const parts = path.split('/');
  await using way = new AsyncDisposableStack();
  let directory = top;
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    // Never waits, as opening a FIFO would.
    const opened = await open(`/proc/self/fd/${directory.fd}/${part}`, O_RDONLY | O_NOFOLLOW | (last ? O_NONBLOCK : O_DIRECTORY)).catch((error: unknown) => { throw openError(path, error); });
    if (last) return opened;
    directory = way.use(opened);
  }
  throw new NotFoundError('a file without a name');
}

function openError(path: string, error: unknown): Error {
  switch (errnoOf(error)) {
    case 'ENOENT': return new NotFoundError(`the directory has no ${JSON.stringify(path)}`);
    case 'ELOOP': case 'ENOTDIR': case 'ENXIO': return new DataLossError(`${JSON.stringify(path)} is a link or no file`, { cause: error });
    default: return error instanceof Error ? error : new Error(String(error));
  }
}
