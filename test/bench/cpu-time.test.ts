import assert from 'node:assert/strict';
import { test } from 'node:test';
import { busySeconds } from './cpu-time.ts';

const DEADLINE_MS = 10_000;

test('busySeconds() grows by what this process works', () => {
  const [before, own, begun] = [busySeconds(), process.cpuUsage(), performance.now()];
  // The kernel counts by hundredths of a second, each processor's apart.
  while (busySeconds() - before < 0.1 && performance.now() - begun < DEADLINE_MS);
  const { user, system } = process.cpuUsage(own);
  assert.ok(busySeconds() - before >= 0.1, `${busySeconds() - before} s of the machine, ${(user + system) / 1e6} s of this process`);
});
