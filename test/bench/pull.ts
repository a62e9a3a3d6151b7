/** How long a pull of a large gzip image from loopback takes, against its floor. */
import { join, resolve } from 'node:path';
import { RegistryStore } from '../fixtures/registry/index.ts';
import { ROOT } from '../harness/places.ts';
import { BIG_IMAGE_HOST, ensureBigImage } from './big-image.ts';
import { busySeconds, cpuSpent, cpuTimes } from './cpu-time.ts';
import { floorRows, MACHINE_ROW, measurePullFloor, medianFloor, PULL_FLOOR_TEXT, type PullFloor } from './floor-pull.ts';
import type { BenchOptions } from './options.ts';
import { startRegistryProcess } from './registry-process.ts';
import { median, type Outcome } from './report.ts';
import { runtimeUnderTest } from './runtime.ts';

const PULL_TIMEOUT_MS = 600_000;
const DIRECTORY = join(ROOT, '.cache/bench-image-1');

export async function benchPull(options: BenchOptions): Promise<Outcome> {
  await ensureBigImage(DIRECTORY);
  const { blobs, bytes } = await layersOf();
  await using running = new AsyncDisposableStack();
  const registry = running.use(await startRegistryProcess(DIRECTORY, options.registryPort));
  const runtime = running.use(await runtimeUnderTest(options, registry.address));
  const image = { image: options.pullImage };
  const [times, busy, floors]: [number[], number[], PullFloor[]] = [[], [], []];
  const cpu = new Map<string, number[]>();
  for (let n = 0; n < options.count; n++) {
    floors.push(await measurePullFloor(blobs, options.state));
    const [before, busyBefore] = [cpuTimes(), busySeconds()];
    const begun = performance.now();
    await runtime.client.call('PullImage', { image }, { timeoutMs: PULL_TIMEOUT_MS });
    times.push((performance.now() - begun) / 1000);
    busy.push(busySeconds() - busyBefore);
    for (const [part, seconds] of cpuSpent(before, cpuTimes())) cpu.set(part, [...cpu.get(part) ?? [], seconds]);
    await runtime.client.call('RemoveImage', { image });
  }
  const layers = floors.flatMap((floor) => floor.layers);
  return {
    rows: [
      { name: 'PullImage', samples: times, unit: 's' },
      ...[...cpu].map(([part, samples]) => ({ name: `processor time: ${part}`, samples, unit: 's' })),
      { name: MACHINE_ROW, samples: busy, unit: 's' },
      ...(['digest', 'inflate', 'diffID', 'untar'] as const).map((step) => ({ name: `floor: ${step}, each layer`, samples: layers.map((layer) => layer[step] / 1000), unit: 's' })),
      ...floorRows(floors, (words) => words),
    ],
    figures: { pull_gzip: { value: median(times), unit: 's', floor: medianFloor(floors) } },
    notes: [runtime.name, `${blobs.length} layers, ${(bytes / 1e6).toFixed(0)} MB compressed; davit's state is below ${options.state}`, `floor: ${PULL_FLOOR_TEXT}`],
  };
}

/** The image's layers as files of the registry's directory. */
async function layersOf(): Promise<{ blobs: string[]; bytes: number }> {
  const store = new RegistryStore(DIRECTORY);
  const manifest = await store.manifest(`${BIG_IMAGE_HOST}/big`, '1');
  if (!manifest) throw new Error(`"${DIRECTORY}" does not hold the image: remove it`);
  const { layers } = JSON.parse(manifest.bytes.toString()) as { layers: { digest: string; size: number }[] };
  return { blobs: layers.map(({ digest }) => resolve(DIRECTORY, 'blobs/sha256', digest.slice('sha256:'.length))), bytes: layers.reduce((sum, { size }) => sum + size, 0) };
}
