/** The operator's view of pulls: `davit pull` and `davit pulls` against a running daemon, and how many extractors work for one. */
import { strict as assert } from 'node:assert';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { buildImage, buildLayer } from '../fixtures/images/index.ts';
import type { BuiltImage } from '../fixtures/images/index.ts';
import { createRegistry } from '../fixtures/registry/index.ts';
import type { Registry } from '../fixtures/registry/index.ts';
import { eventually, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

const run = promisify(execFile);
const HOST = 'shown.example.com';
const NAME = `${HOST}/app:1`;
const LAYER_BYTES = 2 * 1024 * 1024;
const MANY_LAYERS = 4;
/** A layer's body takes longer than the pool of extractors thinks before it starts a further one, and far longer than a look at what runs. */
const SLOWLY = { do: 'trickle', chunkBytes: LAYER_BYTES / 8, everyMs: 100 } as const;

let directory: string;
let registry: Registry;
let node: TestNode;
let image: BuiltImage;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-pulls-'));
  registry = await createRegistry({ directory, port: 0 });
  node = await startNode({ config: '[crio.image]\npull_max_extractors = 1\n', mirrors: { [HOST]: registry.address } });
  const layers = [await buildLayer(registry.store, [{ path: 'big', type: 'file', data: Buffer.alloc(LAYER_BYTES, 'davit test data ') }], { compression: 'plain' })];
  image = await buildImage(registry.store, `${HOST}/app`, '1', { layers });
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.defer(() => registry[Symbol.asyncDispose]());
  undo.use(node);
});
beforeEach(async () => {
  registry.faults.clear();
  await node.davit.client.call('RemoveImage', { image: { image: NAME } });
});

const runroot = (): string => `--runroot=${node.davit.runroot}`;

test('davit pull prints the image id, and each step on a line of standard error when that is no terminal', async () => {
  const { stdout, stderr } = await run(DAVIT, ['pull', runroot(), NAME]);
  assert.equal(stdout, `${image.imageId}\n`);
  const layer = image.layers[0]?.descriptor.digest.slice(7, 19) ?? '';
  assert.match(stderr, new RegExp(`^${layer} unpacked 2\\.0 MiB of 2\\.0 MiB from ${registry.address} \\(mirror, anonymous\\)$`, 'm'));
  assert.match(stderr, /^done after /m);
  assert.doesNotMatch(stderr, /\u001b/);
  assert.equal((await node.davit.client.call('ImageStatus', { image: { image: NAME } })).image?.id, image.imageId);
});

test('davit pull, pulls and why take --root as the other commands do, and refuse one that is not the daemon\'s', async () => {
  assert.equal((await run(DAVIT, ['pull', runroot(), `--root=${node.davit.root}`, NAME])).stdout, `${image.imageId}\n`);
  assert.equal((await run(DAVIT, ['pulls', runroot(), `--root=${node.davit.root}`])).stdout, 'no pull is under way\n');
  for (const words of [['pull', NAME], ['pulls'], ['why', 'pod'], ['image', 'ls']]) {
    await assert.rejects(run(DAVIT, [...words, runroot(), '--root=/var/lib/another']), (error: { stderr: string }) => error.stderr.includes('not "/var/lib/another"'), words.join(' '));
  }
});

test('davit pull draws bars on a terminal', async () => {
  const { stdout } = await run('script', ['-qec', `stty cols 160; ${DAVIT} pull ${runroot()} ${NAME}`, '/dev/null']);
  assert.match(stdout, /\u001b\[\d+A/);
  assert.match(stdout, /━{24}/);
  assert.match(stdout, new RegExp(`${image.imageId}\\r\\n$`));
});

test('davit pull of an image that is not there exits with 1 and says what the registry said', async () => {
  await assert.rejects(run(DAVIT, ['pull', runroot(), `${HOST}/none:1`]), (error: Error & { code: number; stderr: string }) => {
    assert.equal(error.code, 1);
    assert.match(error.stderr, /^davit pull: .*pull image "shown.example.com\/none:1": manifest 1: .*MANIFEST_UNKNOWN/m);
    return true;
  });
});

test('davit pulls shows a pull of kubelet with its layer, bytes and source; Ctrl-C of davit pull ends its pull', async () => {
  assert.equal((await run(DAVIT, ['pulls', runroot()])).stdout, 'no pull is under way\n');
  registry.faults.add({ when: (t) => t.kind === 'blob' && t.reference === image.layers[0]?.descriptor.digest, action: { do: 'hang-body', afterBytes: 500_000 } });
  const pulling = spawn(DAVIT, ['pull', runroot(), NAME], { stdio: 'ignore' });
  const gone = once(pulling, 'exit');
  await eventually('the layer under way', async () => {
    const { stdout } = await run(DAVIT, ['pulls', runroot()]);
    return new RegExp(`^${NAME.replaceAll('.', '\\.')}  layers .*\\n.* [1-9][\\d.]+ KiB / 2\\.0 MiB +downloading .*${registry.address} \\(mirror, anonymous\\)$`, 'm').test(stdout);
  });
  pulling.kill('SIGINT');
  await gone;
  await eventually('the end of the pull', async () => (await run(DAVIT, ['pulls', runroot()])).stdout === 'no pull is under way\n');
  await eventually('no trace', async () => node.assertClean().then(() => true, () => false));
});

async function extractors(): Promise<number> {
  const programs = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return programs.filter((words) => words.split('\0', 1)[0]?.endsWith('/davit-unpack')).length;
}

test('layers that come at the same time are unpacked by no more extractors than pull_max_extractors', async () => {
  const layers = await Promise.all(Array.from({ length: MANY_LAYERS }, (_, n) => buildLayer(registry.store, [{ path: `big${n}`, type: 'file', data: Buffer.alloc(LAYER_BYTES, `davit test data ${n} `) }], { compression: 'plain' })));
  const many = await buildImage(registry.store, `${HOST}/many`, '1', { layers });
  registry.faults.add({ when: ({ reference }) => layers.some(({ descriptor }) => descriptor.digest === reference), action: SLOWLY });
  let pulled = '';
  const pulling = node.davit.client.call('PullImage', { image: { image: `${HOST}/many:1` } }).then(({ imageRef }) => { pulled = imageRef; });
  const seen = new Set<number>();
  while (pulled === '') {
    seen.add(await extractors());
    await Promise.race([pulling, delay(10)]);
  }
  assert.equal(pulled, many.imageId);
  assert.equal(Math.max(...seen), 1);
  await node.davit.client.call('RemoveImage', { image: { image: pulled } });
});

test('davit pulls without a daemon says where it looked', async () => {
  await assert.rejects(run(DAVIT, ['pulls', '--runroot=/nonexistent']), (error: Error & { code: number; stderr: string }) => {
    assert.equal(error.code, 1);
    assert.match(error.stderr, /^davit pulls: no davit answers at "\/nonexistent\/davit-admin\.sock"/);
    return true;
  });
});
