/** Progress of pulls as text, for terminals and logs. */
import type { LayerProgress, PullProgress } from '#image';

const BAR_COLUMNS = 24;
const DIGEST_CHARS = 12;
const MIN_ENDPOINT_COLUMNS = 8;

/** One line for the pull and one for each layer, none longer than `columns`. */
export function pullLines(pull: PullProgress, columns: number): string[] {
  const rate = pull.layers.reduce((sum, l) => sum + l.bytesPerSecond, 0);
  const head = `${pull.reference}  ${pull.stage}  ${size(pull.bytes)} of ${size(pull.totalBytes)}  ${size(rate)}/s  ${(pull.elapsedMs / 1000).toFixed(1)} s`;
  return [head, ...pull.layers.map(layerLine)].map((line) => line.slice(0, Math.max(columns - 1, MIN_ENDPOINT_COLUMNS)));
}

/** `3f2a…  ━━━━────  12.0 / 30.1 MiB  downloading  4.1 MiB/s  registry (anonymous)` */
function layerLine(layer: LayerProgress): string {
  const { digest, bytes, totalBytes, stage, bytesPerSecond, endpoint } = layer;
  const share = stage === 'present' || stage === 'unpacked' || totalBytes === 0 ? 1 : Math.min(bytes / totalBytes, 1);
  const filled = Math.floor(share * BAR_COLUMNS);
  const bar = '━'.repeat(filled) + '─'.repeat(BAR_COLUMNS - filled);
  return `  ${shortDigest(digest)}  ${bar}  ${size(bytes).padStart(10)} / ${size(totalBytes).padEnd(10)}  ${stage.padEnd(11)}  ${`${size(bytesPerSecond)}/s`.padStart(12)}  ${endpoint}`.trimEnd();
}

/** A line for each layer whose stage or source is another than in `before`. */
export function changedLines(before: PullProgress | undefined, now: PullProgress): string[] {
  const lines = now.stage === before?.stage ? [] : [`${now.stage} after ${(now.elapsedMs / 1000).toFixed(1)} s`];
  // By their place: a layer may be in an image more than once.
  for (const [i, layer] of now.layers.entries()) {
    const old = before?.layers[i];
    if (old?.digest === layer.digest && old.stage === layer.stage && old.endpoint === layer.endpoint) continue;
    lines.push(`${shortDigest(layer.digest)} ${layer.stage} ${size(layer.bytes)} of ${size(layer.totalBytes)}${layer.endpoint === '' ? '' : ` from ${layer.endpoint}`}`);
  }
  return lines;
}

function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, DIGEST_CHARS);
}

/** Bytes in the unit that fits: `512 B`, `12.3 MiB`. */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${power === 0 ? Math.round(bytes) : (bytes / 1024 ** power).toFixed(1)} ${units[power] ?? ''}`;
}
