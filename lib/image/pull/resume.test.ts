/** Bodies that break: the pull goes on where it was, at the same place or at the next. */
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { MAX_STRIKES } from '../limits.ts';
import { HANG_MS, PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { Fault, FaultAction, FaultTarget, Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const NAME = 'example.com/app:1';
const LAYER_BYTES = 300_000;
const SLOW_WRITE_MS = 1500;
const CUT: FaultAction = { do: 'cut', afterBytes: 100_000 };

interface OneLayer { readonly layer: string; readonly imageId: string; readonly isLayer: (t: FaultTarget) => boolean }

async function oneLayer(...registries: readonly Registry[]): Promise<OneLayer> {
  let image;
  for (const registry of registries) image = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a', bytes: LAYER_BYTES }], compression: 'plain' });
  const layer = image?.layers[0]?.descriptor.digest ?? '';
  return { layer, imageId: image?.imageId ?? '', isLayer: (t) => t.reference === layer };
}

/** Listens on a port, ends the first connections without an answer, and goes. */
async function refuse(port: number, connections: number): Promise<void> {
  const server = createServer((socket) => {
    socket.resetAndDestroy();
    if (--connections === 0) server.close();
  }).listen(port, '127.0.0.1').unref();
  await once(server, 'close');
}

const ranges = (registry: Registry, isLayer: (t: FaultTarget) => boolean): number[] => registry.requests.filter(isLayer).map((r) => Number(/^bytes=(\d+)-/.exec(r.headers.range ?? '')?.[1] ?? 0));

for (const [name, then, asked] of [
  ['and the rest comes', [], 2],
  ['and the server ignores Range', [{ do: 'ignore-range' }], 2],
  ['and the server answers with another range: the whole is asked for', [{ do: 'wrong-range', shift: 7 }], 3],
  ['and the server is busy for a moment', [{ do: 'status', status: 503, headers: { 'retry-after': '0' } }], 3],
] as const) {
  test(`a body is cut ${name}`, async () => {
    await using node = await PullNode.open();
    const registry = await node.registry();
    const { isLayer, imageId } = await oneLayer(registry);
    registry.faults.add({ when: isLayer, times: 1, action: CUT });
    for (const action of then) registry.faults.add({ when: isLayer, ...(action.do !== 'wrong-range' && { times: 1 }), action });
    assert.equal((await node.images(redirectTo([registry])).pull(NAME, { signal })).imageId, imageId);
    const starts = ranges(registry, isLayer);
    assert.equal(starts.length, asked);
    assert.equal(starts[0], 0);
    assert.ok((starts[1] ?? 0) > 0, 'asked for the rest');
    assert.equal(node.storage.begun.length, 1, 'unpacked once');
  });
}

test('a registry that restarts in the middle of an image: what came of its layers does not come again', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a' }, { seed: 'b', bytes: LAYER_BYTES }], compression: 'plain' });
  const isSecond = (t: FaultTarget): boolean => t.reference === image.layers[1]?.descriptor.digest;
  registry.faults.add({ when: isSecond, times: 1, action: { do: 'hang-body', afterBytes: 100_000 } });
  const { promise: halfway, resolve } = Promise.withResolvers<void>();
  const pulling = node.images(redirectTo([registry]), { limits: { outageMs: 60_000 } }).pull('example.com/app:1', { signal, onProgress: ({ layers: [first, second] }) => {
    if (first?.stage === 'unpacked' && (second?.bytes ?? 0) >= 100_000) resolve();
  } });
  await halfway;
  const port = Number(registry.address.split(':')[1]);
  await registry[Symbol.asyncDispose]();
  // What stands in its place takes connections and ends them, more often than a registry that is there may.
  await Promise.race([refuse(port, 2 * MAX_STRIKES), pulling]);
  const again = await node.registry('registry', { port });
  assert.equal((await pulling).imageId, image.imageId);
  assert.deepEqual(again.requests.map(({ kind, range }) => [kind, range]), [['blob', 'bytes=100000-']]);
  assert.equal(node.storage.begun.length, 2, 'each unpacked once');
});

for (const [name, action, limits] of [
  ['cut', CUT, {}], ['silent', { do: 'hang-body', afterBytes: 100_000 }, { idleBodyTimeoutMs: HANG_MS }],
  ['a trickle', { do: 'trickle', chunkBytes: 10, everyMs: 5, fromByte: 100_000 }, { minBytesPerSecond: 1_000_000, rateWindowMs: HANG_MS }],
] as const) {
  test(`a mirror's body is ${name}: the next endpoint goes on at that byte`, async () => {
    await using node = await PullNode.open();
    const [mirror, primary] = [await node.registry('mirror'), await node.registry('primary')];
    const { isLayer, imageId } = await oneLayer(mirror, primary);
    mirror.faults.add({ when: isLayer, action });
    assert.equal((await node.images(redirectTo([mirror, primary]), { limits }).pull(NAME, { signal })).imageId, imageId);
    assert.ok((ranges(primary, isLayer)[0] ?? 0) > 0);
    assert.equal(node.storage.begun.length, 1);
  });
}

test('a mirror that lacks one blob serves the others, and the next endpoint that one', async () => {
  await using node = await PullNode.open();
  const [mirror, primary] = [await node.registry('mirror'), await node.registry('primary')];
  const { layer } = await oneLayer(mirror, primary);
  await mirror.store.removeBlob(layer);
  await node.images(redirectTo([mirror, primary])).pull(NAME, { signal });
  assert.deepEqual(primary.requests.map((r) => r.reference), [layer]);
});

test('a blob that the server calls gzip-encoded and sends as it is, is taken as it is', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const { isLayer, imageId } = await oneLayer(registry);
  registry.faults.add({ when: isLayer, action: { do: 'claim-gzip' } });
  assert.equal((await node.images(redirectTo([registry])).pull(NAME, { signal })).imageId, imageId);
  assert.deepEqual([...new Set(registry.requests.map((r) => r.headers['accept-encoding']))], ['identity'], 'nothing else was asked for');
});

