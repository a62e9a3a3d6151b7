/** Layers from a generator with a seed, unpacked and compared: with a model in memory, with GNU tar, and through overlayfs. `DAVIT_TEST_ROUNDS=20 test/isolate.sh node lib/storage/extractor/generated-layers.kernel.test.ts`: twenty times as many. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { DataLossError } from '#errors';
import { MNT_DETACH, overlayMount, umount } from '#linux';
import { archive, type EntryFixture } from './archive-fixture.ts';
import { LayerModel, linesOnDisk, Refused } from './layer-model-fixture.ts';
import { createScene, type Scene } from './unpack-fixture.ts';

const ROUNDS = Number(process.env['DAVIT_TEST_ROUNDS'] ?? 1);

let scene: Scene;
beforeEach(() => { scene = createScene(); });
afterEach(() => { scene[Symbol.dispose](); });

/** xorshift32: the same archives everywhere. */
function generator(seed: number): { below: (n: number) => number; pick: <T>(from: readonly T[]) => T } {
  let state = (seed * 2654435761) | 1;
  const below = (n: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
  return { below, pick: (from) => from[below(from.length)] as (typeof from)[number] };
}

const NAMES = ['a', 'b', 'c', 'd'];

function path(random: ReturnType<typeof generator>): string {
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(NAMES)).join('/');
}

/** Duplicates, swaps of directories for links and back, hard links to everything, circles, ways through links. */
function hostile(seed: number): EntryFixture[] {
  const random = generator(seed);
  const earlier = [path(random)];
  return Array.from({ length: 3 + random.below(8) }, (_, n): EntryFixture => {
    const target = random.below(4) > 0 ? random.pick(earlier) : path(random);
    const common = { name: random.pick(['', './', '/']) + path(random), mode: random.pick([0o644, 0o4755, 0o1777, 0o600]), uid: random.pick([0, 0, 1000]), mtime: 1_600_000_000 + n };
    earlier.push(common.name.replace(/^[./]+/, ''));
    switch (random.below(8)) {
      case 0: case 1: return { ...common, type: '5' };
      case 2: return { ...common, type: '2', linkName: random.pick([path(random), `/${path(random)}`, `../${path(random)}`, `${path(random)}/../${path(random)}`, '..', '/', '.', '../../..', common.name]) };
      case 3: return { ...common, type: '1', linkName: random.pick(['', '/', './']) + target };
      case 4: return { ...common, type: '6' };
      default: return { ...common, data: `content ${n}` };
    }
  });
}

test(`Unpacker does with ${3000 * ROUNDS} hostile archives what the model does`, () => {
  let [kept, linked] = [0, 0];
  for (let seed = 1; seed <= 3000 * ROUNDS; seed++) {
    const entries = hostile(seed);
    const expected = outcome(() => { const model = new LayerModel(); for (const entry of entries) model.add(entry); return model.lines(); });
    const got = outcome(() => linesOnDisk(scene.root, scene.unpack(...entries)));
    assert.deepEqual(got, expected, `seed ${seed}: ${JSON.stringify(entries)}`);
    scene.assertNothingEscaped();
    scene.clear();
    if (Array.isArray(got)) kept++;
    if (Array.isArray(got) && got.some((line) => line.includes(' is '))) linked++;
  }
  // A generator whose archives are all refused would show nothing.
  assert.ok(kept > 500 * ROUNDS && linked > 100 * ROUNDS, `${kept} were kept, ${linked} with hard links`);
});

test(`Unpacker makes of ${150 * ROUNDS} archives what GNU tar makes`, () => {
  for (let seed = 1; seed <= 150 * ROUNDS; seed++) {
    // Each name once and nothing below links: with others tar has its own opinion.
    const entries = hostile(seed).filter((entry) => entry.type !== '1' || entry.linkName !== entry.name).map((entry, n) => ({
      ...entry, name: `${entry.type === '5' ? 'dirs' : `files/${n}`}/${entry.name.replace(/^[./]+/, '')}`, ...(entry.type === '1' && { linkName: 'target' }),
    }));
    const bytes = [{ name: 'target', data: 'of links', mtime: 1_500_000_000 }, ...entries];
    const implied = scene.unpack(...bytes);
    const other = join(scene.base, 'layer', '..', 'layer-by-tar');
    mkdirSync(other);
    const { status, stderr } = spawnSync('/usr/bin/tar', ['--extract', '--same-permissions', '--same-owner', '--numeric-owner', '--directory', other], { input: archive(...bytes), encoding: 'utf8' });
    assert.equal(status, 0, `${stderr}${JSON.stringify(bytes)}`);
    // tar gives a directory its time before it makes implied ones inside.
    const lines = (root: string): string[] => linesOnDisk(root, implied).map((line) => line.replace(/( directory \d+ \d+) \d+/, '$1'));
    assert.deepEqual(lines(scene.root), lines(other), `seed ${seed}`);
    spawnSync('/usr/bin/rm', ['-rf', other]);
    scene.clear();
  }
});

