import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { buildLayer } from '../../../test/fixtures/images/index.ts';
import { HANG_MS, PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { FaultTarget, Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const NAME = 'example.com/app:1';
const isBlob = (t: FaultTarget): boolean => t.kind === 'blob';

/** Settles when the registry has been asked `count` times for something that matches. */
async function asked(registry: Registry, when: (t: FaultTarget) => boolean, count = 1): Promise<void> {
  while (registry.requests.filter(when).length < count) await setImmediate();
}

test('equal pulls are one: each blob is fetched once', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  const all = await Promise.all(Array.from({ length: 5 }, () => images.pull(NAME, { signal })));
  assert.equal(new Set(all.map((r) => r.imageId)).size, 1);
  assert.equal(registry.requests.filter(isBlob).length, 3);
  assert.deepEqual(images.progress(), []);
});

test('a joined pull goes on when the caller that began it leaves', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  const gate = Promise.withResolvers<undefined>();
  node.storage.beforeCommit = () => gate.promise;
  const leader = new AbortController();
  const first = images.pull(NAME, { signal: leader.signal });
  const second = images.pull(NAME, { signal });
  await asked(registry, isBlob, 3);
  leader.abort();
  await assert.rejects(first, { code: 'Cancelled', message: /pull image "example\.com\/app:1": cancelled by the caller in stage \w+ after \d+ ms/ });
  gate.resolve(undefined);
  assert.equal((await second).imageId, image.imageId);
});

test('when the last caller leaves, the pull is cancelled, nothing stays, and the next one is new', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  registry.faults.add({ when: isBlob, times: 1, action: { do: 'ignore-range' } });
  registry.faults.add({ when: isBlob, times: 2, action: { do: 'hang-body', afterBytes: 10 } });
  const callers = [new AbortController(), new AbortController()];
  const pulls = callers.map((c) => images.pull(NAME, { signal: c.signal }));
  const outcomes = Promise.allSettled(pulls);
  await asked(registry, isBlob, 3);
  for (const caller of callers) caller.abort();
  assert.deepEqual((await outcomes).map((o) => o.status), ['rejected', 'rejected']);
  registry.faults.clear();
  await images.pull(NAME, { signal });
  while (images.progress().length > 0) await setImmediate();
  assert.deepEqual([...node.storage.staging], []);
});

test('a layer that two pulls want is fetched once, and outlives the pull that began it', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const base = await buildLayer(registry.store, [{ path: 'base', type: 'file', data: 'base' }]);
  const top = await buildLayer(registry.store, [{ path: 'top', type: 'file', data: 'top' }]);
  await smallImage(registry, 'example.com/one', '1', { layers: [base] });
  const two = await smallImage(registry, 'example.com/two', '1', { layers: [base, top] });
  const images = node.images(redirectTo([registry]));
  const gate = Promise.withResolvers<undefined>();
  node.storage.beforeWrite = () => gate.promise;
  const leader = new AbortController();
  const isBase = (t: FaultTarget): boolean => t.reference === base.descriptor.digest;
  const first = images.pull('example.com/one:1', { signal: leader.signal });
  const gone = assert.rejects(first, { code: 'Cancelled' });
  await asked(registry, isBase);
  const second = images.pull('example.com/two:1', { signal });
  await asked(registry, (t) => t.reference === top.descriptor.digest);
  leader.abort();
  await gone;
  gate.resolve(undefined);
  assert.equal((await second).imageId, two.imageId);
  assert.equal(registry.requests.filter(isBase).length, 1);
});

test('a pull whose neighbour fails on a shared layer fetches it from its own registry', async () => {
  await using node = await PullNode.open();
  const [bad, good] = [await node.registry('bad'), await node.registry('good')];
  for (const registry of [bad, good]) await smallImage(registry, `${registry === bad ? 'bad' : 'good'}.example.com/app`, '1', { content: [{ seed: 'shared', bytes: 100_000 }], compression: 'plain' });
  const rules = { ...redirectTo([bad]), registries: [...redirectTo([bad], { host: 'bad.example.com' }).registries, ...redirectTo([good], { host: 'good.example.com' }).registries] };
  const digest = (await good.store.manifest('good.example.com/app', '1'))?.bytes.toString() ?? '';
  const layer = (JSON.parse(digest) as { layers: { digest: string }[] }).layers[0]?.digest ?? '';
  const isLayer = (t: FaultTarget): boolean => t.reference === layer;
  bad.faults.add({ when: isLayer, action: { do: 'hang-body', afterBytes: 10 } });
  const images = node.images(rules, { limits: { idleBodyTimeoutMs: HANG_MS } });
  const failing = assert.rejects(images.pull('bad.example.com/app:1', { signal }), { message: /^RegistryUnavailable/ });
  await asked(bad, isLayer);
  await images.pull('good.example.com/app:1', { signal });
  await failing;
  assert.equal(bad.requests.filter(isLayer).length, 1);
});

test('layers that go away with another image during the commit are fetched again', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  let times = 0;
  node.storage.beforeCommit = async () => { if (times++ === 0) node.storage.staging.clear(); };
  assert.equal((await images.pull(NAME, { signal })).imageId, image.imageId);
  assert.equal(node.storage.begun.length, 4);
});

test('a caller whose deadline passes learns stage, time and progress', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { faults: [{ when: (t) => t.kind === 'manifest', action: { do: 'hang' } }] });
  await smallImage(registry, 'example.com/app', '1');
  await assert.rejects(node.images(redirectTo([registry])).pull(NAME, { signal: AbortSignal.timeout(50) }), { code: 'DeadlineExceeded', message: /the caller's deadline passed in stage resolving after \d+ ms/ });
});

test('disposing cancels what is under way and waits for its end', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { faults: [{ when: isBlob, action: { do: 'hang-body', afterBytes: 10 } }] });
  await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  const pull = assert.rejects(images.pull(NAME, { signal }), { code: 'Unavailable', message: /the daemon is stopping/ });
  await asked(registry, isBlob);
  await images[Symbol.asyncDispose]();
  await pull;
  await assert.rejects(images.pull(NAME, { signal }), { code: 'Unavailable' });
});

test('no more layers than the limit are at work at once, over all pulls', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1', { content: ['a', 'b', 'c', 'd', 'e'].map((seed) => ({ seed })) });
  const gate = Promise.withResolvers<undefined>();
  node.storage.beforeWrite = () => gate.promise;
  const pull = node.images(redirectTo([registry]), { limits: { layersInFlight: 2 } }).pull(NAME, { signal });
  await asked(registry, isBlob, 3);
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  assert.equal(node.storage.begun.length, 2);
  gate.resolve(undefined);
  await pull;
  assert.equal(node.storage.begun.length, 5);
});
