import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { RateMeter } from './rate-meter.ts';

test('perSecond() is what came over the last seconds, from the beginning on', () => {
  let now = 10_300;
  const meter = new RateMeter(() => now);
  assert.equal(meter.perSecond(), 0);
  meter.add(1000);
  now += 500;
  assert.equal(meter.perSecond(), 2000);
  now += 1500;
  meter.add(1000);
  assert.equal(meter.perSecond(), 1000);
  now = 17_000;
  assert.equal(meter.perSecond(), 0);
  now = 1_000_000;
  assert.equal(meter.perSecond(), 0);
});
