/** A pull of one large layer from a registry that limits each connection: by ranges, and over one connection. */
import type { BenchOptions } from '../options.ts';
import { startRegistryProcess } from '../registry-process.ts';
import { median, type Outcome, type Row } from '../report.ts';
import { runtimeUnderTest } from '../runtime.ts';
import { PULL_TIMEOUT_MS } from './shaped-pull.ts';
import { ensureShape, SHAPES, type ShapedImage } from './shapes.ts';

const MB = 1e6;
/** What one connection to a far registry brings. */
const CONNECTION_BYTES_PER_SECOND = 8 * MB;
/** davit's most for a layer. */
const CONNECTIONS = 4;

export async function benchLimitedPull(options: BenchOptions): Promise<Outcome> {
  const image = await ensureShape(SHAPES.one_layer_gzip);
  await using registry = await startRegistryProcess(image.directory, options.registryPort, CONNECTION_BYTES_PER_SECOND);
  const ranged = await timePulls('by ranges', '', image, registry.address, options);
  const single = options.socket === undefined ? [await timePulls('over one connection', '[crio.image]\npull_ranges_size = "0"\n', image, registry.address, options)] : [];
  return {
    rows: [ranged, ...single],
    figures: { one_layer_limited: { value: median(ranged.samples), unit: 's', floor: image.compressedBytes / CONNECTION_BYTES_PER_SECOND / CONNECTIONS } },
    notes: [`one_layer_limited: ${(image.compressedBytes / MB).toFixed(0)} MB compressed in one layer, ${CONNECTION_BYTES_PER_SECOND / MB} MB/s for each connection; floor: what ${CONNECTIONS} of them take`],
  };
}

async function timePulls(words: string, config: string, image: ShapedImage, address: string, options: BenchOptions): Promise<Row> {
  await using runtime = await runtimeUnderTest(options, address, config);
  const samples: number[] = [];
  for (let n = 0; n < options.count; n++) {
    const begun = performance.now();
    await runtime.client.call('PullImage', { image: { image: image.reference } }, { timeoutMs: PULL_TIMEOUT_MS });
    samples.push((performance.now() - begun) / 1000);
    await runtime.client.call('RemoveImage', { image: { image: image.reference } });
  }
  return { name: `one_layer_limited: PullImage ${words}`, samples, unit: 's' };
}
