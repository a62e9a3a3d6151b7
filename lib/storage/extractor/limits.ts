/** What one layer may make the extractor do. A layer that goes over a limit is refused as soon as it does. */
export interface ExtractorLimits {
  /** Entries of the archive, and so about the inodes it can take. */
  readonly maxEntries: number;
  /** Bytes of the archive after decompression. */
  readonly maxUncompressedBytes: number;
  /** Uncompressed bytes per compressed byte, looked at once `ratioGraceBytes` have come out. */
  readonly maxRatio: number;
  readonly ratioGraceBytes: number;
  /** Free space that a layer must leave on the disk. */
  readonly reservedFreeBytes: number;
}

export const DEFAULT_EXTRACTOR_LIMITS: ExtractorLimits = {
  maxEntries: 4_000_000,
  maxUncompressedBytes: 256 * 1024 ** 3,
  maxRatio: 1000,
  ratioGraceBytes: 100 * 1024 ** 2,
  reservedFreeBytes: 64 * 1024 ** 2,
};

/** A PAX header or a GNU long name; what Go's reader allows. */
export const MAX_METADATA_BYTES = 1024 * 1024;
/** PATH_MAX: no longer path can be opened in a container. */
export const MAX_PATH_BYTES = 4095;
/** NAME_MAX of Linux. */
export const MAX_NAME_BYTES = 255;
/** One descriptor is open for each directory on the way to an entry. */
export const MAX_PATH_DEPTH = 512;
/** Followed on the way to one entry; what Linux allows. */
export const MAX_SYMLINKS = 40;
