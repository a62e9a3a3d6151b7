import { isUtf8 } from 'node:buffer';
import { ByteCollector } from '#bytes';
import {
  CloseCode, CONTROL_OPCODES, CONTROL_PAYLOAD_MAX_BYTES, FIN, FRAME_HEAD_MAX_BYTES, LENGTH_16, LENGTH_64, LENGTH_BITS, MASK_BYTES, MASKED, Opcode, OPCODE_BITS, RESERVED_BITS, unmask, WebSocketError,
} from './frames.ts';

/** Clients send pieces of at most 32 KiB. */
const MESSAGE_MAX_BYTES = 1024 * 1024;
/** Above it they are the application's (7.4.2). */
const CLOSE_CODES = { least: 1000, reserved: [1004, 1005, 1006] as readonly number[], mostOfProtocol: 1014, leastOfApplication: 3000, most: 4999 };

export interface MessageHandler {
  /** A part of a message as it came, `last` with the last one; that one may be empty. Messages do not mix. */
  onPart(part: Buffer, last: boolean): void;
  onPing(payload: Buffer): void;
  /** @param code undefined when the peer gave none */
  onClose(code: number | undefined): void;
}

/** One whose payload is being read; `at` of its `bytes` have come. */
interface Frame { readonly opcode: number; readonly fin: boolean; readonly bytes: number; at: number }

/**
 * Cuts what a client sends into messages. Payloads are unmasked where they are and passed on as they come, never kept, unless `whole` messages are wanted;
 * control frames are put together. Of text it is only checked in whole messages that it is UTF-8: in parts nobody reads it as text.
 */
export class MessageParser {
  readonly #handler: MessageHandler;
  readonly #whole: boolean;
  readonly #head = Buffer.alloc(FRAME_HEAD_MAX_BYTES);
  #headBytes = 0;
  /** Of the message that has begun and not ended: its opcode and its bytes. */
  #message: { readonly opcode: number; bytes: number } | undefined;
  #frame: Frame | undefined;
  #control = Buffer.alloc(0);
  readonly #kept = new ByteCollector();

  constructor(handler: MessageHandler, { whole }: { whole: boolean }) {
    this.#handler = handler;
    this.#whole = whole;
  }

  /** The chunk's bytes are changed. @throws WebSocketError when the bytes are against the rules, and what the handler throws; the stream is then of no use. */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) at = this.#frame ? this.#passPayload(this.#frame, chunk, at) : this.#readHead(chunk, at);
  }

  #readHead(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length) {
      this.#head[this.#headBytes++] = chunk[at++] ?? 0;
      if (this.#headBytes === 2) this.#checkHead();
      const lengthEnd = 2 + extendedBytes(this.#head);
      if (this.#headBytes === lengthEnd) this.#checkLength();
      if (this.#headBytes === lengthEnd + MASK_BYTES) {
        this.#headBytes = 0;
        this.#beginFrame();
        break;
      }
    }
    return at;
  }

  /** Its first two bytes. */
  #checkHead(): void {
    const [first = 0, second = 0] = this.#head;
    const opcode = first & OPCODE_BITS;
    if ((first & RESERVED_BITS) !== 0) throw broken('a reserved bit is set');
    if ((second & MASKED) === 0) throw broken('it has no mask');
    if (opcode >= CONTROL_OPCODES) {
      if (opcode > Opcode.pong) throw broken(`opcode ${opcode}`);
      if ((first & FIN) === 0 || (second & LENGTH_BITS) > CONTROL_PAYLOAD_MAX_BYTES) throw broken(`opcode ${opcode} in fragments, or with more than ${CONTROL_PAYLOAD_MAX_BYTES} bytes`);
    } else if (opcode > Opcode.binary) throw broken(`opcode ${opcode}`);
    else if ((opcode === Opcode.continuation) !== (this.#message !== undefined)) throw broken(this.#message ? 'a message begins within another' : 'the continuation of nothing');
  }

  #checkLength(): void {
    const bytes = payloadBytes(this.#head) + ((this.#head[0] ?? 0) & OPCODE_BITS ? 0 : this.#message?.bytes ?? 0);
    if (bytes > MESSAGE_MAX_BYTES) throw new WebSocketError(CloseCode.tooBig, `read WebSocket message: more than ${MESSAGE_MAX_BYTES} bytes`);
  }

  #beginFrame(): void {
    const [first = 0] = this.#head;
    const frame: Frame = { opcode: first & OPCODE_BITS, fin: (first & FIN) !== 0, bytes: payloadBytes(this.#head), at: 0 };
    if (frame.opcode >= CONTROL_OPCODES) this.#control = Buffer.alloc(frame.bytes);
    else {
      this.#message ??= { opcode: frame.opcode, bytes: 0 };
      this.#message.bytes += frame.bytes;
    }
    this.#frame = frame;
    if (frame.bytes === 0) this.#passPayload(frame, this.#control.subarray(0, 0), 0);
  }

  #passPayload(frame: Frame, chunk: Buffer, at: number): number {
    const part = chunk.subarray(at, at + frame.bytes - frame.at);
    const lengthEnd = 2 + extendedBytes(this.#head);
    unmask(part, this.#head.subarray(lengthEnd, lengthEnd + MASK_BYTES), frame.at);
    if (frame.opcode >= CONTROL_OPCODES) part.copy(this.#control, frame.at);
    frame.at += part.length;
    const isEnd = frame.at === frame.bytes;
    if (isEnd) this.#frame = undefined;
    if (frame.opcode < CONTROL_OPCODES) this.#passData(part, isEnd && frame.fin);
    else if (isEnd) this.#takeControl(frame.opcode, this.#control);
    return at + part.length;
  }

  #passData(part: Buffer, last: boolean): void {
    const isText = this.#message?.opcode === Opcode.text;
    if (last) this.#message = undefined;
    if (!this.#whole) {
      if (last || part.length > 0) this.#handler.onPart(part, last);
      return;
    }
    this.#kept.add(part);
    if (!last) return;
    const message = this.#kept.take();
    if (isText && !isUtf8(message)) throw new WebSocketError(CloseCode.invalidText, 'read WebSocket message: it is text, and no UTF-8');
    this.#handler.onPart(message, true);
  }

  #takeControl(opcode: number, payload: Buffer): void {
    if (opcode === Opcode.ping) this.#handler.onPing(payload);
    else if (opcode === Opcode.close) this.#handler.onClose(closeCode(payload));
  }
}

function closeCode(payload: Buffer): number | undefined {
  if (payload.length === 0) return undefined;
  const { least, reserved, mostOfProtocol, leastOfApplication, most } = CLOSE_CODES;
  const code = payload.length === 1 ? 0 : payload.readUInt16BE();
  if (code < least || code > most || reserved.includes(code) || (code > mostOfProtocol && code < leastOfApplication)) throw broken(`close code ${code}`);
  if (!isUtf8(payload.subarray(2))) throw new WebSocketError(CloseCode.invalidText, 'read WebSocket frame: the reason of its close is no UTF-8');
  return code;
}

function extendedBytes(head: Buffer): number {
  const length = (head[1] ?? 0) & LENGTH_BITS;
  return length === LENGTH_16 ? 2 : length === LENGTH_64 ? 8 : 0;
}

function payloadBytes(head: Buffer): number {
  const extended = extendedBytes(head);
  return extended === 0 ? (head[1] ?? 0) & LENGTH_BITS : extended === 2 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
}

function broken(what: string): WebSocketError {
  return new WebSocketError(CloseCode.protocolError, `read WebSocket frame: ${what}`);
}