test(`overlayfs shows ${150 * ROUNDS} generated layers with whiteouts as the image-spec says`, () => {
  const [lower, work, merged] = ['below', 'work', 'merged'].map((name) => scene.at(name)) as [string, string, string];
  let hidden = 0;
  for (let seed = 1; seed <= 150 * ROUNDS; seed++) {
    const random = generator(seed);
    const entries = Array.from({ length: 2 + random.below(8) }, (): EntryFixture => {
      const name = path(random);
      switch (random.below(4)) {
        case 0: return { name: name.replace(/([^/]*)$/, '.wh.$1') };
        case 1: return { name: `${name}/.wh..wh..opq` };
        case 2: return { name, type: '5' };
        default: return { name, data: 'upper' };
      }
    });
    const expected = outcome(() => visible(entries));
    mkdirSync(join(scene.root, 'upper'));
    const got = outcome(() => {
      scene.unpack(...entries.map((entry) => ({ ...entry, name: `upper/${entry.name}` })));
      for (const directory of everyDirectory()) mkdirSync(join(lower, directory), { recursive: true });
      for (const directory of [work, merged]) mkdirSync(directory);
      overlayMount(merged, { lower: [lower], upper: scene.at('upper'), work });
      try {
        const onTheWay = onTheWayToMarks(entries);
        return list(merged, '').filter((name) => !onTheWay(name));
      } finally {
        umount(merged, MNT_DETACH);
      }
    });
    assert.deepEqual(got, expected, `seed ${seed}: ${JSON.stringify(entries)}`);
    scene.clear();
    if (Array.isArray(got) && got.length < everyDirectory().length) hidden++;
  }
  assert.ok(hidden > 20 * ROUNDS, `${hidden} hid something`);
});

/** The lower layer: every name in every directory, as deep as names go. */
function everyDirectory(): string[] {
  return NAMES.flatMap((a) => [a, ...NAMES.flatMap((b) => [`${a}/${b}`, ...NAMES.map((c) => `${a}/${b}/${c}`)])]);
}

/** Whiteouts and opaque marks hide what lies below, wherever they stand; what the layer itself has is there. @throws Refused */
function visible(entries: readonly EntryFixture[]): string[] {
  const model = new LayerModel();
  for (const entry of entries) {
    const mark = markOf(entry);
    if (!mark) model.add(entry);
    // Whatever is on the way to a mark must be a directory, or nothing.
    else if (mark.directory !== '') model.add({ name: `${mark.directory}/probe`, type: '6' });
  }
  const own = model.lines().map((line) => line.split(' ')[0]?.slice(1) ?? '').filter((name) => hasContent(entries, name));
  const { isHidden } = marksOf(entries);
  const onTheWay = onTheWayToMarks(entries);
  const files = model.lines().filter((line) => / file /.test(line)).map((line) => line.split(' ')[0]?.slice(1) ?? '');
  const lower = everyDirectory().filter((name) => !isHidden(name) && !files.some((file) => name === file || name.startsWith(`${file}/`)));
  return [...new Set([...own, ...lower])].filter((name) => !onTheWay(name)).sort();
}

/** A whiteout of `name` in `directory`, or, without a name, an opaque mark. */
function markOf(entry: EntryFixture): { directory: string; name: string | undefined } | undefined {
  const match = /^(?:(.*)\/)?\.wh\.(.*)$/.exec(entry.name);
  return match ? { directory: match[1] ?? '', name: match[2] === '.wh..opq' ? undefined : match[2] } : undefined;
}

function marksOf(entries: readonly EntryFixture[]): { directories: string[]; isHidden: (name: string) => boolean } {
  const marks = entries.flatMap((entry) => markOf(entry) ?? []);
  const whole = marks.flatMap(({ directory, name }) => (name === undefined ? [] : [directory === '' ? name : `${directory}/${name}`]));
  const inside = marks.flatMap(({ directory, name }) => (name === undefined ? [directory] : []));
  return {
    directories: marks.map(({ directory }) => directory),
    isHidden: (name) => whole.some((mark) => name === mark || name.startsWith(`${mark}/`)) || inside.some((mark) => name.startsWith(`${mark}/`)),
  };
}

/** What lies hidden and is there again, or is not, only because a mark stands in it: no concern of anybody's. */
function onTheWayToMarks(entries: readonly EntryFixture[]): (name: string) => boolean {
  const { directories, isHidden } = marksOf(entries);
  return (name) => isHidden(name) && !hasContent(entries, name) && directories.some((directory) => directory === name || directory.startsWith(`${name}/`));
}

/** Whether an entry that is no mark has this name, or lies below it. */
function hasContent(entries: readonly EntryFixture[], name: string): boolean {
  return entries.some((entry) => !markOf(entry) && (entry.name === name || entry.name.startsWith(`${name}/`)));
}

function list(root: string, at: string): string[] {
  return readdirSync(join(root, at)).flatMap((name) => {
    const full = at === '' ? name : `${at}/${name}`;
    return [full, ...(statSync(join(root, full)).isDirectory() ? list(root, full) : [])];
  }).sort();
}

function outcome(run: () => string[]): string[] | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refused || error instanceof DataLossError) return 'refused';
    throw error;
  }
}
