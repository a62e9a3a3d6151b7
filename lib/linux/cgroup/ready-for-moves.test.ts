import assert from 'node:assert/strict';
import test from 'node:test';
import { ownPath } from './ready-for-moves.ts';

const V1 = '12:cpu,cpuacct:/a/cpu\n5:pids:/a/b:c\n1:name=systemd:/s\n0::/u\n';

const cases: readonly { readonly name: string; readonly lines: string; readonly version: 1 | 2; readonly controllers: readonly string[]; readonly path: string | undefined }[] = [
  { name: 'a hierarchy of one controller, a path with a colon', lines: V1, version: 1, controllers: ['pids'], path: '/a/b:c' },
  { name: 'a hierarchy of two', lines: V1, version: 1, controllers: ['cpuacct', 'cpu'], path: '/a/cpu' },
  { name: 'version 2 beside them', lines: V1, version: 2, controllers: [], path: '/u' },
  { name: 'version 2 alone', lines: '0::/system.slice/davit.service\n', version: 2, controllers: ['pids'], path: '/system.slice/davit.service' },
  { name: 'a controller that is nowhere', lines: V1, version: 1, controllers: ['pid'], path: undefined },
  { name: 'a process above the root of its cgroup namespace', lines: '0::/../../other\n', version: 2, controllers: [], path: undefined },
];
for (const { name, lines, version, controllers, path } of cases) {
  test(`ownPath() of ${name} is ${path ?? 'unknown'}`, () => { assert.equal(ownPath(lines, { version, controllers }), path); });
}
