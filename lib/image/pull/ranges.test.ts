/** Large layers by ranges beside each other: where they help, where the server is against it, and within the node's limits. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Semaphore } from '#async';
import { silentLogger } from '#log';
import { PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { Fault, FaultAction, FaultTarget, Registry, RegistryOptions } from '../../../test/fixtures/registry/index.ts';
import { MAX_CONNECTIONS_PER_LAYER } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { ParallelRanges } from './parallel-ranges.ts';

const signal = new AbortController().signal;
const NAME = 'example.com/app:1';
/** The good body beside it must not be silent for so long, on a machine that stands still for a moment. */
const SILENCE_MS = 2000;
const LAYER_BYTES = 600_000;
const RANGE_BYTES = 30_000;
const LIMITS = { rangesFromBytes: 300_000, rangeBytes: RANGE_BYTES, rangesTotalBytes: 4 * RANGE_BYTES };
/** What a server does that lets no connection have more than so much: the layer waits for it nearly all the time. */
const SLOW: FaultAction = { do: 'trickle', chunkBytes: 10_000, everyMs: 2 };
/** One that was asked for beside others; a body that goes on after a failure has no end. */
const isRange = ({ range }: FaultTarget): boolean => /^bytes=\d+-\d+$/.test(range);

const startOf = (range: string): number => Number(/\d+/.exec(range)?.[0]);
/** Ranges that are asked for beside the first body. */
const AT_FIRST = MAX_CONNECTIONS_PER_LAYER - 1;
/** A fault at one byte of each range, wherever that begins. */
const ODD_BYTES = 5000;
const inEachRange = (action: (byte: number) => FaultAction): Fault[] => Array.from({ length: LAYER_BYTES / RANGE_BYTES }, (_, n) => n * RANGE_BYTES + ODD_BYTES).map((byte) => (
  { when: (t) => isRange(t) && startOf(t.range) <= byte && byte < startOf(t.range) + RANGE_BYTES, action: action(byte) }));

interface Pulled { readonly ranges: string[]; readonly others: string[]; readonly unpacked: number }

/** Pulls an image of one large layer; its digest is checked by the storage. */
async function pullLayer(node: PullNode, faults: readonly Fault[], { limits = {}, options = {}, registry: there, next = [] }: { limits?: Partial<PullLimits>; options?: Partial<RegistryOptions>; registry?: Registry; next?: readonly Registry[] } = {}): Promise<Pulled> {
  const registry = there ?? await node.registry('r', options);
  const image = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a', bytes: LAYER_BYTES }], compression: 'plain' });
  const isLayer = (t: FaultTarget): boolean => t.reference === image.layers[0]?.descriptor.digest;
  for (const { when, ...fault } of [...faults, { action: SLOW }]) registry.faults.add({ ...fault, when: (t) => isLayer(t) && (when?.(t) ?? true) });
  assert.equal((await node.images(redirectTo([registry, ...next]), { limits: { ...LIMITS, ...limits } }).pull(NAME, { signal })).imageId, image.imageId);
  const asked = registry.requests.filter(isLayer);
  return { ranges: asked.filter(isRange).map((t) => t.range), others: asked.filter((t) => !isRange(t)).map((t) => t.range), unpacked: node.storage.begun.length };
}

test('a layer that waits for its connection is fetched by ranges, each byte once', async () => {
  await using node = await PullNode.open();
  const { ranges, unpacked } = await pullLayer(node, []);
  assert.ok(ranges.length > 2, ranges.join());
  const starts = ranges.map(startOf).sort((a, b) => a - b);
  assert.deepEqual(starts, starts.map((_, n) => (starts[0] ?? 0) + n * RANGE_BYTES));
  assert.equal(unpacked, 1);
});

for (const [name, options] of [
  ['a server that says nothing of ranges', { options: { withoutRanges: true } }], ['a layer below the limit', { limits: { rangesFromBytes: 2 * LAYER_BYTES } }],
  ['no memory for ranges', { limits: { rangesTotalBytes: 0 } }], ['no place beside the layer', { limits: { layersInFlight: 1 } }],
] as const) {
  test(`${name}: one connection`, async () => {
    await using node = await PullNode.open();
    const { ranges, others } = await pullLayer(node, [], options);
    assert.deepEqual([ranges, others], [[], ['']]);
  });
}

