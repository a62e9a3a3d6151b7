import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inlet } from './inlet.ts';

function collector(): { taken: string[]; taker: { take: (bytes: Buffer, done: () => void) => void; end: () => void } } {
  const taken: string[] = [];
  return { taken, taker: { take: (bytes, done) => { taken.push(bytes.toString()); done(); }, end: () => { taken.push('end'); } } };
}

test('what came before somebody opened it comes first, the end last', () => {
  const [inlet, { taken, taker }] = [new Inlet(), collector()];
  inlet.push(Buffer.from('a'), () => undefined);
  inlet.end();
  inlet.open(taker);
  assert.deepEqual(taken, ['a', 'end']);
});

for (const opened of ['before', 'after']) {
  test(`what a client sends behind its own end is dropped and done with, opened ${opened} it`, () => {
    const [inlet, { taken, taker }] = [new Inlet(), collector()];
    if (opened === 'before') inlet.open(taker);
    inlet.push(Buffer.from('a'), () => undefined);
    inlet.end();
    let done = 0;
    inlet.push(Buffer.from('b'), () => { done++; });
    inlet.end();
    if (opened === 'after') inlet.open(taker);
    assert.deepEqual([taken, done], [['a', 'end'], 1]);
  });
}

test('what waits when nobody wants it any more is done with, and what still comes', () => {
  const [inlet, { taken, taker }] = [new Inlet(), collector()];
  let done = 0;
  inlet.push(Buffer.from('a'), () => { done++; });
  inlet.push(Buffer.from('b'), () => { done++; });
  inlet.close();
  assert.equal(done, 2);
  inlet.push(Buffer.from('c'), () => { done++; });
  inlet.open(taker);
  inlet.end();
  assert.deepEqual([taken, done], [[], 3]);
});
