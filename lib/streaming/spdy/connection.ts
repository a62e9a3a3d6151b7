import type { Duplex } from 'node:stream';
import type { ClientSocket } from '../client-socket.ts';
import { LentChunk } from '../lent-chunk.ts';
import { ANSWER_COST_BYTES, ANSWERS_MAX_BYTES } from '../limits.ts';
import { Untaken } from '../untaken.ts';
import { SpdyError } from './error.ts';
import {
  ControlType, controlFrame, dataHeader, FLAG_FIN, FLAG_UNIDIRECTIONAL, GoAwayStatus, ResetStatus, SETTING_INITIAL_WINDOW, STREAM_ID_MASK,
} from './frames.ts';
import { HeaderReader, HeaderWriter } from './headers.ts';
import { DATA_FRAME_MAX_BYTES, SETTINGS_MAX, STREAMS_MAX, WINDOW_STEP_BYTES } from './limits.ts';
import { FrameParser } from './parser.ts';
import type { ControlFrame } from './parser.ts';
import { SpdyStream } from './stream.ts';
import type { StreamLink } from './stream.ts';
import { SendWindow } from './window.ts';

export interface ConnectionHandler {
  /** A stream that the peer has opened: reply() or reset() it. */
  onStream(stream: SpdyStream): void;
  /** Once: the connection has ended, by the peer, by an error, or by close(). Every stream has ended before. */
  onEnd(error: Error | undefined): void;
}

/** Time that the peer gets to read what the kernel still has for it, and to hang up. */
const LINGER_MS = 60_000;

/**
 * The server's side of a SPDY/3.1 connection. Flow control applies with a peer that takes part in it, that is, once it has sent
 * SETTINGS with a window or a WINDOW_UPDATE: the clients of Kubernetes send neither and understand neither; with them TCP's own holds.
 */
