import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EncodedItems } from './encoded-items.ts';
import { runtime } from './generated/cri.js';

const { Container, ListContainersResponse } = runtime.v1;

test('list() is byte for byte what the whole message would be, with items of every size', () => {
  const items = new EncodedItems();
  const sources = [0, 1, 100, 127, 128, 300, 20_000].map((size) => ({ id: 'x'.repeat(size) }));
  const expected = Buffer.from(ListContainersResponse.encode({ containers: sources }).finish());
  for (let time = 0; time < 2; time++) assert.ok(items.list(sources, ({ id }) => ({ id }), Container).bytes.equals(expected));
  assert.equal(items.list([], ({ id }: { id: string }) => ({ id }), Container).bytes.length, 0);
});

test('list() encodes an item once, and a changed one, which is another object, anew', () => {
  const items = new EncodedItems();
  let conversions = 0;
  const ids = (sources: readonly { id: string }[]): string[] => ListContainersResponse.decode(items.list(sources, ({ id }) => { conversions++; return { id }; }, Container).bytes).containers.map((c) => c.id);
  const [a, b] = [{ id: 'a' }, { id: 'b' }];
  assert.deepEqual([ids([a, b]), ids([b, a]), conversions], [['a', 'b'], ['b', 'a'], 2]);
  assert.deepEqual([ids([a, { id: 'c' }]), conversions], [['a', 'c'], 3]);
});
