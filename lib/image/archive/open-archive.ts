import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { InvalidArgumentError, NotFoundError } from '#errors';
import type { Platform } from '../platform.ts';
import type { ArchiveFiles } from './archive-files.ts';
import type { ArchivedImage } from './archived-image.ts';
import { directoryFiles } from './directory-files.ts';
import { DOCKER_MANIFEST, dockerImages } from './docker-archive.ts';
import { LAYOUT_FILE, layoutImages } from './oci-layout.ts';
import { openTarFiles } from './tar-files.ts';

/** As containers-transports(5) calls them. */
export type ArchiveKind = 'docker-archive' | 'oci-archive' | 'oci';

/** An open archive; disposing closes it. */
export interface ImageArchive extends AsyncDisposable {
  readonly kind: ArchiveKind;
  readonly files: ArchiveFiles;
  readonly images: readonly ArchivedImage[];
}

/**
 * Opens a plain tar archive or a directory and reads which images it has for `platform`. What has both forms, as archives of newer dockers, is read as OCI's.
 * @throws NotFoundError, InvalidArgumentError, DataLossError naming what is missing or wrong; a system error when it cannot be opened
 */
export async function openImageArchive(path: string, platform: Platform, signal: AbortSignal): Promise<ImageArchive> {
  await using opening = new AsyncDisposableStack();
  const { files, isDirectory } = await openFiles(path, signal);
  opening.use(files);
  const kind = await kindOf(files, isDirectory);
  const images = kind === 'docker-archive' ? await dockerImages(files, signal) : await layoutImages(files, platform, signal);
  const opened = opening.move();
  return { kind, files, images, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function openFiles(path: string, signal: AbortSignal): Promise<{ files: ArchiveFiles; isDirectory: boolean }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const info = await file.stat();
    if (info.isDirectory()) return { files: directoryFiles(file), isDirectory: true };
    if (!info.isFile()) throw new InvalidArgumentError('it is neither a file nor a directory');
    return { files: await openTarFiles(file, signal), isDirectory: false };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function kindOf(files: ArchiveFiles, isDirectory: boolean): Promise<ArchiveKind> {
  if (await files.has(LAYOUT_FILE)) return isDirectory ? 'oci' : 'oci-archive';
  if (await files.has(DOCKER_MANIFEST)) return 'docker-archive';
  throw new NotFoundError(`it has neither ${LAYOUT_FILE} nor ${DOCKER_MANIFEST}; expected an OCI image layout or an archive of docker save`);
}
