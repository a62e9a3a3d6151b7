/**
 * What must be done to a layer in any case: inflate it, and unpack its tar. Each alone, everything in memory, by Node's zlib and GNU tar at the usual priority.
 * A yardstick, no lower bound: another inflater or tar reader may be faster than these. No digest is in it, and nothing is synced.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { Writable, type Transform } from 'node:stream';

const CHUNK_BYTES = 1024 * 1024;

/** For the table: what the figure's floor is. */
export const PULL_FLOOR_TEXT = "the longest single step (Node's zlib inflates a layer, GNU tar unpacks it, not niced), or all steps over all cores: whichever is more; no digests, no sync";

export interface LayerFloor {
  readonly inflate: number;
  readonly untar: number;
}

export interface PullFloor {
  /** Milliseconds of each layer. */
  readonly layers: readonly LayerFloor[];
  /** The longest single step, or all steps over all cores: whichever is more. Milliseconds. */
  readonly ms: number;
}

/** @param blobs paths of the layers; @param state a directory on the file system that the runtime unpacks to */
export async function measurePullFloor(blobs: readonly string[], state: string, compression: 'gzip' | 'zstd' = 'gzip'): Promise<PullFloor> {
  const directory = await mkdtemp(join(state, 'bench-floor-'));
  try {
    const layers: LayerFloor[] = [];
    for (const blob of blobs) layers.push(await measureLayer(blob, directory, () => (compression === 'gzip' ? createGunzip : createZstdDecompress)({ chunkSize: CHUNK_BYTES })));
    const longest = Math.max(...layers.flatMap(({ inflate, untar }) => [inflate, untar]));
    const sum = layers.reduce((all, { inflate, untar }) => all + inflate + untar, 0);
    return { layers, ms: Math.max(longest, sum / cpus().length) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureLayer(blob: string, directory: string, inflater: () => Transform): Promise<LayerFloor> {
  const tar = join(directory, 'layer.tar');
  // First to a file for tar (not counted), which also brings the blob into memory; then into nothing, for the clock.
  await pipeline(createReadStream(blob, { highWaterMark: CHUNK_BYTES }), inflater(), createWriteStream(tar, { highWaterMark: CHUNK_BYTES }));
  const begun = performance.now();
  await pipeline(createReadStream(blob, { highWaterMark: CHUNK_BYTES }), inflater(), new Writable({ highWaterMark: CHUNK_BYTES, write: (_chunk, _encoding, done) => done() }));
  const inflate = performance.now() - begun;
  const target = join(directory, 'tree');
  await mkdir(target);
  const untarBegun = performance.now();
  const child = spawn('tar', ['--extract', '--file', tar, '--directory', target], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit') as [number | null];
  const untar = performance.now() - untarBegun;
  if (code !== 0) throw new Error(`tar of "${blob}": exit code ${code}`);
  await rm(tar);
  await rm(target, { recursive: true });
  return { inflate, untar };
}
