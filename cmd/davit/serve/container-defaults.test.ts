import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDevice, parseSysctls, parseUlimit } from './container-defaults.ts';

test('parseUlimit() takes one or two limits', () => {
  assert.deepEqual(parseUlimit('nofile=1024:2048'), { type: 'RLIMIT_NOFILE', soft: 1024, hard: 2048 });
  assert.deepEqual(parseUlimit('core=0'), { type: 'RLIMIT_CORE', soft: 0, hard: 0 });
});

test('parseDevice() takes a path, a place and permissions', () => {
  assert.deepEqual(parseDevice('/dev/a'), { hostPath: '/dev/a', containerPath: '/dev/a', permissions: '' });
  assert.deepEqual(parseDevice('/dev/a:rw'), { hostPath: '/dev/a', containerPath: '/dev/a', permissions: 'rw' });
  assert.deepEqual(parseDevice('/dev/a:/dev/b:r'), { hostPath: '/dev/a', containerPath: '/dev/b', permissions: 'r' });
});

test('parseSysctls() keeps what stands behind the first equals sign', () => {
  assert.deepEqual(parseSysctls(['net.a=1', 'kernel.b=x=y', 'net.a=2']), { 'net.a': '2', 'kernel.b': 'x=y' });
});