test('time that the unpacking takes is no idleness and no low rate of the registry', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const { imageId, isLayer } = await oneLayer(registry);
  // Counted as the network's, each of these times would be too long, and all together too slow.
  node.storage.beforeWrite = () => new Promise((resolve) => { setTimeout(resolve, SLOW_WRITE_MS); });
  const images = node.images(redirectTo([registry]), { limits: { idleBodyTimeoutMs: SLOW_WRITE_MS - 500, minBytesPerSecond: 1_000_000, rateWindowMs: 2 * SLOW_WRITE_MS - 500 } });
  assert.equal((await images.pull(NAME, { signal })).imageId, imageId);
  assert.equal(registry.requests.filter(isLayer).length, 1);
});

test('a redirect to another host is followed for each part of a body, without credentials', async () => {
  await using node = await PullNode.open();
  const [front, cdn] = [await node.registry('r'), await node.registry('r')];
  const { isLayer, imageId } = await oneLayer(front);
  front.faults.add({ when: isLayer, action: { do: 'redirect', to: `http://${cdn.address}` } });
  cdn.faults.add({ when: isLayer, times: 1, action: CUT });
  assert.equal((await node.images(redirectTo([front])).pull(NAME, { signal })).imageId, imageId);
  assert.equal(front.requests.filter(isLayer).length, 2);
  assert.ok((ranges(cdn, isLayer)[1] ?? 0) > 0);
});

for (const [name, status, header] of [['seconds', 429, () => '0'], ['a date', 429, () => new Date(Date.now() - 1000).toUTCString()], ['a date, 503', 503, () => new Date(Date.now() + 100).toUTCString()]] as const) {
  test(`Retry-After by ${name} is waited for`, async () => {
    await using node = await PullNode.open();
    const fault: Fault = { times: 2, action: { do: 'status', status, headers: { 'retry-after': header() } } };
    const registry = await node.registry('r', { faults: [fault] });
    await oneLayer(registry);
    await node.images(redirectTo([registry])).pull(NAME, { signal });
    assert.deepEqual(registry.requests.slice(0, 3).map((r) => r.status), [status, status, 200]);
  });
}
