/** CreateContainer while an image is pulled again and again, against CreateContainer on a quiet node. */
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../harness/places.ts';
import { BIG_IMAGE, ensureBigImage } from '../big-image.ts';
import type { CreateFigure } from './figures.ts';
import { noiseOf } from '../noise.ts';
import type { BenchOptions } from '../options.ts';
import { createContainer, removePod, startPod, type BenchPod } from '../pods.ts';
import { startRegistryProcess } from '../registry-process.ts';
import { quantile, type Outcome } from '../report.ts';
import { runtimeUnderTest, type RuntimeUnderTest } from '../runtime.ts';
import { PULL_TIMEOUT_MS } from './shaped-pull.ts';
import { ensureShape, SHAPES, type ShapedImage } from './shapes.ts';

const DIRECTORY = join(ROOT, '.cache/bench-image-1');
/** Quiet and busy take turns, so that both see the same moods of the host. */
const ROUNDS = 8;
/** Of one kind in a round: of 400 the fifth largest is the p99. */
const SAMPLES_A_ROUND = 50;
const WARM_UP = 10;
const P99 = 0.99;
/** The registry of a node is another machine: here it must not take the processors that CreateContainer wants. */
const LOWEST_PRIORITY = 19;

/** What is pulled meanwhile. */
type PulledImage = Pick<ShapedImage, 'directory' | 'reference'> & { readonly words: string };

const IMAGES: Readonly<Record<CreateFigure, () => Promise<PulledImage>>> = {
  create_p99: async () => {
    await ensureBigImage(DIRECTORY);
    return { directory: DIRECTORY, reference: BIG_IMAGE, words: 'the big image' };
  },
  create_p99_many_files: async () => ({ ...await ensureShape(SHAPES.many_files_gzip), words: SHAPES.many_files_gzip.words }),
  create_p99_one_layer: async () => ({ ...await ensureShape(SHAPES.one_layer_gzip), words: SHAPES.one_layer_gzip.words }),
};

export async function benchCreateDuringPull(figure: CreateFigure, options: BenchOptions): Promise<Outcome> {
  const image = await IMAGES[figure]();
  await using running = new AsyncDisposableStack();
  const registry = running.use(await startRegistryProcess(image.directory, options.registryPort));
  setPriority(registry.pid, LOWEST_PRIORITY);
  const runtime = running.use(await runtimeUnderTest(options, registry.address));
  await runtime.client.call('PullImage', { image: { image: options.image } });
  const pod = await startPod(runtime, options);
  running.defer(async () => { await removePod(runtime, pod); });
  const sampler = createSampler(runtime, pod, options.image);
  for (let n = 0; n < WARM_UP; n++) await sampler.next();
  const [quiet, busy]: [number[][], number[]] = [[], []];
  let pulls = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const samples: number[] = [];
    for (let n = 0; n < SAMPLES_A_ROUND; n++) samples.push(await sampler.next());
    quiet.push(samples);
    pulls += await duringPulls(runtime, image.reference, async (isPulling) => {
      for (let n = 0; n < SAMPLES_A_ROUND;) {
        const pulling = isPulling();
        const ms = await sampler.next();
        if (!pulling || !isPulling()) continue;
        busy.push(ms);
        n++;
      }
    });
  }
  const alone = quiet.flat();
  const [floor, value] = [quantile(alone, P99), quantile(busy, P99)];
  const noise = noiseOf(quiet, P99);
  return {
    rows: [
      { name: `${figure}: CreateContainer`, samples: alone, unit: 'ms' }, { name: `${figure}: CreateContainer during a pull`, samples: busy, unit: 'ms' },
      { name: `${figure}: p99 of each`, samples: [floor, value], unit: 'ms' },
    ],
    figures: { [figure]: { value, unit: 'ms', floor }, [`${figure}_noise`]: { value: noise, unit: 'times', floor: 1 } },
    notes: [
      `${figure}: ${runtime.name}, ${alone.length} and ${busy.length} samples, ${pulls} pulls of ${image.words} meanwhile; floor: the same without pulls`,
      `${figure}_noise: the p99 of one half of the rounds without pulls by that of the other half, of all halvings the ratio that 95 of 100 stay below; the pulls' ${(value / floor).toFixed(2)} is ${value / floor <= noise ? 'within' : 'beyond'} it`,
    ],
  };
}

/** Pulls and removes an image until `work` is done. @returns how many pulls */
async function duringPulls(runtime: RuntimeUnderTest, reference: string, work: (isPulling: () => boolean) => Promise<void>): Promise<number> {
  const image = { image: reference };
  let [pulling, done, pulls] = [false, false, 0];
  const pullOn = async (): Promise<void> => {
    while (!done) {
      const pull = runtime.client.call('PullImage', { image }, { timeoutMs: PULL_TIMEOUT_MS });
      pulling = true;
      await pull.finally(() => { pulling = false; });
      pulls++;
      await runtime.client.call('RemoveImage', { image });
    }
  };
  await Promise.all([pullOn(), work(() => pulling).finally(() => { done = true; })]);
  return pulls;
}

/** Times one CreateContainer after the other; each container is removed before the next. */
function createSampler(runtime: RuntimeUnderTest, pod: BenchPod, image: string): { next(): Promise<number> } {
  let count = 0;
  return {
    next: async () => {
      const begun = performance.now();
      const { containerId } = await createContainer(runtime, pod, `c${count++}`, { image });
      const ms = performance.now() - begun;
      await runtime.client.call('RemoveContainer', { containerId });
      return ms;
    },
  };
}
