/** The image of the pull bench: some 600 MB and 24,000 files in six layers, the same bytes on every machine. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { buildImage, buildLayer, type BuiltLayer, type TarEntry } from '../fixtures/images/index.ts';
import { RegistryStore } from '../fixtures/registry/index.ts';

export const BIG_IMAGE_HOST = 'bench.davit.test';
const REPOSITORY = `${BIG_IMAGE_HOST}/big`;
export const BIG_IMAGE = `${REPOSITORY}:1`;
export const IMAGE_BYTES_MIN = 500_000_000;
export const IMAGE_FILES_MIN = 20_000;
/** As distributions, language runtimes and applications come: few big layers, some small ones. */
export const LAYERS = [{ files: 8000, bytes: 210e6 }, { files: 9000, bytes: 150e6 }, { files: 3000, bytes: 100e6 }, { files: 2500, bytes: 70e6 }, { files: 1200, bytes: 40e6 }, { files: 300, bytes: 30e6 }] as const;
/** A file of every `LARGE_EVERY` is large: together they have half of a layer's bytes. */
const LARGE_EVERY = 100;
const FILES_PER_DIRECTORY = 40;
const BLOCK_BYTES = 4096;
const WORDS = ['return ', 'function ', 'the ', 'const ', 'import ', 'error', 'value', '(', ')', ' = ', ';\n', '  ', 'license ', 'x86_64', '.so', '0x', 'null', '/usr/lib/', 'version ', '"'] as const;

/** Makes a registry's directory that holds the image, unless it is there; it appears whole or not at all. Takes half a minute the first time. */
export async function ensureBigImage(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  const staging = `${directory}.new`;
  await rm(staging, { recursive: true, force: true });
  const store = new RegistryStore(staging);
  const layers: BuiltLayer[] = [];
  for (const [index, { files, bytes }] of LAYERS.entries()) layers.push(await buildLayer(store, layerEntries(index, files, bytes)));
  await buildImage(store, REPOSITORY, '1', { layers, config: { Cmd: ['sleep', '3600'] } });
  await rename(staging, directory);
}

/** A layer's members. Half of the blocks are words, which gzip presses to a quarter, a third is random, the rest is zeros. */
export function* layerEntries(layer: number, files: number, bytes: number): Generator<TarEntry> {
  const random = randomNumbers(0x9e3779b9 ^ layer);
  const pool = blocks(random);
  const large = Math.ceil(files / LARGE_EVERY);
  const largeBytes = Math.floor(bytes / 2 / large);
  const smallBytes = Math.floor(bytes / 2 / (files - large));
  for (let n = 0; n < files; n++) {
    const directory = `opt/layer${layer}/d${Math.floor(n / FILES_PER_DIRECTORY)}`;
    if (n % FILES_PER_DIRECTORY === 0) yield { path: directory, type: 'directory' };
    const size = n % LARGE_EVERY === 0 ? largeBytes : Math.floor(smallBytes * (0.25 + (1.5 * random()) / 2 ** 32));
    yield { path: `${directory}/f${n}`, type: 'file', mode: n % 7 === 0 ? 0o755 : 0o644, mtime: 1_700_000_000 + n, data: content(size, pool, random) };
  }
}

function content(size: number, pool: readonly Buffer[], random: () => number): Buffer {
  const data = Buffer.alloc(size);
  for (let at = 0; at < size; at += BLOCK_BYTES) {
    const kind = random();
    if (kind % 6 === 0) continue;
    pool[kind % pool.length]?.copy(data, at);
    // No two blocks are equal: a window of 32 KiB must not find the pool's again.
    data.writeUInt32LE(kind, Math.min(at, Math.max(0, size - 4)));
  }
  return data;
}

/** Of each five blocks three are words and two random. */
function blocks(random: () => number): Buffer[] {
  return Array.from({ length: 640 }, (_, index) => (index % 5 < 3 ? words(random) : noise(random)));
}

function words(random: () => number): Buffer {
  let text = '';
  while (text.length < BLOCK_BYTES) text += WORDS[random() % WORDS.length];
  return Buffer.from(text.slice(0, BLOCK_BYTES));
}

function noise(random: () => number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  for (let at = 0; at < BLOCK_BYTES; at += 4) block.writeUInt32LE(random(), at);
  return block;
}

/** xorshift32. */
function randomNumbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
