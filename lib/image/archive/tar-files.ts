import type { FileHandle } from 'node:fs/promises';
import { DataLossError, NotFoundError } from '#errors';
import { readArchiveIndex } from '#storage';
import type { ArchiveMember } from '#storage';
import type { ArchiveFile, ArchiveFiles } from './archive-files.ts';

/** Of an archive: some hundred layers for each of its images, with docker's three files for each. */
const MAX_MEMBERS = 32_768;

/** The files of a plain tar archive; takes over `file`. @throws DataLossError for an archive that is none, or whose names are not safe or not single */
export async function openTarFiles(file: FileHandle, signal: AbortSignal): Promise<ArchiveFiles> {
  const members = new Map<string, ArchiveMember>();
  for (const member of await readArchiveIndex(file, { maxEntries: MAX_MEMBERS, signal })) {
    const path = cleanPath(Buffer.from(member.path, 'latin1').toString());
    const before = members.get(path);
    // Which one is meant would depend on who reads.
    if (before && !(before.type === 'directory' && member.type === 'directory')) throw new DataLossError(`the archive has ${JSON.stringify(path)} twice`);
    members.set(path, member);
  }
  return new TarFiles(file, members);
}

class TarFiles implements ArchiveFiles {
  readonly #file: FileHandle;
  readonly #members: ReadonlyMap<string, ArchiveMember>;

  constructor(file: FileHandle, members: ReadonlyMap<string, ArchiveMember>) {
    this.#file = file;
    this.#members = members;
  }

  async has(path: string): Promise<boolean> {
    return this.#members.has(path);
  }

  async open(path: string, { links = false } = {}): Promise<ArchiveFile> {
    const named = this.#members.get(path);
    // One step: docker's own links lead to files.
    const found = named && links && (named.type === 'symlink' || named.type === 'link') ? this.#members.get(targetOf(path, named)) : named;
    if (!found) throw new NotFoundError(`the archive has no ${JSON.stringify(path)}${named ? `: it is a link to ${JSON.stringify(named.linkPath)}, which is not there` : ''}`);
    if (found.type !== 'file') throw new DataLossError(`the archive's ${JSON.stringify(path)} is a ${found.type}; expected a file`);
    const { offset, sizeBytes } = found;
    return { path, file: this.#file, offset, sizeBytes, [Symbol.asyncDispose]: async () => undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

/** @throws DataLossError for what leads out of the archive: nothing is written under these names, but whoever made them means harm. */
function cleanPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (path.startsWith('/') || path.includes('\0') || parts.includes('..')) throw new DataLossError(`the archive has the name ${JSON.stringify(path)}; expected names inside it`);
  return parts.join('/');
}

/** Where a link leads inside the archive. @throws DataLossError when it leads out */
function targetOf(path: string, { type, linkPath }: ArchiveMember): string {
  const parts = type === 'symlink' ? path.split('/').slice(0, -1) : [];
  for (const part of linkPath.split('/').filter((p) => p !== '' && p !== '.')) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw new DataLossError(`the archive's ${JSON.stringify(path)} is a link out of it, to ${JSON.stringify(linkPath)}`);
  }
  if (linkPath.startsWith('/')) throw new DataLossError(`the archive's ${JSON.stringify(path)} is a link out of it, to ${JSON.stringify(linkPath)}`);
  return parts.join('/');
}
