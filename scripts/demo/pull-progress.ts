/** Layers of a pull under way, drawn while it runs, from what the daemon's Status says about it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CriClient } from '#cri';
import type { LayerProgress, PullProgress } from '#image';
import { say } from './screen.ts';

const POLL_MS = 40;
const BAR_CELLS = 40;
const MIB = 1024 * 1024;

/** Draws until `pull` settles. */
export async function watchPull(client: CriClient, reference: string, pull: Promise<unknown>): Promise<void> {
  const painter = createPainter();
  let ended = false;
  const end = pull.then(() => { ended = true; }, () => { ended = true; });
  let last: PullProgress | undefined;
  while (!ended) {
    const { info } = await client.call('Status', { verbose: true });
    const { pulls } = JSON.parse(info['config'] ?? '{"pulls":[]}') as { pulls: PullProgress[] };
    last = pulls.find((p) => p.reference.includes(reference)) ?? last;
    if (last) painter(last.layers);
    await Promise.race([end, delay(POLL_MS)]);
  }
  await pull;
  if (last) painter(last.layers.map((layer) => ({ ...layer, bytes: layer.totalBytes, stage: 'unpacked' })));
}

/** On a terminal the lines are drawn over each other; elsewhere only the end is. */
function createPainter(): (layers: readonly LayerProgress[]) => void {
  let drawn = 0;
  return (layers) => {
    const isEnd = layers.length > 0 && layers.every((layer) => layer.stage === 'unpacked');
    if (!process.stdout.isTTY && (!isEnd || drawn > 0)) return;
    if (drawn > 0) process.stdout.write(`\x1b[${drawn}A\x1b[J`);
    for (const layer of layers) say(`  ${bar(layer)}`);
    drawn = layers.length;
  };
}

function bar({ digest, bytes, totalBytes, stage }: LayerProgress): string {
  const full = totalBytes > 0 ? Math.round((BAR_CELLS * bytes) / totalBytes) : 0;
  const size = `${(bytes / MIB).toFixed(1).padStart(5)} / ${(totalBytes / MIB).toFixed(1)} MiB`;
  return `${digest.slice('sha256:'.length, 'sha256:'.length + 12)} ${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${size}  ${stage}`;
}
