import type { Descriptor } from '../manifest/manifest.ts';

/** One image of an archive, its documents read and its layers not. */
export interface ArchivedImage {
  /** References with a tag or digest, as the archive writes them. */
  readonly names: readonly string[];
  readonly config: Uint8Array;
  readonly manifest: { readonly digest: string; readonly bytes: Uint8Array };
  /** What the archive's index calls it, which may be an index of its own; absent: no registry knows it by a digest. */
  readonly topDigest?: string;
  /** Bottom first. */
  readonly layers: readonly ArchivedLayer[];
}

export interface ArchivedLayer {
  /** In the archive. */
  readonly path: string;
  /** Its digest is that of the file, or of what is in it when `digestIsOfContent`. */
  readonly descriptor: Descriptor;
  /** Only the digest of the uncompressed layer is known. */
  readonly digestIsOfContent: boolean;
  /** Whether a link may stand for the file. */
  readonly links: boolean;
}
