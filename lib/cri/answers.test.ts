/** docs/cri.md is true of answers: where davit knows everything, every field is filled but those that it names. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ContainerStatus, PodStatus } from '#pod';
import { CALLS } from './generated/services.ts';
import type { CallName } from './generated/services.ts';
import { calls, messages } from './testing/descriptors.ts';
import { CONTAINER, CONTAINER_FIGURES, CONTAINER_STATS, IMAGE, POD, POD_STATS, TIME } from './testing/fakes.ts';
import { plainRequest } from './testing/field-values.ts';
import type { Message } from './testing/field-values.ts';
import { serve } from './testing/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const TIMEOUT = { timeoutMs: 60_000 };
const mapping = [{ hostId: 100_000, containerId: 1, length: 65_536 }];

const FULL_CONTAINER: ContainerStatus = {
  ...CONTAINER,
  image: { image: 'example.org/web:1', annotations: { a: 'b' }, userSpecifiedImage: 'web', runtimeHandler: 'crun', imageRef: 'ref' },
  mounts: [{
    containerPath: '/data', hostPath: '/srv', readonly: true, selinuxRelabel: true, propagation: 'hostToContainer', uidMappings: mapping, gidMappings: mapping, recursiveReadOnly: true,
    image: { image: 'volume', annotations: {}, userSpecifiedImage: '', runtimeHandler: '', imageRef: '' }, imageSubPath: 'sub', mountOptions: ['noexec'],
  }],
  resources: { ...CONTAINER.resources, cpusetMems: '0' },
};
const FULL_POD: PodStatus = {
  ...POD, state: 'notReady', annotations: { note: 'x' }, containers: [FULL_CONTAINER],
  namespaceOptions: { network: 'node', pid: 'target', ipc: 'container', targetId: 'c2', usernsOptions: { mode: 'node', uids: mapping, gids: mapping } },
};
const attributes = { labels: { app: 'web' }, annotations: { note: 'x' } };
const FULL_CONTAINER_STATS = { ...CONTAINER_STATS, figures: { ...CONTAINER_FIGURES, attributes: { ...CONTAINER_FIGURES.attributes, ...attributes } } };
const FULL_POD_STATS = { ...POD_STATS, attributes: { ...POD_STATS.attributes, ...attributes }, containers: [FULL_CONTAINER_STATS] };
const FULL_IMAGE = { ...IMAGE, uid: 5, username: 'web', pinned: true };

/** Names of the fields that the answers' messages have, and of those that some answer filled. */
class Fields {
  readonly all = new Set<string>();
  readonly filled = new Set<string>();
  readonly #messages = messages();

  declare(message: string): void {
    for (const field of this.#messages.get(message) ?? []) {
      const name = `${message}.${field.name}`;
      if (this.all.has(name)) continue;
      this.all.add(name);
      if (field.message !== undefined) this.declare(field.message);
    }
  }

  see(message: string, answer: Message): void {
    for (const field of this.#messages.get(message) ?? []) {
      const value = answer[field.key];
      if (isDefault(value)) continue;
      this.filled.add(`${message}.${field.name}`);
      if (field.message !== undefined) for (const one of Array.isArray(value) ? value : [value]) this.see(field.message, one as Message);
    }
  }
}

function isDefault(value: unknown): boolean {
  if (value === null || value === undefined || value === 0 || value === 0n || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Fields that the document says stay at their defaults, and what only they lead to. */
function excepted(): Set<string> {
  const all = messages();
  const named = [...readFileSync(join(ROOT, 'docs/cri.md'), 'utf8').split('## Answers')[1]?.split('\n## ')[0]?.matchAll(/^\| `(\w+\.\w+)` \|/gm) ?? []].map(([, name = '']) => name);
  // Of the node's own system only: other messages are in other answers, too.
  const within = (message = ''): string[] => message.startsWith('Windows') ? (all.get(message) ?? []).flatMap((field) => [`${message}.${field.name}`, ...within(field.message)]) : [];
  return new Set(named.flatMap((name) => [name, ...within(all.get(name.split('.')[0] ?? '')?.find((field) => name.endsWith(`.${field.name}`))?.message)]));
}

test('every field of every answer is filled, but those that docs/cri.md names', async () => {
  await using served = await serve({
    pods: {
      podSandboxStatus: () => FULL_POD, listPodSandboxes: () => [FULL_POD], containerStatus: () => FULL_CONTAINER, listContainers: () => [FULL_CONTAINER],
      containerStats: async () => FULL_CONTAINER_STATS, listContainerStats: async () => [FULL_CONTAINER_STATS], podSandboxStats: async () => FULL_POD_STATS, listPodSandboxStats: async () => [FULL_POD_STATS],
      events: async function* () { yield { containerId: 'c1', type: 'stopped', createdAt: TIME, podStatus: FULL_POD }; },
    },
    images: { resolve: () => FULL_IMAGE, list: () => [FULL_IMAGE] },
    info: {
      features: { supplementalGroupsPolicy: true, userNamespacesHostNetwork: true, mountOptions: true }, cgroupDriver: 'cgroupfs',
      runtimeCondition: () => ({ ready: true, reason: 'Word', message: 'words' }),
    },
  });
  const fields = new Fields();
  for (const [rpc, { request, response }] of calls()) {
    const name = rpc as CallName;
    const asked: Message = { ...plainRequest(rpc, request), verbose: true };
    const answers: unknown = CALLS[name].stream ? await Array.fromAsync(served.client.stream(name as 'StreamImages', asked, TIMEOUT)) : [await served.client.call(name as 'Version', asked, TIMEOUT)];
    fields.declare(response);
    for (const answer of answers as Message[]) fields.see(response, answer);
  }
  const exceptions = excepted();
  assert.deepEqual([...fields.all].filter((name) => !fields.filled.has(name) && !exceptions.has(name)), []);
  assert.deepEqual([...exceptions].filter((name) => fields.filled.has(name) || !fields.all.has(name)), []);
});