const FAULTS: readonly (readonly [string, FaultAction, Partial<PullLimits>?])[] = [
  ['answered with the whole', { do: 'ignore-range' }], ['answered with another range', { do: 'wrong-range', shift: 7 }], ['answered with another blob', { do: 'replace', body: Buffer.alloc(RANGE_BYTES) }],
  ['of another entity tag', { do: 'other-etag' }], ['throttled', { do: 'status', status: 429, headers: { 'retry-after': '0' } }], ['throttled for an hour', { do: 'status', status: 429, headers: { 'retry-after': '3600' } }],
  ['refused', { do: 'status', status: 403 }], ['answered by an error', { do: 'status', status: 500 }], ['redirected to where nobody is', { do: 'redirect', to: 'http://127.0.0.1:1' }],
  ['cut', { do: 'cut', afterBytes: 0 }], ['not answered', { do: 'hang' }, { headersTimeoutMs: SILENCE_MS }], ['silent', { do: 'hang-body', afterBytes: 0 }, { idleBodyTimeoutMs: SILENCE_MS }],
];
for (const [name, action, limits = {}] of FAULTS) {
  test(`a range is ${name} while the first body still comes: that one goes on`, async () => {
    await using node = await PullNode.open();
    const { ranges, others, unpacked } = await pullLayer(node, [{ when: isRange, action }], { limits });
    assert.ok(ranges.length > 0 && ranges.length < 4, ranges.join());
    assert.ok(others.length <= 2, others.join());
    assert.equal(unpacked, 1);
  });

  test(`a later range is ${name}: the rest comes over one connection`, async () => {
    await using node = await PullNode.open();
    let count = 0;
    const next = await node.registry('r');
    const { ranges, others, unpacked } = await pullLayer(node, [{ when: (t) => isRange(t) && ++count > AT_FIRST, action }], { limits, next: name === 'throttled' ? [] : [next] });
    assert.ok(ranges.length > 2 && ranges.length < 8, ranges.join());
    assert.equal(others.length, 2, others.join());
    assert.match(others[1] ?? '', /^bytes=[1-9]\d*-$/);
    assert.equal(unpacked, 1);
    assert.equal(next.requests.length, 0, 'no other endpoint is asked because of it');
  });
}

test('ranges that are refused before their turn cost the first body nothing', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r');
  node.storage.beforeWrite = async () => {
    const asked = registry.requests.filter(isRange);
    // Long enough for the answer to be read, too.
    for (let turn = 0; asked.some(({ status }) => status === 0) || (asked.length > 0 && turn < 100); turn++) await setImmediate();
  };
  const { ranges, others } = await pullLayer(node, [{ when: isRange, action: { do: 'status', status: 403 } }], { registry });
  assert.deepEqual([ranges.length, others], [AT_FIRST, ['']]);
});

test('a server that asks for patience instead of a range is left alone for so long', async () => {
  await using node = await PullNode.open();
  let count = 0;
  const begun = performance.now();
  const { others } = await pullLayer(node, [{ when: (t) => isRange(t) && ++count > AT_FIRST, action: { do: 'status', status: 429, headers: { 'retry-after': '1' } } }]);
  assert.ok(performance.now() - begun >= 1000);
  assert.match(others[1] ?? '', /^bytes=[1-9]\d*-$/);
});

test('ranges that bring nothing: the rest comes over one connection', async () => {
  await using node = await PullNode.open();
  const next = await node.registry('r');
  const { ranges, others, unpacked } = await pullLayer(node, [{ when: isRange, action: { do: 'trickle', chunkBytes: 1000, everyMs: 4 } }], { next: [next] });
  // Two for each connection are looked at, and others are under way by then.
  assert.ok(ranges.length > 0 && ranges.length <= 3 * MAX_CONNECTIONS_PER_LAYER, ranges.join());
  assert.equal(others.length, 2, others.join());
  assert.equal(unpacked, 1);
  assert.equal(next.requests.length, 0, 'nothing has failed');
});

