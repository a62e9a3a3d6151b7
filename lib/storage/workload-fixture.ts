/** Pulls and removals for tests of what a store holds after it was interrupted, and what must be true of it then. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from './api.ts';
import { archive, type EntryFixture } from './extractor/archive-fixture.ts';
import { diffDirectory, storageLayout } from './layout.ts';
import { imageOf, never, openStorage, stage } from './storage-fixture.ts';

const FILES_OF_A_LAYER = 14;
const MAX_FILE_BYTES = 60_000;
/** Which layers each image has, bottom first: some are shared. */
const IMAGES: Readonly<Record<string, readonly number[]>> = { a: [0, 1], b: [0, 2], c: [3], d: [0, 2, 4] };
const LAYERS: readonly Buffer[] = [0, 1, 2, 3, 4].map(makeLayer);

/** A store that syncs the disk after each layer of these images, too, if not within it. */
export const EARLY_SYNCS = { earlySyncs: { entries: FILES_OF_A_LAYER, entryBytes: 2 * MAX_FILE_BYTES } } as const;
export const IMAGE_NAMES: readonly string[] = Object.keys(IMAGES);
export interface Operation { readonly kind: 'pull' | 'remove'; readonly image: string }

/** `count` pulls and removals as `random` decides; the first ones pull. */
export function operationsOf(random: () => number, count: number): Operation[] {
  const pick = (): string => IMAGE_NAMES[Math.floor(random() * IMAGE_NAMES.length)] ?? 'a';
  return Array.from({ length: count }, (_, i) => ({ kind: i < 3 || random() < 0.6 ? 'pull' : 'remove', image: pick() }));
}

export async function perform(storage: Storage, { kind, image }: Operation): Promise<void> {
  if (kind === 'remove') await storage.images.remove(imageOf(image, []).id);
  else await pull(storage, image);
}

/** As a pull does it: what the store lacks is staged, all at once; then one commit. */
export async function pull(storage: Storage, name: string): Promise<void> {
  const tars = (IMAGES[name] ?? []).map((index) => LAYERS[index] ?? Buffer.alloc(0));
  await using stack = new AsyncDisposableStack();
  const staged = await Promise.allSettled(tars.map(async (tar) => stack.use(await stage(storage, tar, tar, undefined, 16_384))));
  const failed = staged.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason instanceof Error ? failed.reason : new Error(String(failed.reason));
  await storage.images.commit(imageOf(name, staged.flatMap((outcome) => outcome.status === 'fulfilled' ? [outcome.value] : [])), { signal: never });
}

/** What an interrupted store may be held to. */
export class Expectation {
  readonly #trees: ReadonlyMap<string, string>;

  private constructor(trees: ReadonlyMap<string, string>) {
    this.#trees = trees;
  }

  /** Learns from a store that nothing happens to, below `root`. */
  static async learn(root: string): Promise<Expectation> {
    await using storage = await openStorage(root);
    for (const name of IMAGE_NAMES) await pull(storage, name);
    const directory = storageLayout(join(root, 'store')).layers;
    return new Expectation(new Map(readdirSync(directory).map((layer) => [layer, treeOf(diffDirectory(join(directory, layer)))])));
  }

  /** Every image that is listed is whole, every other one can be pulled, and nothing lies about. Returns the names that were listed. */
  async check(root: string, what: string, { pullRest = true } = {}): Promise<string[]> {
    await using storage = await openStorage(root);
    const listed = IMAGE_NAMES.filter((name) => storage.images.get(imageOf(name, []).id));
    assert.equal(storage.images.list().length, listed.length, what);
    await this.#verify(root, storage, listed, `${what}, as found`);
    const layout = storageLayout(join(root, 'store'));
    assert.deepEqual(readdirSync(layout.staging), [], what);
    if (!pullRest) return listed;
    for (const name of IMAGE_NAMES) await pull(storage, name);
    await this.#verify(root, storage, IMAGE_NAMES, `${what}, after new pulls`);
    assert.equal(readdirSync(layout.layers).length, LAYERS.length, what);
    assert.deepEqual(readdirSync(layout.staging), [], what);
    return listed;
  }

  async #verify(root: string, storage: Storage, names: readonly string[], what: string): Promise<void> {
    const { layers } = storageLayout(join(root, 'store'));
    for (const name of names) {
      const image = storage.images.get(imageOf(name, []).id);
      assert.equal(image?.chainIDs.length, IMAGES[name]?.length, what);
      assert.equal((await storage.images.getManifest(image?.manifestDigest ?? ''))?.toString(), `manifest of ${name}`, what);
      for (const chainID of image?.chainIDs ?? []) assert.equal(treeOf(diffDirectory(join(layers, chainID.slice(7)))), this.#trees.get(chainID.slice(7)), `${what}: image ${name}, layer ${chainID}`);
    }
  }
}

function makeLayer(index: number): Buffer {
  const entries: EntryFixture[] = [{ name: `dir${index}/`, type: '5', mode: 0o750, uid: index }, { name: 'shared/', type: '5', mode: 0o1777 }, { name: `shared/link${index}`, type: '2', linkName: `../dir${index}/file0` }];
  for (let i = 0; i < FILES_OF_A_LAYER; i++) {
    const data = Buffer.alloc((index * 7919 + i ** 5) % MAX_FILE_BYTES, `layer ${index} file ${i} `);
    entries.push({ name: `${i % 2 ? 'shared' : `dir${index}`}/file${i}`, data, mode: i % 3 ? 0o644 : 0o4755, uid: i, mtime: 1_600_000_000 + i, ...(i % 4 === 0 && { pax: { 'SCHILY.xattr.user.n': String(i) } }) });
  }
  return archive(...entries, { name: `hard${index}`, type: '1', linkName: `dir${index}/file0` }, ...(index > 0 ? [{ name: `dir0/.wh.file${2 * index}` }] : []));
}

/** Everything below a directory, a line each, contents as digests. */
function treeOf(directory: string): string {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort().map((name) => {
    const path = join(directory, name);
    const stat = lstatSync(path);
    const content = stat.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : stat.isSymbolicLink() ? readlinkSync(path) : '';
    return [name, stat.mode.toString(8), stat.uid, stat.gid, stat.nlink, stat.rdev, stat.isFile() ? stat.mtimeMs : '', content].join(' ');
  }).join('\n');
}
