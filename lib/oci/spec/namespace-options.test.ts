import assert from 'node:assert/strict';
import test from 'node:test';
import type { NamespaceOptions, UserNamespace } from '../config.ts';
import { namespaceOptions } from '../config-for-test.ts';
import { checkUserNamespace, namespaceOptionsIn } from './namespace-options.ts';

const ids = [{ hostId: 100_000, containerId: 0, length: 65_536 }];
const userns: UserNamespace = { mode: 'pod', uids: ids, gids: ids };
const modes = (options: Partial<NamespaceOptions>): NamespaceOptions => ({ ...namespaceOptions, network: 'pod', pid: 'pod', ipc: 'pod', ...options });
const inPod = (pod: Partial<NamespaceOptions>, container: Partial<NamespaceOptions> = {}): string => {
  const { network, pid, ipc, usernsOptions } = namespaceOptionsIn(modes(pod), modes(container));
  return [network, pid, ipc, usernsOptions?.mode ?? '-'].join(' ');
};

const cases: [name: string, actual: () => string, expected: string][] = [
  ['a container that says nothing in a pod of the node', () => inPod({ network: 'node', pid: 'node', ipc: 'node' }), 'node node node -'],
  ['a container that says nothing in a pod without a shared pid namespace', () => inPod({ pid: 'container' }), 'pod container pod -'],
  ['a container with the node\'s processes in a pod with its own', () => inPod({}, { pid: 'node' }), 'pod node pod -'],
  ['a container with processes and IPC of its own', () => inPod({}, { pid: 'container', ipc: 'container' }), 'pod container container -'],
  ['a target', () => inPod({ pid: 'container' }, { pid: 'target', targetId: 'c' }), 'pod target pod -'],
  ['a container that says nothing in a pod with a user namespace', () => inPod({ usernsOptions: userns }), 'pod pod pod pod'],
  ['a container that repeats its pod\'s user namespace', () => inPod({ usernsOptions: userns }, { usernsOptions: userns }), 'pod pod pod pod'],
  ['mode NODE for the user namespace in a pod that says nothing', () => inPod({}, { usernsOptions: { mode: 'node', uids: [], gids: [] } }), 'pod pod pod -'],
];
for (const [name, actual, expected] of cases) test(`namespaceOptionsIn() of ${name}`, () => assert.equal(actual(), expected));

const refused: [name: string, pod: Partial<NamespaceOptions>, container: Partial<NamespaceOptions>, message: RegExp][] = [
  ['the node\'s network', {}, { network: 'node' }, /network NODE: the pod has POD/],
  ['the node\'s IPC', {}, { ipc: 'node' }, /ipc NODE: the pod has POD/],
  ['the node\'s processes with a user namespace', { usernsOptions: userns }, { pid: 'node' }, /pid NODE/],
  ['a user namespace in a pod without one', {}, { usernsOptions: userns }, /POD with uids 0:100000:65536 .*expected the pod's, NODE/],
  ['the node\'s ids in a pod with a user namespace', { usernsOptions: userns }, { usernsOptions: { mode: 'node', uids: [], gids: [] } }, /NODE, expected the pod's, POD/],
  ['other ids than the pod\'s', { usernsOptions: userns }, { usernsOptions: { ...userns, gids: [{ hostId: 1, containerId: 0, length: 1 }] } }, /gids 0:1:1, expected/],
];
for (const [name, pod, container, message] of refused) test(`namespaceOptionsIn() refuses ${name}`, () => assert.throws(() => inPod(pod, container), { code: 'InvalidArgument', message }));

test('checkUserNamespace() lets a pod have the node\'s network but neither its processes nor its IPC', () => {
  checkUserNamespace(modes({ usernsOptions: userns, network: 'node' }));
  checkUserNamespace(modes({ pid: 'node', ipc: 'node' }));
  assert.throws(() => checkUserNamespace(modes({ usernsOptions: userns, ipc: 'node' })), { code: 'InvalidArgument', message: /ipc NODE/ });
});
