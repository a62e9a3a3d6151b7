/** A container's checkpoint that is to be restored. Who wrote it is not known: nothing in it chooses a path, and what is read of it has a limit. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, readFile, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataLossError, errorText, InvalidArgumentError, ResourceExhaustedError } from '#errors';
import type { StagedLayer, Storage } from '#storage';
import { parseDescription, parseObject, type Description } from './description.ts';
import { archiveMembers, checkFile, treeMembers, wrong, type Member } from './members.ts';
import { DESCRIPTION_FILE, DIFF_FILE, IMAGES_DIRECTORY, MAX_JSON_BYTES, SPEC_FILE } from './parts.ts';

export interface Checkpoint {
  /** The archive's path, or the name of the image that holds its files. */
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
/** Free space that a restore leaves on the disk. */
const RESERVED_FREE_BYTES = 64 * 1024 ** 2;

/** Of the archive `path`. @throws NotFoundError when nothing is there; InvalidArgumentError for what is no checkpoint of a container, saying why */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  return checkpointOf(path, await archiveMembers(path));
}

/** Of the files of an archive, unpacked in `tree`, which nobody changes until disposal. @param name for messages @throws InvalidArgumentError */
export async function openCheckpointTree(name: string, tree: string): Promise<Checkpoint> {
  return checkpointOf(name, await treeMembers(name, tree));
}

async function checkpointOf(path: string, listed: readonly Member[]): Promise<Checkpoint> {
  const members = new Map<string, Member>();
  for (const member of listed) {
    checkMember(path, member);
    if (members.has(member.name)) throw wrong(path, `"${member.name}" is in it twice`);
    members.set(member.name, member);
  }
  const file = (name: string): Member => {
    const found = members.get(name);
    if (found?.type !== 'file') throw wrong(path, `"${name}" is not in it`);
    return found;
  };
  const json = async (name: string): Promise<string> => {
    const { sizeBytes, read } = file(name);
    if (sizeBytes > MAX_JSON_BYTES) throw wrong(path, `"${name}" has ${sizeBytes} bytes, at most ${MAX_JSON_BYTES} are allowed`);
    return sizeBytes === 0 ? '' : Buffer.concat(await read().toArray() as Buffer[]).toString('utf8');
  };
  const images = [...members.values()].filter(({ name, type }) => type === 'file' && name.startsWith(`${IMAGES_DIRECTORY}/`));
  if (!members.has(`${IMAGES_DIRECTORY}/inventory.img`)) throw wrong(path, `"${IMAGES_DIRECTORY}/inventory.img" of CRIU is not in it`);
  return {
    path, description: parsed(path, parseDescription, await json(DESCRIPTION_FILE)), spec: parsed(path, (text) => parseObject(text, SPEC_FILE), await json(SPEC_FILE)),
    stageDiff: (storage) => stage(storage, path, file(DIFF_FILE)),
    copyImages: (directory) => copyImages(path, images, directory),
  };
}

/** Files and directories only, where they belong. */
function checkMember(path: string, { name, type }: Member): void {
  const shown = JSON.stringify(name.slice(0, 100));
  if (type !== 'file' && type !== 'directory') throw wrong(path, `${shown} is a ${type}, expected files and directories only`);
  if (name.startsWith('/') || name.split('/').includes('..')) throw wrong(path, `${shown} leads out of it`);
  const [directory, image, ...rest] = name.split('/');
  if (directory === IMAGES_DIRECTORY && image !== undefined && (rest.length > 0 || !IMAGE_NAME.test(image) || type !== 'file')) throw wrong(path, `${shown} is no image of CRIU`);
}

function parsed<T>(path: string, parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`checkpoint "${path}": ${errorText(error)}`, { cause: error });
  }
}

async function stage(storage: Storage, path: string, { sizeBytes, read }: Member): Promise<StagedLayer> {
  if (sizeBytes === 0) throw wrong(path, `"${DIFF_FILE}" is empty`);
  const hash = createHash('sha256');
  for await (const chunk of read()) hash.update(chunk as Buffer);
  const digest = `sha256:${hash.digest('hex')}`;
  const { signal } = new AbortController();
  await using writer = await storage.layers.stage({ digest, diffID: digest, sizeBytes, mediaType: 'application/vnd.oci.image.layer.v1.tar' }, { signal });
  try {
    for await (const chunk of read()) await writer.write(chunk as Buffer);
    return await writer.finish();
  } catch (error) {
    if (error instanceof DataLossError) throw new InvalidArgumentError(`checkpoint "${path}": "${DIFF_FILE}": ${errorText(error)}`, { cause: error });
    throw error;
  }
}

async function copyImages(path: string, images: readonly Member[], directory: string): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  await chmod(directory, 0o700);
  const bytes = images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < bytes + RESERVED_FREE_BYTES) throw new ResourceExhaustedError(`checkpoint "${path}": CRIU's images have ${bytes} bytes, and "${directory}" has room for ${bavail * bsize}, of which ${RESERVED_FREE_BYTES} must stay free`);
  for (const { name, sizeBytes, read } of images) {
    const target = createWriteStream(join(directory, basename(name)), { mode: 0o600, flags: 'wx' });
    if (sizeBytes === 0) target.end();
    else await pipeline(read(), target);
  }
}

/** Small JSON of a file that must be regular. @throws InvalidArgumentError, NotFoundError */
export async function readJsonFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  await checkFile(path);
  const { size } = await lstat(path);
  if (size > MAX_JSON_BYTES) throw wrong(path, `it has ${size} bytes, at most ${MAX_JSON_BYTES} are allowed`);
  return parsed(path, (text) => parseObject(text, 'it'), await readFile(path, 'utf8'));
}
