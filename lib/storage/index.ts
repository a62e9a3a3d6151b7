/** Images on disk: the durable index, layers and the extractor that makes them, root file systems by overlay. */
export type {
  CheckReport, FilesystemUsage, IdMap, IdMapping, ImageCommit, ImageIndex, ImageRecord, LayerProgress, LayerSource, LayerStore, LayerWriter, QuotaState, RootfsStore, StagedLayer, Storage, VolumeStore, WritableLimits,
} from './api.ts';
export { readArchiveIndex } from './archive-index.ts';
export type { ArchiveMember } from './archive-index.ts';
export { chainIDOf, digestOf } from './digest.ts';
export { createDecompressor, detectCompression, MAGIC_BYTES } from './extractor/decompress.ts';
export { DEFAULT_EXTRACTOR_LIMITS } from './extractor/limits.ts';
export type { ExtractorLimits } from './extractor/limits.ts';
export { releaseBytes } from './release-bytes.ts';
export { createStorage } from './storage.ts';
export type { StorageOptions } from './storage.ts';
export { USAGE_REFRESH_MS } from './usage-cache.ts';
