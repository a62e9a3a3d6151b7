import assert from 'node:assert/strict';
import test from 'node:test';
import type { NamespaceMode } from '../config.ts';
import { namespaceOptions } from '../config-for-test.ts';
import { namespaces, type NamespacePaths } from './namespaces.ts';

const paths = { net: '/ns/net', ipc: '/ns/ipc', uts: '/ns/uts' };
const text = (modes: { network?: NamespaceMode; pid?: NamespaceMode; ipc?: NamespaceMode }, p: NamespacePaths, host: { cgroupKind: 'v1' | 'hybrid' | 'v2'; privileged: boolean } = { cgroupKind: 'hybrid', privileged: false }): string =>
  namespaces({ ...namespaceOptions, ...modes }, p, host).map((n) => n.path === undefined ? n.type : `${n.type}=${n.path}`).join(' ');

const cases: [name: string, actual: () => string, expected: string][] = [
  ['a container with its own pid namespace', () => text({}, paths), 'mount pid network=/ns/net ipc=/ns/ipc uts=/ns/uts'],
  ['a shared pid namespace', () => text({ pid: 'pod' }, { ...paths, pid: '/ns/pid' }), 'mount pid=/ns/pid network=/ns/net ipc=/ns/ipc uts=/ns/uts'],
  ['the pid namespace of another container', () => text({ pid: 'target' }, { ...paths, pid: '/proc/7/ns/pid' }), 'mount pid=/proc/7/ns/pid network=/ns/net ipc=/ns/ipc uts=/ns/uts'],
  ['IPC of its own', () => text({ ipc: 'container' }, paths), 'mount pid network=/ns/net ipc uts=/ns/uts'],
  ['everything of the node', () => text({ pid: 'node', network: 'node', ipc: 'node' }, {}), 'mount'],
  ['a user namespace', () => text({}, { ...paths, user: '/ns/user' }), 'mount pid network=/ns/net ipc=/ns/ipc uts=/ns/uts user=/ns/user'],
  ['cgroup version 2', () => text({ network: 'node', ipc: 'node' }, {}, { cgroupKind: 'v2', privileged: false }), 'mount pid cgroup'],
  ['privileged on cgroup version 2', () => text({ network: 'node', ipc: 'node' }, {}, { cgroupKind: 'v2', privileged: true }), 'mount pid'],
];
for (const [name, actual, expected] of cases) test(`namespaces() of ${name}`, () => assert.equal(actual(), expected));

test('namespaces() never falls back to the node\'s when a pinned one is missing', () => {
  for (const missing of ['net', 'ipc'] as const) assert.throws(() => text({}, { ...paths, [missing]: '' }), { code: 'Internal' });
  assert.throws(() => text({ pid: 'pod' }, paths), { code: 'Internal' });
});
