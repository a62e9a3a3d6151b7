/** The six streaming forms of lists: each item once, in order, in chunks that are never empty, chosen by the same filter as the unary form. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamName } from './generated/services.ts';
import { CONTAINER, IMAGE, POD } from './testing/fakes.ts';
import { serve } from './testing/serve.ts';
import type { Served } from './testing/serve.ts';

const TIMEOUT = { timeoutMs: 30_000 };
/** More than one chunk holds. */
const MANY = 1500;

interface Form {
  readonly rpc: Exclude<StreamName, 'GetContainerEvents'>;
  readonly method: string;
  /** Ids of one message. */
  readonly ids: (message: never) => readonly (string | undefined)[];
  /** What a request with a filter asks for; the others have none. */
  readonly filter?: { readonly request: object; readonly asked: unknown };
}

const labelSelector = { app: 'web' };
const FORMS: readonly Form[] = [
  { rpc: 'StreamPodSandboxes', method: 'listPodSandboxes', ids: (m: { podSandboxes: { id: string }[] }) => m.podSandboxes.map((p) => p.id), filter: { request: { labelSelector }, asked: { labelSelector } } },
  { rpc: 'StreamContainers', method: 'listContainers', ids: (m: { containers: { id: string }[] }) => m.containers.map((c) => c.id), filter: { request: { podSandboxId: 'p1' }, asked: { podSandboxId: 'p1' } } },
  { rpc: 'StreamContainerStats', method: 'listContainerStats', ids: (m: { containerStats: { attributes: { id: string } | null }[] }) => m.containerStats.map((c) => c.attributes?.id), filter: { request: { id: 'c' }, asked: { id: 'c' } } },
  { rpc: 'StreamPodSandboxStats', method: 'listPodSandboxStats', ids: (m: { podSandboxStats: { attributes: { id: string } | null }[] }) => m.podSandboxStats.map((p) => p.attributes?.id), filter: { request: { labelSelector }, asked: { labelSelector } } },
  { rpc: 'StreamPodSandboxMetrics', method: 'listPodSandboxMetrics', ids: (m: { podSandboxMetrics: { podSandboxId: string }[] }) => m.podSandboxMetrics.map((p) => p.podSandboxId) },
  { rpc: 'StreamImages', method: 'list', ids: (m: { images: { id: string }[] }) => m.images.map((i) => i.id), filter: { request: { image: { image: 'web' } }, asked: 'web' } },
] as readonly Form[];

const ids = Array.from({ length: MANY }, (_, i) => `id-${i}`);
const { cpu, memory, writableLayer, swap } = {
  cpu: { usageCoreNanoSeconds: 1n, usageNanoCores: 1n }, writableLayer: { mountpoint: '/', usedBytes: 1n, inodesUsed: 1n }, swap: { availableBytes: 0n, usageBytes: 0n },
  memory: { workingSetBytes: 1n, availableBytes: 1n, usageBytes: 1n, rssBytes: 1n, pageFaults: 1n, majorPageFaults: 1n },
};
const stats = (id: string) => ({ timestamp: 1n, figures: { attributes: { id, metadata: CONTAINER.metadata, labels: {}, annotations: {} }, cpu, memory, writableLayer, swap }, isSleeping: true });

function serveAll(of: readonly string[]): Promise<Served> {
  return serve({
    images: { list: () => of.map((id) => ({ ...IMAGE, id })) },
    pods: {
      listPodSandboxes: () => of.map((id) => ({ ...POD, id })), listContainers: () => of.map((id) => ({ ...CONTAINER, id })),
      listContainerStats: async () => of.map(stats), listPodSandboxStats: async () => of.map((id) => ({ timestamp: 1n, attributes: { id, metadata: POD.metadata, labels: {}, annotations: {} }, cpu, memory, processCount: 1n, containers: [] })),
      listPodSandboxMetrics: async function* () { yield* of.map((podSandboxId) => ({ podSandboxId, metrics: { timestamp: 0n, labels: [], samples: [] }, containers: [] })); },
    },
  });
}

for (const { rpc, method, ids: idsOf, filter } of FORMS) {
  test(`${rpc} gives each item once, in order, in more than one chunk`, async () => {
    await using served = await serveAll(ids);
    const chunks = (await Array.fromAsync(served.client.stream(rpc, filter ? { filter: filter.request } : {}, TIMEOUT))).map((message) => idsOf(message as never));
    assert.deepEqual(chunks.flat(), ids);
    assert.ok(chunks.length > 1 && chunks.every((chunk) => chunk.length > 0), chunks.map((c) => c.length).join(' '));
    const [first] = served.calls.filter((call) => call.name === method);
    if (filter) assert.deepEqual(JSON.stringify(first?.args[0]), JSON.stringify(filter.asked));
  });
  test(`${rpc} of nothing ends without a message`, async () => {
    await using served = await serveAll([]);
    assert.deepEqual(await Array.fromAsync(served.client.stream(rpc, {}, TIMEOUT)), []);
  });
}
