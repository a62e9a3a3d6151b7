/** The client's side of SPDY/3.1, for tests of this folder: what it sends is made by hand, what it gets is read by the same parser. */
import type { Duplex } from 'node:stream';
import { ControlType, controlFrame, dataHeader, FLAG_FIN } from '../spdy/frames.ts';
import { HeaderReader, HeaderWriter } from '../spdy/headers.ts';
import type { Headers } from '../spdy/headers.ts';
import { FrameParser } from '../spdy/parser.ts';
import type { ControlFrame } from '../spdy/parser.ts';

export interface Received { data: Buffer; ended: boolean; replied: boolean; reset: number | undefined }

export class SpdyClient {
  readonly socket: Duplex;
  readonly streams = new Map<number, Received>();
  readonly control: ControlFrame[] = [];
  readonly #headers = new HeaderWriter();
  readonly #reader = new HeaderReader();
  readonly #parser = new FrameParser({ onControl: (frame) => this.#takeControl(frame), onData: (id, piece, fin) => this.#takeData(id, piece, fin) });
  #nextId = 1;
  #changed = Promise.withResolvers<void>();

  constructor(socket: Duplex) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => { this.#parser.push(chunk); this.#wake(); });
    socket.on('error', () => undefined);
    socket.on('close', () => this.#wake());
    socket.on('end', () => this.#wake());
  }

  /** Opens a stream with these headers. @returns its id */
  open(headers: Record<string, string>, flags = 0): number {
    const id = this.#nextId;
    this.#nextId += 2;
    this.streams.set(id, { data: Buffer.alloc(0), ended: false, replied: false, reset: undefined });
    this.socket.write(controlFrame(ControlType.synStream, flags, [id, 0], Buffer.concat([Buffer.alloc(2), this.headerBlock(new Map(Object.entries(headers)))])));
    return id;
  }

  headerBlock(headers: Headers): Buffer {
    return this.#headers.write(headers);
  }

  send(id: number, data: string | Buffer, fin = false): void {
    const bytes = Buffer.from(data as string);
    this.socket.write(Buffer.concat([dataHeader(id, bytes.length, fin), bytes]));
  }

  control1(type: number, ...words: readonly number[]): void {
    this.socket.write(controlFrame(type, 0, words));
  }

  at(id: number): Received {
    const stream = this.streams.get(id);
    if (!stream) throw new Error(`no stream ${id}`);
    return stream;
  }

  /** Waits until what was received makes it true. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.socket.destroyed || this.socket.readableEnded) throw new Error('the connection has ended');
      await this.#changed.promise;
    }
  }

  /** Waits for the end of the connection, orderly or not. */
  async closed(): Promise<void> {
    if (!this.socket.closed) await new Promise<void>((resolve) => { this.socket.once('close', () => resolve()); });
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  #takeControl(frame: ControlFrame): void {
    this.control.push(frame);
    const stream = this.streams.get(frame.payload.readUInt32BE(0));
    if (frame.type === ControlType.synReply) {
      this.#reader.read(frame.payload.subarray(4));
      if (stream) stream.replied = true;
    }
    if (frame.type === ControlType.rstStream && stream) stream.reset = frame.payload.readUInt32BE(4);
    if ((frame.flags & FLAG_FIN) !== 0 && stream) stream.ended = true;
  }

  #takeData(id: number, piece: Buffer, fin: boolean): void {
    const stream = this.at(id);
    stream.data = Buffer.concat([stream.data, piece]);
    stream.ended ||= fin;
  }
}
