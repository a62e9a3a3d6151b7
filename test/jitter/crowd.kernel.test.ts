import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eventually } from '../harness/index.ts';
import { createCrowd } from './crowd.ts';

const state = (pid: number): string => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] ?? '';

test('a crowd stops and wakes who is there, twice nobody, and never who is spared', async () => {
  const children = ['1000', '1001'].map((seconds) => spawn('sleep', [seconds]));
  await Promise.all(children.map((child) => once(child, 'spawn')));
  const [other = 0, spared = 0] = children.map(({ pid }) => pid);
  try {
    const crowd = createCrowd({ spared: [spared, process.pid], containers: true });
    const found = crowd.look();
    assert.ok(found.includes(other) && !found.includes(spared) && !found.includes(1));
    assert.deepEqual(crowd.look().filter((pid) => pid === other), []);
    assert.ok(crowd.kinds().some((pids) => pids.includes(other) && !pids.includes(spared)));
    const stopped = crowd.stop(other) ?? assert.fail('it cannot be stopped');
    await eventually('it stands still', () => state(other) === 'T');
    assert.equal(crowd.stop(other), undefined);
    crowd.wake(stopped);
    await eventually('it goes on', () => state(other) === 'S');
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
  await eventually('who has gone cannot be stopped', () => createCrowd({ spared: [], containers: true }).stop(other) === undefined);
});
