import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { detectCgroups } from '#linux';
import { DEFAULT_CGROUP_PARENT } from '#oci';
import { makeTopCgroups, MONITORS_CGROUP } from './top-cgroups.ts';

const cgroups = detectCgroups();
const there = (path: string): boolean => cgroups.directories(path).some((directory) => existsSync(directory));

test('makeTopCgroups() leaves nothing at the end, but what holds a pod', async () => {
  const pod = `${DEFAULT_CGROUP_PARENT}/some-pod`;
  {
    await using top = await makeTopCgroups(cgroups, 'cgroupfs');
    assert.ok(top.monitors.length > 0 && top.monitors.every((directory) => existsSync(directory)));
    await cgroups.create(pod);
  }
  assert.deepEqual([there(MONITORS_CGROUP), there(pod)], [false, true]);
  await cgroups.remove(pod, { signal: AbortSignal.timeout(5000) });
  await (await makeTopCgroups(cgroups, 'cgroupfs'))[Symbol.asyncDispose]();
  assert.deepEqual([there(MONITORS_CGROUP), there(DEFAULT_CGROUP_PARENT)], [false, false]);
});
