import type { Duplex } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { UnimplementedError } from '#errors';
import { ZstdFrameCutter } from './zstd-frames.ts';

export type Compression = 'plain' | 'gzip' | 'zstd';
/** Bytes that detectCompression() wants to see. */
export const MAGIC_BYTES = 4;
/** Larger pieces than zlib's 16 KiB double its speed. */
const OUTPUT_CHUNK_BYTES = 1024 * 1024;
/** Inflated ahead of the unpacking. */
const OUTPUT_CHUNKS = 3;
const INPUT_BUFFER_BYTES = 1024 * 1024;

/** The compression that a layer's first bytes tell, whatever its media type says. @throws UnimplementedError for one that layers do not use. */
export function detectCompression(head: Buffer): Compression {
  const hex = head.toString('hex', 0, MAGIC_BYTES);
  if (hex.startsWith('1f8b')) return 'gzip';
  if (hex === '28b52ffd' || /^5.2a4d18$/.test(hex)) return 'zstd'; // the second: a skippable frame
  if (hex.startsWith('425a68')) throw new UnimplementedError('unpack layer: bzip2 is not a compression of image layers');
  if (hex === 'fd377a58') throw new UnimplementedError('unpack layer: xz is not a compression of image layers');
  return 'plain';
}

/** From compressed bytes to the archive. */
export interface Decompressor {
  readonly stream: Duplex;
  /** Prepares bytes for `stream`: each part is a write of its own. */
  readonly parts: (bytes: Buffer) => Buffer[];
}

/** Inflating happens in a thread of the pool. Members of gzip and frames of zstd that follow each other are one archive. */
export function createDecompressor(compression: 'gzip' | 'zstd'): Decompressor {
  // Object mode hands chunks on as they are; otherwise those that wait are copied into one.
  const options = { chunkSize: OUTPUT_CHUNK_BYTES, readableObjectMode: true, readableHighWaterMark: OUTPUT_CHUNKS, writableHighWaterMark: INPUT_BUFFER_BYTES };
  if (compression === 'gzip') return { stream: createGunzip(options), parts: (bytes) => [bytes] };
  const cutter = new ZstdFrameCutter();
  return { stream: createZstdDecompress(options), parts: (bytes) => cutter.cut(bytes) };
}
