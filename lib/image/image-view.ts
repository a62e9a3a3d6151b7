import type { ImageRecord } from '#storage';
import { parseImageUser } from './image-user.ts';
import { parseImageConfig } from './manifest/image-config.ts';
import type { OciImageConfig } from './manifest/image-config.ts';

/** An image as CRI and the container builders see it. Equal state gives deep-equal views. */
export interface ImageView {
  /** Digest of the image config, `sha256:<hex>`. */
  readonly id: string;
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  readonly sizeBytes: number;
  /** Set when the image's user is a number; then `username` is ''. */
  readonly uid?: number;
  readonly username: string;
  readonly pinned: boolean;
  /** Bottom first. */
  readonly chainIDs: readonly string[];
  readonly config: OciImageConfig;
}

/** Makes views of records; the parsed config of a record is kept as long as the record. */
export class ImageViews {
  readonly #configs = new WeakMap<ImageRecord, OciImageConfig>();
  readonly #pinned: readonly ((name: string) => boolean)[];

  /** @param pinned patterns as crio.conf's `pinned_images`: a name, `prefix*`, or `*part*` */
  constructor(pinned: readonly string[]) {
    this.#pinned = pinned.map(matcher);
  }

  view(record: ImageRecord): ImageView {
    const config = this.#configOf(record);
    return {
      id: record.id, repoTags: [...record.names].sort(), repoDigests: [...record.digests].sort(), sizeBytes: record.sizeBytes, ...parseImageUser(config.user),
      pinned: record.pinned || this.#isPinned(record), chainIDs: record.chainIDs, config,
    };
  }

  #configOf(record: ImageRecord): OciImageConfig {
    const known = this.#configs.get(record);
    if (known) return known;
    const parsed = parseImageConfig(record.config);
    this.#configs.set(record, parsed);
    return parsed;
  }

  #isPinned(record: ImageRecord): boolean {
    return [...record.names, ...record.digests].some((name) => this.#pinned.some((matches) => matches(name)));
  }
}

function matcher(pattern: string): (name: string) => boolean {
  const part = pattern.replace(/^\*|\*$/g, '');
  if (pattern.startsWith('*') && pattern.endsWith('*') && pattern.length > 1) return (name) => name.includes(part);
  if (pattern.endsWith('*')) return (name) => name.startsWith(part);
  return (name) => name === pattern;
}
