/** A container's checkpoint that is to be restored. Who wrote it is not known: nothing in it chooses a path, and what is read of it has a limit. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, open, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataLossError, errnoOf, errorText, InvalidArgumentError, NotFoundError, ResourceExhaustedError } from '#errors';
import { readArchiveIndex, type ArchiveMember, type StagedLayer, type Storage } from '#storage';
import { parseDescription, parseObject, type Description } from './description.ts';
import { DESCRIPTION_FILE, DIFF_FILE, IMAGES_DIRECTORY, MAX_JSON_BYTES, MAX_MEMBERS, SPEC_FILE } from './parts.ts';

export interface Checkpoint {
  /** The archive. */
  readonly path: string;
  readonly description: Description;
  /** config.json of the container that was checkpointed. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Unpacks what the container had written, as layers of images are: it can leave its directory no more than they. The caller disposes it. */
  stageDiff(storage: Storage): Promise<StagedLayer>;
  /** Writes CRIU's images to `directory`, which is made: 0700, files 0600. @throws ResourceExhaustedError when the disk has no room */
  copyImages(directory: string): Promise<void>;
}

/** CRIU's images have such names; no other file is taken. */
const IMAGE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/;
const COPY_CHUNK_BYTES = 1024 * 1024;
/** Free space that a restore leaves on the disk. */
const RESERVED_FREE_BYTES = 64 * 1024 ** 2;

/** @throws NotFoundError when nothing is there; InvalidArgumentError for what is no checkpoint of a container, saying why */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  await checkFile(path);
  const members = new Map<string, ArchiveMember>();
  for (const member of await index(path)) {
    const name = member.path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
    if (name === '' || name === '.') continue;
    checkMember(path, name, member);
    if (members.has(name)) throw wrong(path, `"${name}" is in it twice`);
    members.set(name, member);
  }
  const member = (name: string): ArchiveMember => {
    const found = members.get(name);
    if (found?.type !== 'file') throw wrong(path, `"${name}" is not in it`);
    return found;
  };
  const json = async (name: string): Promise<string> => {
    const { offset, sizeBytes } = member(name);
    if (sizeBytes > MAX_JSON_BYTES) throw wrong(path, `"${name}" has ${sizeBytes} bytes, at most ${MAX_JSON_BYTES} are allowed`);
    return sizeBytes === 0 ? '' : Buffer.concat(await read(path, { offset, sizeBytes }).toArray() as Buffer[]).toString('utf8');
  };
  const images = [...members].filter(([name, { type }]) => type === 'file' && name.startsWith(`${IMAGES_DIRECTORY}/`)).map(([name, { offset, sizeBytes }]) => ({ name: name.slice(IMAGES_DIRECTORY.length + 1), offset, sizeBytes }));
  if (!images.some(({ name }) => name === 'inventory.img')) throw wrong(path, `"${IMAGES_DIRECTORY}/inventory.img" of CRIU is not in it`);
  return {
    path, description: parsed(path, parseDescription, await json(DESCRIPTION_FILE)), spec: parsed(path, (text) => parseObject(text, SPEC_FILE), await json(SPEC_FILE)),
    stageDiff: (storage) => stage(storage, path, member(DIFF_FILE)),
    copyImages: (directory) => copyImages(path, images, directory),
  };
}

async function checkFile(path: string): Promise<void> {
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

/** Files and directories only, where they belong. */
function checkMember(path: string, name: string, { type }: ArchiveMember): void {
  const shown = JSON.stringify(name.slice(0, 100));
  if (type !== 'file' && type !== 'directory') throw wrong(path, `${shown} is a ${type}, expected files and directories only`);
  if (name.startsWith('/') || name.split('/').includes('..')) throw wrong(path, `${shown} leads out of it`);
  const [directory, image, ...rest] = name.split('/');
  if (directory === IMAGES_DIRECTORY && image !== undefined && (rest.length > 0 || !IMAGE_NAME.test(image) || type !== 'file')) throw wrong(path, `${shown} is no image of CRIU`);
}

function wrong(path: string, why: string): InvalidArgumentError {
  return new InvalidArgumentError(`checkpoint "${path}": ${why}`);
}

function parsed<T>(path: string, parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`checkpoint "${path}": ${errorText(error)}`, { cause: error });
  }
}

type Range = Pick<ArchiveMember, 'offset' | 'sizeBytes'>;

function read(path: string, { offset, sizeBytes }: Range): ReturnType<typeof createReadStream> {
  return createReadStream(path, { start: offset, end: offset + sizeBytes - 1, highWaterMark: COPY_CHUNK_BYTES });
}

async function stage(storage: Storage, path: string, range: ArchiveMember): Promise<StagedLayer> {
  if (range.sizeBytes === 0) throw wrong(path, `"${DIFF_FILE}" is empty`);
  const hash = createHash('sha256');
  for await (const chunk of read(path, range)) hash.update(chunk as Buffer);
  const digest = `sha256:${hash.digest('hex')}`;
  const { signal } = new AbortController();
  await using writer = await storage.layers.stage({ digest, diffID: digest, sizeBytes: range.sizeBytes, mediaType: 'application/vnd.oci.image.layer.v1.tar' }, { signal });
  try {
    for await (const chunk of read(path, range)) await writer.write(chunk as Buffer);
    return await writer.finish();
  } catch (error) {
    if (error instanceof DataLossError) throw new InvalidArgumentError(`checkpoint "${path}": "${DIFF_FILE}": ${errorText(error)}`, { cause: error });
    throw error;
  }
}

async function copyImages(path: string, images: readonly (Range & { readonly name: string })[], directory: string): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  await chmod(directory, 0o700);
  const bytes = images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < bytes + RESERVED_FREE_BYTES) throw new ResourceExhaustedError(`checkpoint "${path}": CRIU's images have ${bytes} bytes, and "${directory}" has room for ${bavail * bsize}, of which ${RESERVED_FREE_BYTES} must stay free`);
  for (const { name, ...range } of images) {
    const target = createWriteStream(join(directory, name), { mode: 0o600, flags: 'wx' });
    if (range.sizeBytes === 0) target.end();
    else await pipeline(read(path, range), target);
  }
}

/** Small JSON of a file that must be regular. @throws InvalidArgumentError, NotFoundError */
export async function readJsonFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  await checkFile(path);
  const { size } = await lstat(path);
  if (size > MAX_JSON_BYTES) throw wrong(path, `it has ${size} bytes, at most ${MAX_JSON_BYTES} are allowed`);
  return parsed(path, (text) => parseObject(text, 'it'), await readFile(path, 'utf8'));
}
