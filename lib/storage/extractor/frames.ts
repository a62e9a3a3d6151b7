/** What the daemon and an extractor say to each other. To the extractor: frames on its stdin. From it: lines of JSON on its stdout. */
import type { RemoteError } from '../remote-error.ts';
import type { ExtractorLimits } from './limits.ts';

/** A frame is its type (1 byte), the length of its payload (4 bytes, little endian) and the payload. */
export const FRAME_HEADER_BYTES = 5;
export const FRAME = { /** JSON of ExtractRequest */ begin: 1, /** bytes of the compressed layer */ data: 2, /** the layer is complete */ end: 3 } as const;
export type FrameType = (typeof FRAME)[keyof typeof FRAME];
/** Longest payload of a frame. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;

export interface ExtractRequest {
  /** An existing, empty directory. */
  readonly directory: string;
  /** File that gets the implied directories, one a line of latin1 JSON. */
  readonly impliedFile: string;
  readonly limits: ExtractorLimits;
}

export interface ExtractResult {
  /** sha256 of the bytes as they came, 'sha256:<hex>'. */
  readonly digest: string;
  /** sha256 of the archive. */
  readonly diffID: string;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  readonly entries: number;
  readonly diskBytes: number;
  readonly inodes: number;
}

export type ExtractorMessage =
  | { readonly kind: 'progress'; readonly uncompressedBytes: number; readonly entries: number }
  | { readonly kind: 'done'; readonly result: ExtractResult }
  | ({ readonly kind: 'failed' } & RemoteError);

/** The five bytes before a payload. */
export function frameHeader(type: FrameType, payloadBytes: number): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  header[0] = type;
  header.writeUInt32LE(payloadBytes, 1);
  return header;
}

/** Cuts a stream into frames. The payload of a data frame is handed on in pieces as they come; others whole. */
export class FrameParser {
  readonly #onPiece: (type: number, piece: Buffer, last: boolean) => void;
  readonly #header = Buffer.alloc(FRAME_HEADER_BYTES);
  #headerBytes = 0;
  #missing = 0;

  constructor(onPiece: (type: number, piece: Buffer, last: boolean) => void) {
    this.#onPiece = onPiece;
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#headerBytes < FRAME_HEADER_BYTES) {
        const take = Math.min(FRAME_HEADER_BYTES - this.#headerBytes, chunk.length - at);
        chunk.copy(this.#header, this.#headerBytes, at, at + take);
        this.#headerBytes += take;
        at += take;
        if (this.#headerBytes < FRAME_HEADER_BYTES) return;
        this.#missing = this.#header.readUInt32LE(1);
        if (this.#missing > 0) continue;
      }
      const take = Math.min(this.#missing, chunk.length - at);
      this.#missing -= take;
      const last = this.#missing === 0;
      if (last) this.#headerBytes = 0;
      this.#onPiece(this.#header[0] ?? 0, chunk.subarray(at, at + take), last);
      at += take;
    }
  }
}
