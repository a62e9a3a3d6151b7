import type { Platform } from '../platform.ts';
import type { Descriptor } from './manifest.ts';

/** BuildKit's attestations stand among the images under this platform. */
const UNKNOWN = 'unknown';
const ZSTD_ANNOTATION = 'io.github.containers.compression.zstd';
/** Behind every variant that matches: entries that name no platform (an index in the index, or a lone image). */
const NO_PLATFORM_RANK = 1000;

/** The entries of an index that may hold an image for `platform`, best first; among equals zstd, which unpacks faster, then the index's order. */
export function matchingManifests(manifests: readonly Descriptor[], platform: Platform): Descriptor[] {
  return manifests
    .map((descriptor) => ({ descriptor, rank: rankOf(descriptor, platform) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ descriptor }) => descriptor);
}

/** The platforms of an index, for messages. */
export function listPlatforms(manifests: readonly Descriptor[]): string {
  const names = manifests.flatMap(({ platform: p }) => (p && p.os !== UNKNOWN ? [[p.os, p.architecture, p.variant].filter((x) => x !== '').join('/')] : []));
  return [...new Set(names)].slice(0, 16).join(', ') || 'none';
}

function rankOf({ platform: p, annotations }: Descriptor, wanted: Platform): number {
  const slower = annotations[ZSTD_ANNOTATION] === 'true' ? 0 : 1;
  if (!p || (p.os === '' && p.architecture === '')) return 2 * NO_PLATFORM_RANK + slower;
  if (p.os !== wanted.os || p.architecture !== wanted.architecture) return -1;
  const variant = wanted.variants.indexOf(p.variant);
  return variant < 0 ? -1 : 2 * variant + slower;
}
