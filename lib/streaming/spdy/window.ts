import { INITIAL_WINDOW_BYTES } from './limits.ts';
import { SpdyError } from './error.ts';

const WINDOW_MAX_BYTES = 0x7fff_ffff;

/** What may still be sent on one stream, or on the connection, by a peer's flow control. */
export class SendWindow {
  #bytes = INITIAL_WINDOW_BYTES;

  /** Negative when more was sent than the peer now allows. */
  get bytes(): number {
    return this.#bytes;
  }

  use(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** @throws SpdyError beyond 2^31 - 1. */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > WINDOW_MAX_BYTES) throw new SpdyError(`read SPDY frame: a window of ${this.#bytes} bytes, at most ${WINDOW_MAX_BYTES}`);
  }
}
