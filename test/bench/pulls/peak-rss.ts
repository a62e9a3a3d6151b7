/** How much memory a pull of 10 GB takes, in the runtime and everything below it. */
import { setTimeout as delay } from 'node:timers/promises';
import { measureMemoryFloor } from '../floor-memory.ts';
import type { BenchOptions } from '../options.ts';
import { listenerOf } from '../processes.ts';
import { startRegistryProcess } from '../registry-process.ts';
import type { Outcome } from '../report.ts';
import { runtimeUnderTest } from '../runtime.ts';
import { watchMemory } from './peak-memory.ts';
import { PULL_TIMEOUT_MS } from './shaped-pull.ts';
import { ensureSparseImage, SPARSE_BYTES } from './sparse-image.ts';

const MB = 1e6;
/** After the start: what only that needed is given back. */
const SETTLE_MS = 11_000;

export async function benchPeakRss(options: BenchOptions): Promise<Outcome> {
  const image = await ensureSparseImage();
  const { nodeRss } = await measureMemoryFloor();
  // The first start after a change compiles, and keeps the compiler's memory.
  if (options.socket === undefined) await (await runtimeUnderTest(options))[Symbol.asyncDispose]();
  await using running = new AsyncDisposableStack();
  const registry = running.use(await startRegistryProcess(image.directory, options.registryPort));
  const runtime = running.use(await runtimeUnderTest(options, registry.address));
  await delay(SETTLE_MS);
  const memory = running.use(watchMemory(listenerOf(runtime.socket), true));
  const begun = performance.now();
  await runtime.client.call('PullImage', { image: { image: image.reference } }, { timeoutMs: PULL_TIMEOUT_MS });
  const seconds = (performance.now() - begun) / 1000;
  await runtime.client.call('RemoveImage', { image: { image: image.reference } });
  return {
    rows: [
      { name: 'peak_rss: runtime and all below it', samples: [memory.bytes / MB], unit: 'MB' }, { name: 'peak_rss: the same as PSS', samples: [memory.pssBytes / MB], unit: 'MB' }, { name: 'peak_rss: its own process', samples: [memory.daemonBytes / MB], unit: 'MB' },
      { name: 'peak_rss: PullImage', samples: [seconds], unit: 's' },
    ],
    figures: { peak_rss: { value: memory.bytes / MB, unit: 'MB', floor: nodeRss / MB } },
    notes: [`peak_rss: ${runtime.name}, ${SPARSE_BYTES / 1e9} GB of files, ${(image.compressedBytes / MB).toFixed(0)} MB compressed; ${memory.processes} processes at that moment, pages that they share counted for each (PSS: divided among all, the bench's Node too); floor: one Node that does nothing`],
  };
}
