import { PassThrough, type Duplex } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { UnimplementedError } from '#errors';

export type Compression = 'plain' | 'gzip' | 'zstd';
/** Bytes that detectCompression() wants to see. */
export const MAGIC_BYTES = 4;
/** Larger pieces than zlib's 16 KiB double its speed. */
const OUTPUT_CHUNK_BYTES = 1024 * 1024;

/** The compression that a layer's first bytes tell, whatever its media type says. @throws UnimplementedError for one that layers do not use. */
export function detectCompression(head: Buffer): Compression {
  const hex = head.toString('hex', 0, MAGIC_BYTES);
  if (hex.startsWith('1f8b')) return 'gzip';
  if (hex === '28b52ffd' || /^5.2a4d18$/.test(hex)) return 'zstd'; // the second: a skippable frame
  if (hex.startsWith('425a68')) throw new UnimplementedError('unpack layer: bzip2 is not a compression of image layers');
  if (hex === 'fd377a58') throw new UnimplementedError('unpack layer: xz is not a compression of image layers');
  return 'plain';
}

/** A stream from compressed bytes to the archive; inflating happens in a thread of the pool. Members and frames that follow each other are one stream. */
export function createDecompressor(compression: Compression): Duplex {
  switch (compression) {
    case 'gzip': return createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES, readableHighWaterMark: OUTPUT_CHUNK_BYTES, writableHighWaterMark: OUTPUT_CHUNK_BYTES } as object);
    case 'zstd': return createZstdDecompress({ chunkSize: OUTPUT_CHUNK_BYTES, readableHighWaterMark: OUTPUT_CHUNK_BYTES, writableHighWaterMark: OUTPUT_CHUNK_BYTES } as object);
    case 'plain': return new PassThrough({ highWaterMark: OUTPUT_CHUNK_BYTES });
  }
}
