import type { Duplex } from 'node:stream';
import type { ClientSocket } from '../client-socket.ts';
import { LentChunk } from '../lent-chunk.ts';
import { ANSWER_COST_BYTES, ANSWERS_MAX_BYTES } from '../limits.ts';
import { CloseCode, controlFrame, frameHead, Opcode, WebSocketError } from './frames.ts';
import { MessageParser } from './parser.ts';

/** Time that the client gets to read what the kernel still has for it, and to answer a good-bye. */
export const LINGER_MS = 30_000;
const NOTHING = Buffer.alloc(0);

export interface ConnectionHandler {
  /** A part of a message (MessageParser): its own until it calls `done`, once. */
  onPart(part: Buffer, last: boolean, done: () => void): void;
  /** Once: the connection has ended, by the client, by an error, or by close(). */
  onEnd(error: Error | undefined): void;
}

/** The server's side of a WebSocket (RFC 6455) without extensions. */
export class WebSocketConnection {
  readonly #client: ClientSocket;
  readonly #socket: Duplex;
  readonly #handler: ConnectionHandler;
  readonly #parser: MessageParser;
  /** What is being read. */
  #chunk = new LentChunk(Buffer.alloc(0), () => undefined);
  #answerBytes = 0;
  /** Good-bye is said: nothing more is sent, and messages that come are dropped. */
  #closing = false;
  #ended = false;
  #linger: NodeJS.Timeout | undefined;
  #failure: Error | undefined;

  /** @param options.whole messages are put together before they are handed on */
  constructor(client: ClientSocket, handler: ConnectionHandler, options: { whole: boolean }) {
    const { socket } = client;
    this.#client = client;
    this.#socket = socket;
    this.#handler = handler;
    this.#parser = new MessageParser({
      onPart: (part, last) => { this.#passPart(part, last); },
      onPing: (payload) => { this.#answer(controlFrame(Opcode.pong, payload)); },
      onClose: (code) => { this.close(code); this.#hangUp(); },
    }, options);
    client.onChunk((chunk, done) => this.#take(new LentChunk(chunk, done)));
    // Without a close frame before: nobody is there to read what is still to be sent.
    socket.on('end', () => this.#finish());
    socket.on('error', (error) => { this.#failure ??= error; });
    socket.on('close', () => this.#finish());
  }

  /** Bytes that came with the request. */
  unshift(head: Buffer): void {
    if (head.length > 0) this.#take(new LentChunk(head, () => undefined));
  }

  /** One message. @param first bytes that stand before `parts` in it @param done it is sent, or never will be */
  send(opcode: typeof Opcode.text | typeof Opcode.binary, first: readonly number[], parts: readonly Buffer[], done: () => void): void {
    if (this.#closing || this.#ended) { done(); return; }
    this.#socket.cork();
    this.#socket.write(frameHead(opcode, parts.reduce((sum, { length }) => sum + length, first.length), first));
    for (const part of parts.slice(0, -1)) this.#socket.write(part);
    this.#socket.write(parts.at(-1) ?? NOTHING, () => done());
    this.#socket.uncork();
  }

  /** Something to send, so that a client that has vanished is found out. */
  ping(): void {
    this.#answer(controlFrame(Opcode.ping, Buffer.alloc(0)));
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#ended) this.#socket.resume();
  }

  /** Gives memory back that is kept for what comes. */
  rest(): void {
    this.#client.rest();
  }

  /** Says good-bye behind what was sent; hangs up when the client has answered it, or LINGER_MS later. Idempotent. @param code undefined: none is said */
  close(code: number | undefined): void {
    if (this.#closing || this.#ended) return;
    this.#closing = true;
    // However slowly the client takes it: time runs from when the kernel has all.
    this.#socket.write(controlFrame(Opcode.close, code === undefined ? Buffer.alloc(0) : Buffer.of(code >> 8, code & 0xff)), () => {
      if (!this.#ended) this.#linger = setTimeout(() => this.#socket.destroy(), LINGER_MS);
    });
    this.#socket.resume();
  }

  /** Hangs up at once. */
  destroy(error?: Error): void {
    this.#failure ??= error;
    this.#finish();
  }

  #take(chunk: LentChunk): void {
    try {
      if (this.#ended) return;
      this.#chunk = chunk;
      this.#parser.push(chunk.bytes);
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
      this.close(error instanceof WebSocketError ? error.closeCode : CloseCode.protocolError);
      this.#hangUp();
    } finally {
      chunk.release();
    }
  }

  #passPart(part: Buffer, last: boolean): void {
    if (this.#closing || this.#ended) return;
    const { piece, release } = this.#chunk.keep(part);
    this.#handler.onPart(piece, last, release);
  }

  /** Nobody waits for anything any more; what was written is still sent. */
  #hangUp(): void {
    if (!this.#ended) this.#socket.end();
  }

  /** Sends a control frame; a client that lets too many wait is not served any more. */
  #answer(frame: Buffer): void {
    if (this.#closing || this.#ended) return;
    const cost = frame.length + ANSWER_COST_BYTES;
    this.#answerBytes += cost;
    this.#socket.write(frame, () => { this.#answerBytes -= cost; });
    if (this.#answerBytes > ANSWERS_MAX_BYTES) this.destroy(new WebSocketError(CloseCode.protocolError, 'answer WebSocket frames: the client does not read the answers'));
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#linger);
    this.#socket.destroy();
    this.#handler.onEnd(this.#failure);
  }
}
