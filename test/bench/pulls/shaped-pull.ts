/** A pull of an image of some shape, against its floor and against what the host's own programs take. */
import { busySeconds, cpuSpent, cpuTimes } from '../cpu-time.ts';
import { floorRows, MACHINE_ROW, measurePullFloor, medianFloor, type PullFloor } from '../floor-pull.ts';
import type { BenchOptions } from '../options.ts';
import { listenerOf } from '../processes.ts';
import { startRegistryProcess } from '../registry-process.ts';
import { median, type Outcome } from '../report.ts';
import { runtimeUnderTest } from '../runtime.ts';
import { watchMemory } from './peak-memory.ts';
import { ensureShape, type Shape } from './shapes.ts';
import { DECOMPRESSORS, timeTarPipes } from './tar-pipe.ts';

export const PULL_TIMEOUT_MS = 600_000;
const MB = 1e6;

/** Pull, floor and the programs take turns, so that all see the same moods of the host. */
export async function benchShapedPull(figure: string, shape: Shape, options: BenchOptions): Promise<Outcome> {
  const image = await ensureShape(shape);
  await using running = new AsyncDisposableStack();
  const registry = running.use(await startRegistryProcess(image.directory, options.registryPort));
  const runtime = running.use(await runtimeUnderTest(options, registry.address));
  const memory = running.use(watchMemory(listenerOf(runtime.socket)));
  const [times, cpu, busy, floors]: [number[], number[], number[], PullFloor[]] = [[], [], [], []];
  const programs = DECOMPRESSORS[shape.compression].map((program) => ({ program, times: [] as number[] }));
  for (let n = 0; n < options.count; n++) {
    floors.push(await measurePullFloor(image.blobs, options.state, shape.compression));
    for (const { program, times: taken } of programs) taken.push(await timeTarPipes(program, image.blobs, options.state) / 1000);
    const [before, busyBefore] = [cpuTimes(), busySeconds()];
    const begun = performance.now();
    await runtime.client.call('PullImage', { image: { image: image.reference } }, { timeoutMs: PULL_TIMEOUT_MS });
    times.push((performance.now() - begun) / 1000);
    busy.push(busySeconds() - busyBefore);
    const spent = cpuSpent(before, cpuTimes());
    cpu.push(['daemon', 'extractors', 'storage worker'].reduce((sum, part) => sum + (spent.get(part) ?? 0), 0));
    await runtime.client.call('RemoveImage', { image: { image: image.reference } });
  }
  const name = (words: string): string => `${figure}: ${words}`;
  return {
    rows: [
      { name: name('PullImage'), samples: times, unit: 's' },
      ...(options.socket === undefined ? [{ name: name('processor time of davit'), samples: cpu, unit: 's' }] : []),
      { name: name(MACHINE_ROW), samples: busy, unit: 's' },
      ...floorRows(floors, name),
      ...programs.map(({ program, times: samples }) => ({ name: name(`${program} | tar`), samples, unit: 's' })),
      { name: name('runtime, peak RSS, shared pages for each process'), samples: [memory.bytes / MB], unit: 'MB' },
    ],
    figures: { [figure]: { value: median(times), unit: 's', floor: medianFloor(floors) } },
    notes: [`${figure}: ${runtime.name}, ${shape.words}, ${(image.compressedBytes / MB).toFixed(0)} MB compressed, below ${options.state}`],
  };
}
