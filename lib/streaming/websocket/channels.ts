import type { ByteSink } from '#conmon';
import type { ClientSocket } from '../client-socket.ts';
import { Inlet } from '../inlet.ts';
import type { KeptAlive } from '../keepalive.ts';
import { Untaken } from '../untaken.ts';
import { WebSocketConnection } from './connection.ts';
import { CloseCode, Opcode, WebSocketError } from './frames.ts';

/** v5: the message [255, channel] ends a channel. */
const CLOSE_CHANNEL = 255;
const DIGIT_0 = 0x30;
const NOTHING = (): void => undefined;

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
  readonly #connection: WebSocketConnection;
  readonly #options: ChannelOptions;
  readonly #inlets: ReadonlyMap<number, Inlet>;
  readonly #untaken: Untaken;
  /** Of the message that is coming. */
  #channel: number | undefined;
  /** The channel that such a message ends, once it is known. */
  #ending: number | undefined;
  #unsent = 0;
  #closeAsked = false;
  #trafficBytes = 0;

  constructor(client: ClientSocket, options: ChannelOptions) {
    this.#options = options;
    this.#inlets = new Map(options.inputs.map((channel) => [channel, new Inlet()]));
    this.#connection = new WebSocketConnection(client, {
      onPart: (part, last, done) => { this.#take(part, last, done); },
      onEnd: (error) => {
        for (const inlet of this.#inlets.values()) inlet.end();
        options.onEnd(error);
      },
    }, { whole: options.base64 });
    this.#untaken = new Untaken(this.#connection);
  }

  /** Bytes that came with the request. */
  unshift(head: Buffer): void {
    this.#connection.unshift(head);
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
    this.#connection.ping();
  }

  rest(): void {
    this.#connection.rest();
  }

  /** Says good-bye when all is sent. Idempotent. */
  close(): void {
    this.#closeAsked = true;
    if (this.#unsent === 0) this.#connection.close(CloseCode.normal);
  }

  destroy(error: Error): void {
    this.#connection.destroy(error);
  }

  #send(channel: number, piece: Buffer, done: () => void): void {
    this.#trafficBytes += piece.length;
    this.#unsent++;
    const sent = (): void => {
      this.#unsent--;
      done();
      if (this.#closeAsked) this.close();
    };
    if (this.#options.base64) this.#connection.send(Opcode.text, [DIGIT_0 + channel], [Buffer.from(piece.toString('base64'), 'latin1')], sent);
    else this.#connection.send(Opcode.binary, [channel], [piece], sent);
  }

  /** A part of a message; the first byte of the first says whose it is. */
  #take(part: Buffer, last: boolean, done: () => void): void {
    const { base64, closable } = this.#options;
    const isFirst = this.#channel === undefined;
    const channel = this.#channel ?? part[0];
    const bytes = isFirst ? part.subarray(1) : part;
    this.#channel = last ? undefined : channel;
    if (closable && channel === CLOSE_CHANNEL) {
      done();
      this.#takeEnd(bytes, last);
    } else if (channel === undefined || bytes.length === 0) done();
    else if (base64) {
      done();
      this.#push(channel - DIGIT_0, Buffer.from(bytes.toString('latin1'), 'base64'), NOTHING);
    } else this.#push(channel, bytes, done);
  }

  /** What follows in a message that ends a channel: that one byte. @throws WebSocketError */
  #takeEnd(bytes: Buffer, last: boolean): void {
    if (bytes.length + (this.#ending === undefined ? 0 : 1) > 1) throw new WebSocketError(CloseCode.protocolError, 'read WebSocket message: more than one channel to end');
    this.#ending ??= bytes[0];
    if (!last) return;
    if (this.#ending === undefined) throw new WebSocketError(CloseCode.protocolError, 'read WebSocket message: no channel to end');
    this.#inlets.get(this.#ending)?.end();
    this.#ending = undefined;
  }

  #push(channel: number, piece: Buffer, done: () => void): void {
    const inlet = this.#inlets.get(channel);
    if (!inlet || piece.length === 0) { done(); return; }
    this.#trafficBytes += piece.length;
    const taken = this.#untaken.add(piece);
    inlet.push(piece, () => { done(); taken(); });
  }
}
