import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_PULL_LIMITS } from '#image';
import { Settings } from '../config/settings.ts';
import { pullLimits } from './pull-limits.ts';

test('pullLimits() of the defaults are those of the library', () => {
  const { image } = new Settings().config();
  assert.deepEqual({ ...DEFAULT_PULL_LIMITS, ...pullLimits(image) }, DEFAULT_PULL_LIMITS);
});

test('pullLimits() takes what is configured', () => {
  const { image } = new Settings().config();
  const limits = pullLimits({ ...image, pull_progress_timeout: '5m', pull_connect_timeout: '100h', pull_max_rate: 7, pull_max_layers: 3, pull_ranges_size: 5 });
  assert.deepEqual([limits.idleBodyTimeoutMs, limits.dialTimeoutMs, limits.maxBytesPerSecond, limits.layersInFlight, limits.rangesTotalBytes], [300_000, 360_000_000, 7, 3, 5]);
});
