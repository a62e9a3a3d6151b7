import type { RawData, WebSocket } from 'ws';
import type { ByteSink } from '#conmon';
import { Inlet } from '../inlet.ts';
import type { KeptAlive } from '../keepalive.ts';

/** Bytes that a client has sent and nobody has taken yet, before its connection is not read any more. */
const UNTAKEN_MAX_BYTES = 512 * 1024;
/** v5: the message [255, channel] ends a channel. */
const CLOSE_CHANNEL = 255;
const NORMAL_CLOSURE = 1000;
const PROTOCOL_ERROR = 1002;
const DIGIT_0 = 0x30;

export interface ChannelOptions {
  /** Channels that the client may write. */
  readonly inputs: readonly number[];
  /** Messages are text: the channel as a digit, then base64. */
  readonly base64: boolean;
  /** The client can end one channel. */
  readonly closable: boolean;
  onEnd(error: Error | undefined): void;
}

/** Numbered byte streams on one WebSocket: the first byte of each message is its channel (k8s.io/apimachinery wsstream). */
export class WebSocketChannels implements KeptAlive {
  readonly #socket: WebSocket;
  readonly #options: ChannelOptions;
  readonly #inlets: ReadonlyMap<number, Inlet>;
  #untakenBytes = 0;
  #unsent = 0;
  #closeAsked = false;
  #trafficBytes = 0;
  #failure: Error | undefined;

  constructor(socket: WebSocket, options: ChannelOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#inlets = new Map(options.inputs.map((channel) => [channel, new Inlet()]));
    socket.on('message', (data) => this.#take(data));
    socket.on('error', (error) => { this.#failure ??= error; });
    socket.on('close', () => {
      for (const inlet of this.#inlets.values()) inlet.end();
      options.onEnd(this.#failure);
    });
  }

  get traffic(): number {
    return this.#trafficBytes;
  }

  /** What the client sends on a channel; undefined when it may not. */
  input(channel: number): Inlet | undefined {
    return this.#inlets.get(channel);
  }

  /** The way to the client. Its end is no message: clients see the end of the connection. */
  output(channel: number): ByteSink {
    let ended = false;
    return {
      write: (piece, done) => { if (ended) done(); else this.#send(channel, piece, done); },
      end: () => { ended = true; },
    };
  }

  ping(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  /** Nothing is kept. */
  rest(): void {
    // The library reads into new memory.
  }

  /** Says good-bye when all is sent. Idempotent. */
  close(): void {
    this.#closeAsked = true;
    if (this.#unsent === 0) this.#socket.close(NORMAL_CLOSURE);
  }

  destroy(error: Error): void {
    this.#failure ??= error;
    this.#socket.terminate();
  }

  #send(channel: number, piece: Buffer, done: () => void): void {
    if (this.#socket.readyState !== this.#socket.OPEN) { done(); return; }
    this.#trafficBytes += piece.length;
    this.#unsent++;
    const sent = (): void => {
      this.#unsent--;
      done();
      if (this.#closeAsked) this.close();
    };
    if (this.#options.base64) this.#socket.send(String.fromCharCode(DIGIT_0 + channel) + piece.toString('base64'), { binary: false }, sent);
    else this.#socket.send(Buffer.concat([Buffer.of(channel), piece]), { binary: true }, sent);
  }

  #take(data: RawData): void {
    const bytes = data as Buffer;
    const first = bytes[0];
    if (first === undefined) return;
    if (this.#options.closable && first === CLOSE_CHANNEL) {
      if (bytes.length === 2) this.#inlets.get(bytes[1] ?? 0)?.end();
      else this.#socket.close(PROTOCOL_ERROR);
      return;
    }
    const { base64 } = this.#options;
    const inlet = this.#inlets.get(base64 ? first - DIGIT_0 : first);
    const piece = base64 ? Buffer.from(bytes.toString('latin1', 1), 'base64') : bytes.subarray(1);
    if (!inlet || piece.length === 0) return;
    this.#trafficBytes += piece.length;
    this.#untakenBytes += piece.length;
    if (this.#untakenBytes > UNTAKEN_MAX_BYTES) this.#socket.pause();
    inlet.push(piece, () => {
      this.#untakenBytes -= piece.length;
      if (this.#socket.isPaused && this.#untakenBytes <= UNTAKEN_MAX_BYTES) this.#socket.resume();
    });
  }
}
