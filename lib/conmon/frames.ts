import { DataLossError } from '#errors';
import { FRAME_HEADER_BYTES, FrameType } from './protocol.ts';

/** One message: u32 payload length, u8 type, u8 zero, u16 id, payload; little-endian. */
export interface Frame {
  readonly type: number;
  readonly id: number;
  readonly payload: Buffer;
}

/** The bytes of one frame; `payload` is copied. */
export function encodeFrame(type: number, id: number, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.length);
  writeHeader(frame, type, id, payload.length);
  frame.set(payload, FRAME_HEADER_BYTES);
  return frame;
}

/** A frame's header alone, for a payload that is sent behind it without being copied. */
export function encodeHeader(type: number, id: number, length: number): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  writeHeader(header, type, id, length);
  return header;
}

function writeHeader(bytes: Buffer, type: number, id: number, length: number): void {
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt8(type, 4);
  bytes.writeUInt8(0, 5);
  bytes.writeUInt16LE(id, 6);
}

interface Header { readonly length: number; readonly type: number; readonly id: number }

/**
 * Cuts a byte stream into frames. Payloads are slices of what was pushed where possible. A STDOUT or STDERR frame comes in as many
 * pieces as its bytes came in, each as a frame of its own: they are parts of a stream, and nothing is gained by putting them together.
 */
export class FrameDecoder {
  readonly #payloadMax: number;
  /** The start of a frame that is not whole; its pieces are joined when it is. */
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Bytes that a whole header, then a whole frame, must have. */
  #wanted = FRAME_HEADER_BYTES;
  /** The output frame in whose middle the stream is, and what it still lacks. */
  #output: Header | undefined;
  #outputLeft = 0;

  constructor(payloadMaxBytes: number) {
    this.#payloadMax = payloadMaxBytes;
  }

  /**
   * Takes bytes and returns the frames that are whole now.
   * @throws DataLossError when the bytes are no frames or one is longer than the limit; the stream is then of no use.
   */
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let at = this.#output ? this.#takeOutput(chunk, 0, frames) : 0;
    let bytes = chunk;
    if (this.#pendingBytes > 0) {
      this.#pending.push(chunk);
      this.#pendingBytes += chunk.length;
      if (this.#pendingBytes < this.#wanted) return frames;
      bytes = Buffer.concat(this.#pending, this.#pendingBytes);
      this.#pending = [];
      this.#pendingBytes = 0;
    }
    this.#wanted = FRAME_HEADER_BYTES;
    while (bytes.length - at >= FRAME_HEADER_BYTES) {
      const header = this.#header(bytes, at);
      if (header.length > 0 && (header.type === FrameType.stdout || header.type === FrameType.stderr)) {
        this.#output = header;
        this.#outputLeft = header.length;
        at = this.#takeOutput(bytes, at + FRAME_HEADER_BYTES, frames);
        continue;
      }
      const end = at + FRAME_HEADER_BYTES + header.length;
      if (end > bytes.length) { this.#wanted = FRAME_HEADER_BYTES + header.length; break; }
      frames.push({ type: header.type, id: header.id, payload: bytes.subarray(at + FRAME_HEADER_BYTES, end) });
      at = end;
    }
    if (at < bytes.length) {
      this.#pending.push(bytes.subarray(at));
      this.#pendingBytes = bytes.length - at;
    }
    return frames;
  }

  /** What there is of the output frame; returns where it ends in `bytes`. */
  #takeOutput(bytes: Buffer, at: number, frames: Frame[]): number {
    const header = this.#output;
    const end = Math.min(bytes.length, at + this.#outputLeft);
    if (!header || end === at) return at;
    frames.push({ type: header.type, id: header.id, payload: bytes.subarray(at, end) });
    this.#outputLeft -= end - at;
    if (this.#outputLeft === 0) this.#output = undefined;
    return end;
  }

  #header(bytes: Buffer, at: number): Header {
    const length = bytes.readUInt32LE(at);
    if (length > this.#payloadMax) throw new DataLossError(`read frame: payload of ${length} bytes, at most ${this.#payloadMax}`);
    if (bytes.readUInt8(at + 5) !== 0) throw new DataLossError(`read frame: byte 5 is ${bytes.readUInt8(at + 5)}, must be 0`);
    return { length, type: bytes.readUInt8(at + 4), id: bytes.readUInt16LE(at + 6) };
  }
}
