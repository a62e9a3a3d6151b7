/** Where in an uncompressed tar file each member lies, without reading what is in them. */
import { open, type FileHandle } from 'node:fs/promises';
import { DataLossError } from '#errors';
import { TarReader, type TarEntry } from './extractor/tar-reader.ts';
import { BLOCK_BYTES } from './extractor/tar-header.ts';

export interface TarMember {
  readonly type: TarEntry['type'];
  /** As the archive has it, in latin1. */
  readonly path: string;
  /** Of its data in the file. */
  readonly offset: number;
  readonly size: number;
}

/**
 * The members in their order. Reads headers only.
 * @throws DataLossError for what is no tar archive or ends too early; ResourceExhaustedError for more than `maxEntries`; UnimplementedError for sparse members
 */
export async function indexTarFile(path: string, maxEntries: number): Promise<TarMember[]> {
  await using file = await open(path, 'r');
  const { size: fileBytes } = await file.stat();
  const members: TarMember[] = [];
  let entry: TarEntry | undefined;
  const reader = new TarReader({ entry: (next) => { entry = next; }, data: () => undefined, end: () => undefined }, maxEntries, { withoutData: true });
  const block = Buffer.alloc(BLOCK_BYTES);
  for (let at = 0; at < fileBytes;) {
    const header = await readFully(file, block, at);
    reader.push(header);
    at += header.length;
    if (!entry) continue;
    const { type, path: name, size } = entry;
    entry = undefined;
    if (size > fileBytes - at) throw new DataLossError(`read tar "${path}": the file ends inside ${JSON.stringify(name.slice(0, 100))}`);
    members.push({ type, path: name, offset: at, size });
    at += size;
    const padding = (BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES;
    reader.push(block.fill(0).subarray(0, padding));
    at += padding;
  }
  reader.finish();
  return members;
}

async function readFully(file: FileHandle, block: Buffer, at: number): Promise<Buffer> {
  const { bytesRead } = await file.read(block, 0, block.length, at);
  return block.subarray(0, bytesRead);
}
