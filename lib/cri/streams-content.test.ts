/** The six streaming forms say what their lists say, in chunks of bounded size, and end where their reader leaves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLS } from './generated/services.ts';
import type { StreamName, UnaryName } from './generated/services.ts';
import { CONTAINER, IMAGE, POD, POD_METRICS, POD_STATS, CONTAINER_FIGURES, CONTAINER_STATS } from './testing/fakes.ts';
import { serve } from './testing/serve.ts';
import type { Served } from './testing/serve.ts';

const TIMEOUT = { timeoutMs: 30_000 };
const CONTAINERS = 250;
/** As kubelet's annotations may be; 250 of them are several chunks. */
const NOTE = 'x'.repeat(16 * 1024);
/** A chunk is closed at 1 MiB: one item more is the most that it can be beyond. */
const MOST_BYTES = 1024 * 1024 + 64 * 1024;

/** The streaming form and the list that it says the same as; the field of each that holds the items. */
const FORMS: readonly { readonly stream: StreamName; readonly field: string; readonly list: UnaryName; readonly listField: string }[] = [
  { stream: 'StreamPodSandboxes', field: 'podSandboxes', list: 'ListPodSandbox', listField: 'items' },
  { stream: 'StreamContainers', field: 'containers', list: 'ListContainers', listField: 'containers' },
  { stream: 'StreamContainerStats', field: 'containerStats', list: 'ListContainerStats', listField: 'stats' },
  { stream: 'StreamPodSandboxStats', field: 'podSandboxStats', list: 'ListPodSandboxStats', listField: 'stats' },
  { stream: 'StreamPodSandboxMetrics', field: 'podSandboxMetrics', list: 'ListPodSandboxMetrics', listField: 'podMetrics' },
  { stream: 'StreamImages', field: 'images', list: 'ListImages', listField: 'images' },
];

const many = Array.from({ length: CONTAINERS }, (_, i) => `id-${i}`);
const annotations = { note: NOTE };

function serveMany(): Promise<Served> {
  return serve({
    images: { list: () => many.map((id) => ({ ...IMAGE, id, repoTags: [NOTE] })) },
    pods: {
      listPodSandboxes: () => many.map((id) => ({ ...POD, id, annotations })), listContainers: () => many.map((id) => ({ ...CONTAINER, id, annotations })),
      listContainerStats: async () => many.map((id) => ({ ...CONTAINER_STATS, figures: { ...CONTAINER_FIGURES, attributes: { ...CONTAINER_FIGURES.attributes, id, annotations } } })),
      listPodSandboxStats: async () => many.map((id) => ({ ...POD_STATS, attributes: { ...POD_STATS.attributes, id, annotations } })),
      listPodSandboxMetrics: async function* () { yield* many.map((podSandboxId) => ({ ...POD_METRICS, podSandboxId, metrics: { ...POD_METRICS.metrics, labels: [NOTE] } })); },
    },
  });
}

const itemsOf = (message: unknown, field: string): unknown[] => (message as Record<string, unknown[]>)[field] ?? assert.fail(`no ${field}`);

for (const { stream, field, list, listField } of FORMS) {
  test(`${stream} says of ${CONTAINERS} what ${list} says, in chunks of bounded size`, async () => {
    await using served = await serveMany();
    const chunks = await Array.fromAsync(served.client.stream(stream, {}, TIMEOUT));
    assert.ok(chunks.length > 1);
    for (const chunk of chunks) {
      const bytes = CALLS[stream].response.encode(chunk).finish().length;
      assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
    }
    assert.deepEqual(chunks.flatMap((chunk) => itemsOf(chunk, field)), itemsOf(await served.client.call(list, {}, TIMEOUT), listField));
  });

  test(`${stream} that is left in the middle ends, and the next one begins anew`, async () => {
    await using served = await serveMany();
    for await (const chunk of served.client.stream(stream, {}, TIMEOUT)) {
      assert.ok(itemsOf(chunk, field).length < CONTAINERS);
      break;
    }
    const again = (await Array.fromAsync(served.client.stream(stream, {}, TIMEOUT))).flatMap((chunk) => itemsOf(chunk, field));
    assert.equal(again.length, CONTAINERS);
    await served.server.stop({ drainTimeoutMs: 600_000 });
    const outcomes = served.log.filter((line) => line['msg'] === stream).map((line) => line['outcome']);
    assert.equal(outcomes.length, 2);
    assert.equal(outcomes.at(-1), 'OK');
  });
}