export class SpdyConnection {
  readonly #socket: Duplex;
  readonly #client: ClientSocket;
  readonly #handler: ConnectionHandler;
  readonly #streams = new Map<number, SpdyStream>();
  readonly #reader = new HeaderReader();
  readonly #writer = new HeaderWriter();
  readonly #parser = new FrameParser({ onControl: (frame) => this.#takeControl(frame), onData: (id, piece, fin) => this.#takeData(id, piece, fin) });
  readonly #window = new SendWindow();
  readonly #untaken: Untaken;
  readonly #link: StreamLink = {
    sendData: (id, piece, fin, done) => this.#sendData(id, piece, fin, done),
    sendReply: (id, fin) => this.#answer(controlFrame(ControlType.synReply, fin ? FLAG_FIN : 0, [id], this.#writer.write(new Map()))),
    sendReset: (id, status) => this.#answer(controlFrame(ControlType.rstStream, 0, [id, status])),
    room: () => this.#flowControl ? Math.max(0, this.#window.bytes) : Infinity,
    used: (bytes) => this.#window.use(bytes),
    sendTaken: (id, bytes) => { if (this.#flowControl) this.#answer(controlFrame(ControlType.windowUpdate, 0, [id, bytes])); },
    closed: (stream) => { this.#streams.delete(stream.id); },
    flushed: () => { if (this.#closeAsked) this.close(); },
  };
  #flowControl = false;
  #closeAsked = false;
  #trafficBytes = 0;
  #initialWindowBytes: number | undefined;
  #lastStreamId = 0;
  #takenBytes = 0;
  #answerBytes = 0;
  #pingId = 0;
  /** What is being read. */
  #chunk = new LentChunk(Buffer.alloc(0), () => undefined);
  /** Nothing more is understood or sent; what comes is dropped until the peer has hung up. */
  #closing = false;
  #ended = false;
  #linger: NodeJS.Timeout | undefined;
  #failure: Error | undefined;

  constructor(client: ClientSocket, handler: ConnectionHandler) {
    const { socket } = client;
    this.#socket = socket;
    this.#client = client;
    this.#handler = handler;
    this.#untaken = new Untaken({ pause: () => socket.pause(), resume: () => this.#ended ? socket : socket.resume() });
    client.onChunk((chunk, done) => this.#take(new LentChunk(chunk, done)));
    socket.on('end', () => this.#finish());
    socket.on('error', (error) => { this.#failure ??= error; });
    socket.on('close', () => this.#finish());
  }

  /** Bytes that came with the request. */
  unshift(head: Buffer): void {
    if (head.length > 0) this.#take(new LentChunk(head, () => undefined));
  }

  /** Something to send, so that a peer that has vanished is found out. */
  ping(): void {
    if (this.#closing || this.#ended) return;
    this.#pingId += 2;
    this.#answer(controlFrame(ControlType.ping, 0, [this.#pingId]));
  }

  /** Gives memory back that is kept for what comes. */
  rest(): void {
    this.#client.rest();
  }

  /** Bytes of streams that have gone either way, for whoever wants to know whether anything happens. */
  get traffic(): number {
    return this.#trafficBytes;
  }

  /** Says good-bye when all that streams were given is sent, and hangs up when the peer has, or LINGER_MS later. Idempotent. */
  close(): void {
    this.#closeAsked = true;
    if (![...this.#streams.values()].some((stream) => stream.isWaiting)) this.#sayGoodbye(GoAwayStatus.ok);
  }

  #sayGoodbye(status: number): void {
    if (this.#closing || this.#ended) return;
    this.#closing = true;
    for (const stream of [...this.#streams.values()]) stream.wasReset();
    this.#socket.write(controlFrame(ControlType.goAway, 0, [this.#lastStreamId, status]));
    this.#socket.end();
    // However slowly the peer takes it: time runs from when the kernel has all.
    this.#socket.once('finish', () => { if (!this.#ended) this.#linger = setTimeout(() => this.#socket.destroy(), LINGER_MS); });
    this.#socket.resume();
  }

  /** Hangs up at once. */
  destroy(error?: Error): void {
    this.#failure ??= error;
    this.#socket.destroy();
    this.#finish();
  }

  #take(chunk: LentChunk): void {
    try {
      if (this.#closing || this.#ended) return;
      this.#chunk = chunk;
      this.#parser.push(chunk.bytes);
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new SpdyError(String(error));
      this.#sayGoodbye(GoAwayStatus.protocolError);
    } finally {
      chunk.release();
    }
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#linger);
    for (const stream of [...this.#streams.values()]) stream.wasReset();
    this.#socket.destroy();
    this.#handler.onEnd(this.#failure);
  }

  #sendData(id: number, piece: Buffer, fin: boolean, done: () => void): void {
    if (this.#closing || this.#ended) { done(); return; }
    if (piece.length > DATA_FRAME_MAX_BYTES) throw new RangeError(`send SPDY data: ${piece.length} bytes in one piece`);
    this.#trafficBytes += piece.length;
    this.#socket.cork();
    this.#socket.write(dataHeader(id, piece.length, fin));
    if (piece.length > 0) this.#socket.write(piece, () => done());
    else done();
    this.#socket.uncork();
  }

  /** Sends a control frame; a peer that lets too many wait is not served any more. */
  #answer(frame: Buffer): void {
    if (this.#closing || this.#ended) return;
    const cost = frame.length + ANSWER_COST_BYTES;
    this.#answerBytes += cost;
    this.#socket.write(frame, () => { this.#answerBytes -= cost; });
    if (this.#answerBytes > ANSWERS_MAX_BYTES) this.destroy(new SpdyError('answer SPDY frames: the peer does not read the answers'));
  }

  #takeData(id: number, part: Buffer, fin: boolean): void {
    const stream = this.#streams.get(id);
    if (!stream) {
      // Of a stream that has just been reset; one that never was is an error.
      if (id > this.#lastStreamId) throw new SpdyError(`read SPDY frame: data for stream ${id}, which was never opened`);
      this.#tellTaken(part.length);
      return;
    }
    const { piece, release } = this.#chunk.keep(part);
    const taken = this.#untaken.add(piece);
    this.#trafficBytes += piece.length;
    const accepted = stream.takeData(piece, fin, () => {
      release();
      taken();
      this.#tellTaken(piece.length);
    });
    if (!accepted) this.#answer(controlFrame(ControlType.rstStream, 0, [id, ResetStatus.protocolError]));
  }

  /** The window of the whole connection (stream 0). */
  #tellTaken(bytes: number): void {
    this.#takenBytes += bytes;
    if (this.#takenBytes < WINDOW_STEP_BYTES) return;
    this.#link.sendTaken(0, this.#takenBytes);
    this.#takenBytes = 0;
  }

  #takeControl(frame: ControlFrame): void {
    switch (frame.type) {
      case ControlType.synStream: this.#takeSynStream(frame); return;
      case ControlType.rstStream: this.#streams.get(wordAt(frame, 0) & STREAM_ID_MASK)?.wasReset(); return;
      case ControlType.settings: this.#takeSettings(frame); return;
      case ControlType.ping: this.#takePing(frame); return;
      case ControlType.windowUpdate: this.#takeWindowUpdate(frame); return;
      case ControlType.headers: this.#takeHeaders(frame); return;
      // A peer that goes away hangs up when it is done.
      case ControlType.goAway: return;
      case ControlType.synReply: throw new SpdyError('read SPDY frame: a reply, but we have opened no stream');
      // Types that are not known are to be ignored (2.2.1).
      default: return;
    }
  }

  #takeSynStream(frame: ControlFrame): void {
    const id = wordAt(frame, 0) & STREAM_ID_MASK;
    if (frame.payload.length < 10) throw new SpdyError(`read SPDY frame: SYN_STREAM of ${frame.payload.length} bytes`);
    if (id % 2 === 0 || id <= this.#lastStreamId) throw new SpdyError(`read SPDY frame: stream ${id} is opened after ${this.#lastStreamId}`);
    this.#lastStreamId = id;
    // Read even when the stream is refused: later blocks refer to it.
    const headers = this.#reader.read(frame.payload.subarray(10));
    if (this.#streams.size >= STREAMS_MAX) {
      this.#answer(controlFrame(ControlType.rstStream, 0, [id, ResetStatus.refusedStream]));
      return;
    }
    const stream = new SpdyStream(this.#link, id, headers, { inputEnded: (frame.flags & FLAG_FIN) !== 0, outputEnded: (frame.flags & FLAG_UNIDIRECTIONAL) !== 0 });
    if (this.#initialWindowBytes !== undefined) stream.window.add(this.#initialWindowBytes - stream.window.bytes);
    this.#streams.set(id, stream);
    this.#handler.onStream(stream);
  }

  #takeHeaders(frame: ControlFrame): void {
    const stream = this.#streams.get(wordAt(frame, 0) & STREAM_ID_MASK);
    this.#reader.read(frame.payload.subarray(4));
    if ((frame.flags & FLAG_FIN) !== 0) stream?.endInput();
  }

  #takePing(frame: ControlFrame): void {
    // Even ids are ours, coming back.
    if (wordAt(frame, 0) % 2 === 1) this.#answer(controlFrame(ControlType.ping, 0, [wordAt(frame, 0)]));
  }

  #takeSettings(frame: ControlFrame): void {
    const count = wordAt(frame, 0);
    if (count > SETTINGS_MAX || frame.payload.length !== 4 + count * 8) throw new SpdyError(`read SPDY frame: ${count} settings in ${frame.payload.length} bytes`);
    for (let i = 0; i < count; i++) {
      if ((wordAt(frame, 4 + i * 8) & 0xff_ffff) === SETTING_INITIAL_WINDOW) this.#setInitialWindow(wordAt(frame, 8 + i * 8));
    }
  }

  #setInitialWindow(bytes: number): void {
    this.#flowControl = true;
    const before = this.#initialWindowBytes ?? new SendWindow().bytes;
    this.#initialWindowBytes = bytes;
    for (const stream of [...this.#streams.values()]) {
      stream.window.add(bytes - before);
      stream.flush();
    }
  }

  #takeWindowUpdate(frame: ControlFrame): void {
    const id = wordAt(frame, 0) & STREAM_ID_MASK;
    const bytes = wordAt(frame, 4) & STREAM_ID_MASK;
    if (bytes === 0) throw new SpdyError('read SPDY frame: WINDOW_UPDATE of 0');
    this.#flowControl = true;
    if (id === 0) this.#window.add(bytes);
    else this.#streams.get(id)?.window.add(bytes);
    for (const stream of id === 0 ? [...this.#streams.values()] : [this.#streams.get(id)]) stream?.flush();
  }
}

/** @throws SpdyError when the frame is shorter. */
function wordAt(frame: ControlFrame, at: number): number {
  if (frame.payload.length < at + 4) throw new SpdyError(`read SPDY frame: type ${frame.type} with ${frame.payload.length} bytes`);
  return frame.payload.readUInt32BE(at);
}
