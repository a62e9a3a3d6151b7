import { DataLossError } from '#errors';
import { FRAME_HEADER_BYTES } from './protocol.ts';

/** One message: u32 payload length, u8 type, u8 zero, u16 id, payload; little-endian. */
export interface Frame {
  readonly type: number;
  readonly id: number;
  readonly payload: Buffer;
}

/** The bytes of one frame; `payload` is copied. */
export function encodeFrame(type: number, id: number, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  frame.writeUInt8(type, 4);
  frame.writeUInt8(0, 5);
  frame.writeUInt16LE(id, 6);
  frame.set(payload, FRAME_HEADER_BYTES);
  return frame;
}

/** Cuts a byte stream into frames. Payloads are slices of what was pushed where possible. */
export class FrameDecoder {
  readonly #payloadMax: number;
  #pending: Buffer = Buffer.alloc(0);

  constructor(payloadMaxBytes: number) {
    this.#payloadMax = payloadMaxBytes;
  }

  /**
   * Takes bytes and returns the frames that are whole now.
   * @throws DataLossError when the bytes are no frames or one is longer than the limit; the stream is then of no use.
   */
  push(chunk: Buffer): Frame[] {
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= FRAME_HEADER_BYTES) {
      const length = bytes.readUInt32LE(at);
      if (length > this.#payloadMax) throw new DataLossError(`read frame: payload of ${length} bytes, at most ${this.#payloadMax}`);
      if (bytes.readUInt8(at + 5) !== 0) throw new DataLossError(`read frame: byte 5 is ${bytes.readUInt8(at + 5)}, must be 0`);
      const end = at + FRAME_HEADER_BYTES + length;
      if (end > bytes.length) break;
      frames.push({ type: bytes.readUInt8(at + 4), id: bytes.readUInt16LE(at + 6), payload: bytes.subarray(at + FRAME_HEADER_BYTES, end) });
      at = end;
    }
    this.#pending = bytes.subarray(at);
    return frames;
  }
}
