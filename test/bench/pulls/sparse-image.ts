/** An image of 10 GB whose files are nearly all zeros: its blobs are small, and what is unpacked of it is holes. */
import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TarEntry } from '../../fixtures/images/index.ts';
import { ensureShape, type Shape, type ShapedImage } from './shapes.ts';

export const SPARSE_BYTES = 10e9;
const LAYERS = 5;
/** So much of each piece of the file is not zero: an archive of zeros alone would be refused as a bomb. */
const PIECE_BYTES = 256 * 1024;
const FILLED_BYTES = 1024;

/** Takes half a minute the first time. */
export async function ensureSparseImage(): Promise<ShapedImage> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-sparse-'));
  try {
    const size = Math.ceil(SPARSE_BYTES / LAYERS / PIECE_BYTES) * PIECE_BYTES;
    const file = join(directory, 'file');
    await writeSparse(file, size);
    const layers = Array.from({ length: LAYERS }, (_, layer) => (): TarEntry[] => [{ path: `data${layer}`, type: 'file', data: { file, size } }]);
    return await ensureShape({ name: 'sparse', words: '10 GB of nearly nothing, gzip', compression: 'gzip', level: 1, layers } satisfies Shape);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function writeSparse(path: string, size: number): Promise<void> {
  await using file = await open(path, 'w');
  await file.truncate(size);
  const filled = Buffer.from(Array.from({ length: FILLED_BYTES }, (_, n) => (n * 2_654_435_761) >>> 13 & 0xff));
  for (let at = 0; at < size; at += PIECE_BYTES) await file.write(filled, 0, FILLED_BYTES, at);
}
