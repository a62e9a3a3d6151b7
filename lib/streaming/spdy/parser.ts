import { SpdyError } from './error.ts';
import { CONTROL_BIT, FLAG_FIN, FRAME_HEADER_BYTES, SPDY_VERSION, STREAM_ID_MASK } from './frames.ts';
import { CONTROL_FRAME_MAX_BYTES } from './limits.ts';

export interface ControlFrame { readonly type: number; readonly flags: number; readonly payload: Buffer }

export interface FrameHandler {
  onControl(frame: ControlFrame): void;
  /** A piece of a data frame as it came; `fin` with the last piece of a frame that ends its stream. An empty piece comes only with `fin`. */
  onData(streamId: number, piece: Buffer, fin: boolean): void;
}

/** Cuts a byte stream into frames. Payloads of data are passed on as they come and never kept; control frames are put together. */
export class FrameParser {
  readonly #handler: FrameHandler;
  /** The beginning of a header or of a control frame. */
  #pending: Buffer = Buffer.alloc(0);
  #dataLeft = 0;
  #dataStream = 0;
  #dataFin = false;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  /** @throws SpdyError when the bytes are no frames or a limit is exceeded, and what the handler throws; the stream is then of no use. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#dataLeft > 0) at = this.#passData(chunk, at);
      else if (this.#pending.length > 0) at = this.#complete(chunk, at);
      else if (chunk.length - at < FRAME_HEADER_BYTES) {
        this.#pending = Buffer.from(chunk.subarray(at));
        return;
      } else at = this.#beginFrame(chunk, at);
    }
  }

  #passData(chunk: Buffer, at: number): number {
    const piece = chunk.subarray(at, at + this.#dataLeft);
    this.#dataLeft -= piece.length;
    this.#handler.onData(this.#dataStream, piece, this.#dataLeft === 0 && this.#dataFin);
    return at + piece.length;
  }

  /** Adds to what was kept until it is a header, and with a control frame's header the whole frame. */
  #complete(chunk: Buffer, at: number): number {
    const have = this.#pending.length;
    const wanted = have < FRAME_HEADER_BYTES ? FRAME_HEADER_BYTES : FRAME_HEADER_BYTES + lengthOf(this.#pending, 0);
    const piece = chunk.subarray(at, at + wanted - have);
    this.#pending = Buffer.concat([this.#pending, piece]);
    if (this.#pending.length === wanted) {
      const whole = this.#pending;
      this.#pending = Buffer.alloc(0);
      this.#beginFrame(whole, 0);
    }
    return at + piece.length;
  }

  /** `at` is a whole header. @returns where it goes on; what is left of a control frame that is not whole is kept. */
  #beginFrame(bytes: Buffer, at: number): number {
    const first = bytes.readUInt32BE(at);
    const length = lengthOf(bytes, at);
    const flags = bytes.readUInt8(at + 4);
    if (first < CONTROL_BIT) {
      if (first === 0) throw new SpdyError('read SPDY frame: data for stream 0');
      [this.#dataStream, this.#dataLeft, this.#dataFin] = [first, length, (flags & FLAG_FIN) !== 0];
      if (length === 0 && this.#dataFin) this.#handler.onData(first, bytes.subarray(0, 0), true);
      return at + FRAME_HEADER_BYTES;
    }
    const version = (first & STREAM_ID_MASK) >>> 16;
    if (version !== SPDY_VERSION) throw new SpdyError(`read SPDY frame: version ${version}, expected ${SPDY_VERSION}`);
    if (length > CONTROL_FRAME_MAX_BYTES) throw new SpdyError(`read SPDY frame: a control frame of ${length} bytes, at most ${CONTROL_FRAME_MAX_BYTES}`);
    const end = at + FRAME_HEADER_BYTES + length;
    if (end > bytes.length) {
      this.#pending = Buffer.from(bytes.subarray(at));
      return bytes.length;
    }
    this.#handler.onControl({ type: first & 0xffff, flags, payload: bytes.subarray(at + FRAME_HEADER_BYTES, end) });
    return end;
  }
}

function lengthOf(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at + 4) & 0xff_ffff;
}
