import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodedAnswer, EncodedItems, type EncodedMessage } from './encoded-items.ts';
import { runtime } from './generated/cri.js';

const { Container, ListContainersResponse } = runtime.v1;

test('encodedAnswer() is byte for byte what the whole message would be, with items of every size', () => {
  const items = new EncodedItems();
  const sources = [0, 1, 100, 127, 128, 300, 20_000].map((size) => ({ id: 'x'.repeat(size) }));
  const expected = Buffer.from(ListContainersResponse.encode({ containers: sources }).finish());
  for (let time = 0; time < 2; time++) assert.ok(encodedAnswer(items.items(sources, ({ id }) => ({ id }), Container)).bytes.equals(expected));
  assert.equal(encodedAnswer([]).bytes.length, 0);
});

test('items() encodes an item once, and a changed one, which is another object, anew', () => {
  const items = new EncodedItems();
  let conversions = 0;
  const ids = (sources: readonly { id: string }[]): string[] => items.items(sources, ({ id }) => { conversions++; return { id }; }, Container).map((bytes) => Container.decode(Buffer.from(bytes)).id);
  const [a, b] = [{ id: 'a' }, { id: 'b' }];
  assert.deepEqual([ids([a, b]), ids([b, a]), conversions], [['a', 'b'], ['b', 'a'], 2]);
  assert.deepEqual([ids([a, { id: 'c' }]), conversions], [['a', 'c'], 3]);
});

test('list() makes the answer once for the same array, and anew for another one of the same items', () => {
  const items = new EncodedItems();
  const sources = [{ id: 'a' }, { id: 'b' }];
  const answer = (of: readonly { id: string }[]): EncodedMessage => items.list(of, ({ id }) => ({ id }), Container);
  const first = answer(sources);
  assert.deepEqual(ListContainersResponse.decode(first.bytes).containers.map(({ id }) => id), ['a', 'b']);
  assert.equal(answer(sources), first);
  assert.notEqual(answer([...sources]), first);
});
