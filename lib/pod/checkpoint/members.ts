/** The files of a container's checkpoint, in an archive or unpacked: found, not looked into. */
import { createReadStream } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { errnoOf, errorText, InvalidArgumentError, NotFoundError } from '#errors';
import { readArchiveIndex, type ArchiveMember } from '#storage';
import { IMAGES_DIRECTORY, MAX_MEMBERS } from './parts.ts';

export interface Member {
  /** From the archive's root, without a leading './'. */
  readonly name: string;
  /** 'file', 'directory', or what else it is. */
  readonly type: string;
  readonly sizeBytes: number;
  /** A file's content; not for an empty one. */
  readonly read: () => Readable;
}

const COPY_CHUNK_BYTES = 1024 * 1024;

/** @throws NotFoundError when no file is there; InvalidArgumentError for what is no archive */
export async function archiveMembers(path: string): Promise<Member[]> {
  await checkFile(path);
  return (await index(path)).map(({ path: written, type, offset, sizeBytes }) => ({
    name: written.replace(/^(\.\/)+/, '').replace(/\/+$/, ''), type, sizeBytes,
    read: () => createReadStream(path, { start: offset, end: offset + sizeBytes - 1, highWaterMark: COPY_CHUNK_BYTES }),
  })).filter(({ name }) => name !== '' && name !== '.');
}

/** In `tree`, which nobody changes: what is found of an entry stays true, and no link is followed. @throws InvalidArgumentError when it has too many entries */
export async function treeMembers(path: string, tree: string): Promise<Member[]> {
  const members: Member[] = [];
  const list = async (directory: string): Promise<void> => {
    for await (const { name } of await opendir(join(tree, directory))) {
      if (members.length >= MAX_MEMBERS) throw wrong(path, `it has more than ${MAX_MEMBERS} entries`);
      members.push(await treeMember(tree, join(directory, name)));
    }
  };
  await list('');
  if (members.some(({ name, type }) => name === IMAGES_DIRECTORY && type === 'directory')) await list(IMAGES_DIRECTORY);
  return members;
}

async function treeMember(tree: string, name: string): Promise<Member> {
  const path = join(tree, name);
  const found = await lstat(path);
  const type = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : found.isSymbolicLink() ? 'symlink' : 'device, pipe or socket';
  return { name, type, sizeBytes: found.size, read: () => createReadStream(path, { highWaterMark: COPY_CHUNK_BYTES }) };
}

/** @throws NotFoundError, InvalidArgumentError unless a regular file is there */
export async function checkFile(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isFile()) throw wrong(path, 'it is no regular file');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new NotFoundError(`checkpoint "${path}": there is no such file`, { cause: error });
    if (errnoOf(error) === 'ENOTDIR') throw wrong(path, 'a part of its path is no directory');
    throw error;
  }
}

async function index(path: string): Promise<ArchiveMember[]> {
  try {
    await using file = await open(path, 'r');
    return await readArchiveIndex(file, { maxEntries: MAX_MEMBERS, signal: new AbortController().signal });
  } catch (error) {
    throw new InvalidArgumentError(`checkpoint "${path}" is no uncompressed tar archive: ${errorText(error)}`, { cause: error });
  }
}

/** What is wrong with the checkpoint `path`. */
export function wrong(path: string, why: string): InvalidArgumentError {
  return new InvalidArgumentError(`checkpoint "${path}": ${why}`);
}
