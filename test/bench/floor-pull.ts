/**
 * What must be done to an image's layers in any case: hash each as it comes, inflate it, hash its tar, unpack that, and have the disk keep it. Each step alone, everything
 * in memory, by Node's crypto and zlib and by GNU tar, at the usual priority. A yardstick, no lower bound: another inflater or tar reader may be faster than these.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Writable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { syncfs } from '#linux';
import { busySeconds } from './cpu-time.ts';
import { median, type Row } from './report.ts';

const CHUNK_BYTES = 1024 * 1024;

/** For the table: what the figure's floor is. */
export const PULL_FLOOR_TEXT = "the longest of: one step of one layer (sha256 of it, Node's zlib inflates it, sha256 of its tar, GNU tar unpacks that, not niced); all steps of all layers, and what processors work for one sync of the disk behind them, over all cores; that sync";

/** For the table: all that processors did during a pull. Over their number it is the least that the pull can take, however its parts are arranged. */
export const MACHINE_ROW = 'processor time of the machine, registry and kernel too';

/** Milliseconds of each step. */
export interface LayerFloor {
  readonly digest: number;
  readonly inflate: number;
  readonly diffID: number;
  readonly untar: number;
}

export interface PullFloor {
  readonly layers: readonly LayerFloor[];
  /** Until the disk has what was unpacked, in milliseconds; next to nothing on a tmpfs. */
  readonly syncMs: number;
  /** What processors work for that: the kernel's, which no runtime whose images outlive a power cut is spared, and which no other work of those processors is done beside. */
  readonly syncBusyMs: number;
  /** PULL_FLOOR_TEXT, in milliseconds. */
  readonly ms: number;
  /** The same with a sync that costs processors nothing. */
  readonly freeSyncMs: number;
  /** The same of inflating and unpacking alone. */
  readonly bareMs: number;
}

/** @param blobs paths of the layers; @param state a directory on the file system that the runtime unpacks to */
export async function measurePullFloor(blobs: readonly string[], state: string, compression: 'gzip' | 'zstd' = 'gzip'): Promise<PullFloor> {
  const directory = await mkdtemp(join(state, 'bench-floor-'));
  const inflater = (): Transform => (compression === 'gzip' ? createGunzip : createZstdDecompress)({ chunkSize: CHUNK_BYTES });
  try {
    const read: Omit<LayerFloor, 'untar'>[] = [];
    for (const [index, blob] of blobs.entries()) read.push(await measureReading(blob, tarOf(directory, index), inflater));
    // The disk has the archives before its time counts.
    await syncfs(directory);
    const layers: LayerFloor[] = [];
    for (const [index, steps] of read.entries()) layers.push({ ...steps, untar: await measureUntar(tarOf(directory, index), join(directory, String(index))) });
    const [begun, busy] = [performance.now(), busySeconds()];
    await syncfs(directory);
    const [syncMs, syncBusyMs] = [performance.now() - begun, (busySeconds() - busy) * 1000];
    const [all, bare] = [({ digest, inflate, diffID, untar }: LayerFloor) => [digest, inflate, diffID, untar], ({ inflate, untar }: LayerFloor) => [inflate, untar]];
    const steps = layers.map(all);
    return { layers, syncMs, syncBusyMs, ms: Math.max(floorOf(steps, syncBusyMs), syncMs), freeSyncMs: Math.max(floorOf(steps), syncMs), bareMs: floorOf(layers.map(bare)) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The floors of several pulls for the table. @param name of each row */
export function floorRows(floors: readonly PullFloor[], name: (words: string) => string): Row[] {
  const seconds = (of: (floor: PullFloor) => number): number[] => floors.map((floor) => of(floor) / 1000);
  return [
    { name: name('floor'), samples: seconds(({ ms }) => ms), unit: 's' },
    { name: name('floor without digests and sync'), samples: seconds(({ bareMs }) => bareMs), unit: 's' },
    { name: name('sync of the disk in it'), samples: seconds(({ syncMs }) => syncMs), unit: 's' },
    { name: name('processor time of that sync'), samples: seconds(({ syncBusyMs }) => syncBusyMs), unit: 's' },
    { name: name('floor if that cost none'), samples: seconds(({ freeSyncMs }) => freeSyncMs), unit: 's' },
  ];
}

/** Of several pulls, in seconds. */
export function medianFloor(floors: readonly PullFloor[]): number {
  return median(floors.map(({ ms }) => ms)) / 1000;
}

function tarOf(directory: string, index: number): string {
  return join(directory, `${index}.tar`);
}

/** The longest step, or all of them over all cores: whichever is more. @param moreMs of work for the cores that is nobody's step: any number of them may share it */
function floorOf(layers: readonly (readonly number[])[], moreMs = 0): number {
  const steps = layers.flat();
  return Math.max(...steps, steps.reduce((sum, ms) => sum + ms, moreMs) / cpus().length);
}

async function measureReading(blob: string, tar: string, inflater: () => Transform): Promise<Omit<LayerFloor, 'untar'>> {
  const read = { highWaterMark: CHUNK_BYTES };
  // First to a file for tar (not counted), which also brings the blob into memory; then into nothing, for the clock.
  await pipeline(createReadStream(blob, read), inflater(), createWriteStream(tar, read));
  const begun = performance.now();
  await pipeline(createReadStream(blob, read), inflater(), new Writable({ ...read, write: (_chunk, _encoding, done) => done() }));
  const inflate = performance.now() - begun;
  return { inflate, digest: await measureDigest(blob), diffID: await measureDigest(tar) };
}

/** Hashing alone, without reading. */
async function measureDigest(file: string): Promise<number> {
  const hash = createHash('sha256');
  let ms = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const begun = performance.now();
    hash.update(chunk);
    ms += performance.now() - begun;
  }
  return ms;
}

async function measureUntar(tar: string, target: string): Promise<number> {
  await mkdir(target);
  const begun = performance.now();
  const child = spawn('tar', ['--extract', '--file', tar, '--directory', target], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit') as [number | null];
  const ms = performance.now() - begun;
  if (code !== 0) throw new Error(`tar of "${tar}": exit code ${code}`);
  return ms;
}
