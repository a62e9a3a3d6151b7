import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { whyLines } from './why-text.ts';

const NOTHING = { attempt: 0, createdAtMs: 0, containers: [], underWay: [], ended: [], next: '' };

test('whyLines() of a pod that could not be started tells stage, error, times and who goes on', () => {
  assert.deepEqual(whyLines({
    ...NOTHING, id: '', name: 'ns/web', state: 'absent', next: 'begin anew',
    ended: [{ kind: 'RunPodSandbox', id: 'p'.repeat(64), name: 'ns/web', stage: 'undo', elapsedMs: 61_000, stages: [{ name: 'network', ms: 60_500 }, { name: 'undo', ms: 500 }], endedAtMs: 0, error: 'no address is left' }],
  }), [
    'pod ns/web: could not be started',
    '  1970-01-01T00:00:00.000Z RunPodSandbox: failed in stage "undo": no address is left (network 60.5 s, undo 500 ms, 61.0 s in all)',
    '  next: begin anew',
  ]);
});

test('whyLines() of a pod that is there tells its containers, what is under way and what went well', () => {
  const operation = { kind: 'StopContainer', id: 'c'.repeat(64), stage: 'grace after SIGTERM', elapsedMs: 12_345, stages: [{ name: 'grace after SIGTERM', ms: 12_345 }] };
  assert.deepEqual(whyLines({
    ...NOTHING, id: 'p1', name: 'ns/web', attempt: 2, state: 'notReady', underWay: [operation], ended: [{ ...operation, id: 'p1', kind: 'StopPodSandbox', endedAtMs: 0 }],
    containers: [{ id: 'c1', name: 'app', attempt: 1, state: 'exited', exitCode: 137, reason: 'OOMKilled', message: 'out of memory', warnings: [] }, { id: 'c2', name: 'side', attempt: 0, state: 'running', exitCode: 0, reason: '', message: '', warnings: ['no SELinux'] }],
  }), [
    'pod ns/web (attempt 2), p1: not ready',
    '  container app (attempt 1), c1: exited, exit code 137, OOMKilled: out of memory',
    '  container side (attempt 0), c2: running',
    '    not as asked: no SELinux',
    '  under way: StopContainer ccccccccccccc for 12.3 s, in stage "grace after SIGTERM" (grace after SIGTERM 12.3 s, 12.3 s in all)',
    '  1970-01-01T00:00:00.000Z StopPodSandbox: done (grace after SIGTERM 12.3 s, 12.3 s in all)',
  ]);
});
