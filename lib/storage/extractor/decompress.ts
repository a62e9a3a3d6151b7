/** Archives that a command is given, without their compression. Layers are inflated by cmd/davit-unpack. */
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { UnimplementedError } from '#errors';
import { StreamDecompressor, type Decompressor, type OnOutput } from './stream-decompressor.ts';
import { ZstdFrameCutter } from './zstd-frames.ts';

export type Compression = 'plain' | 'gzip' | 'zstd';
/** Bytes that detectCompression() wants to see. */
export const MAGIC_BYTES = 4;
/** Larger pieces than zlib's 16 KiB double its speed. */
const OUTPUT_CHUNK_BYTES = 1024 * 1024;
/** Inflated ahead of the unpacking. */
const OUTPUT_CHUNKS = 3;
const INPUT_BUFFER_BYTES = 1024 * 1024;
// Object mode hands chunks on as they are; otherwise those that wait are copied into one.
const STREAM_OPTIONS = { chunkSize: OUTPUT_CHUNK_BYTES, readableObjectMode: true, readableHighWaterMark: OUTPUT_CHUNKS, writableHighWaterMark: INPUT_BUFFER_BYTES } as const;

/** The compression that an archive's first bytes tell. @throws UnimplementedError for one that images do not use. */
export function detectCompression(head: Buffer): Compression {
  const hex = head.toString('hex', 0, MAGIC_BYTES);
  if (hex.startsWith('1f8b')) return 'gzip';
  if (hex === '28b52ffd' || /^5.2a4d18$/.test(hex)) return 'zstd'; // the second: a skippable frame
  if (hex.startsWith('425a68')) throw new UnimplementedError('unpack layer: bzip2 is not a compression of image layers');
  if (hex === 'fd377a58') throw new UnimplementedError('unpack layer: xz is not a compression of image layers');
  return 'plain';
}

/** Members of gzip and frames of zstd that follow each other are one archive; a zero after a member of gzip ends it, whatever follows. */
export function createDecompressor(compression: 'gzip' | 'zstd', onOutput: OnOutput): Decompressor {
  if (compression === 'zstd') {
    const cutter = new ZstdFrameCutter();
    return new StreamDecompressor(createZstdDecompress(STREAM_OPTIONS), (bytes) => cutter.cut(bytes), onOutput);
  }
  return new StreamDecompressor(createGunzip(STREAM_OPTIONS), (bytes) => [bytes], onOutput);
}