test('ranges that break off in the middle: what came of one is not asked for again', async () => {
  await using node = await PullNode.open();
  const { others, unpacked } = await pullLayer(node, inEachRange((afterBytes) => ({ do: 'cut', afterBytes })));
  assert.equal(unpacked, 1);
  if (others.length === 2) assert.equal(startOf(others[1] ?? '') % RANGE_BYTES, ODD_BYTES);
});

test('ranges of wrong bytes: the layer is fetched again over one connection, and the server keeps its name', async () => {
  await using node = await PullNode.open();
  const { others, unpacked } = await pullLayer(node, inEachRange((atByte) => ({ do: 'corrupt', atByte })));
  assert.equal(unpacked, 2);
  assert.equal(others.at(-1), '');
});

test('the next endpoint goes on where a range was when the server is gone altogether', async () => {
  await using node = await PullNode.open();
  const [mirror, primary] = [await node.registry('r'), await node.registry('r')];
  const image = await smallImage(mirror, 'example.com/app', '1', { content: [{ seed: 'a', bytes: LAYER_BYTES }], compression: 'plain' });
  const isLayer = (t: FaultTarget): boolean => t.reference === image.layers[0]?.descriptor.digest;
  let count = 0;
  mirror.faults.add({ when: (t) => isLayer(t) && count > AT_FIRST, action: { do: 'status', status: 404 } });
  mirror.faults.add({ when: (t) => isLayer(t) && (!isRange(t) || ++count <= AT_FIRST), action: SLOW });
  mirror.faults.add({ when: isLayer, action: { do: 'cut', afterBytes: 0 } });
  assert.equal((await node.images(redirectTo([mirror, primary]), { limits: LIMITS }).pull(NAME, { signal })).imageId, image.imageId);
  assert.match(primary.requests.find(isLayer)?.range ?? '', /^bytes=[1-9]\d*-$/);
  assert.equal(node.storage.begun.length, 1);
});

test('a pull that is cancelled ends its ranges', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { faults: [{ when: isRange, action: { do: 'hang-body', afterBytes: 0 } }, { when: (t) => t.kind === 'blob', action: SLOW }] });
  await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a', bytes: LAYER_BYTES }], compression: 'plain' });
  const caller = new AbortController();
  const images = node.images(redirectTo([registry]), { limits: LIMITS });
  const pulling = images.pull(NAME, { signal: caller.signal });
  pulling.catch(() => undefined);
  while (!registry.requests.some(isRange)) await setImmediate();
  caller.abort();
  await assert.rejects(pulling, { code: 'Cancelled' });
  await images[Symbol.asyncDispose]();
});

test('the rate of the node holds for ranges too', async () => {
  await using node = await PullNode.open();
  const begun = performance.now();
  const slower: Fault = { action: { do: 'trickle', chunkBytes: 6000, everyMs: 20 } };
  const { ranges } = await pullLayer(node, [slower], { limits: { maxBytesPerSecond: 400_000 } });
  assert.ok(ranges.length > 0);
  assert.ok(performance.now() - begun > 1200, '1.5 seconds, less the burst: without the limit one would do');
});

test('ParallelRanges gives no more memory than it has, and no place that a layer could have', async () => {
  const places = new Semaphore(3);
  const ranges = new ParallelRanges({ totalBytes: 10, places, log: silentLogger });
  const [first, second] = [ranges.take(4), ranges.take(4)];
  assert.ok(first && second);
  assert.equal(ranges.take(4), undefined, 'no memory');
  const third = ranges.take(2);
  assert.ok(third);
  second[Symbol.dispose]();
  third[Symbol.dispose]();
  third[Symbol.dispose]();
  const layers = [await places.acquire(signal, 'layer'), await places.acquire(signal, 'layer')];
  assert.equal(ranges.take(4), undefined, 'no place');
  first.fetched();
  const fourth = ranges.take(6);
  assert.ok(fourth, 'the place is free, the memory not yet');
  fourth[Symbol.dispose]();
  assert.equal(ranges.take(7), undefined);
  first[Symbol.dispose]();
  assert.ok(ranges.take(10));
  for (const layer of layers) layer[Symbol.dispose]();
});
