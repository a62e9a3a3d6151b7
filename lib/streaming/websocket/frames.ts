/** WebSocket frames as bytes (RFC 6455, 5.2 and 7.4); all numbers are big-endian. */
import { InvalidArgumentError } from '#errors';

export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
/** Why a connection ends, in its close frame. */
export const CloseCode = { normal: 1000, protocolError: 1002, invalidText: 1007, tooBig: 1009 } as const;

export const FIN = 0x80;
export const RESERVED_BITS = 0x70;
export const OPCODE_BITS = 0x0f;
/** Opcodes from here on are of control frames. */
export const CONTROL_OPCODES = 8;
export const MASKED = 0x80;
export const LENGTH_BITS = 0x7f;
/** A length from here on says how many bytes of length follow. */
export const LENGTH_16 = 126;
export const LENGTH_64 = 127;
export const MASK_BYTES = 4;
/** Two bytes, eight of length, and the mask. */
export const FRAME_HEAD_MAX_BYTES = 14;
export const CONTROL_PAYLOAD_MAX_BYTES = 125;

/** The peer breaks the protocol, or goes beyond a limit; the connection is of no use any more. */
export class WebSocketError extends InvalidArgumentError {
  readonly closeCode: number;

  /** @param closeCode of CloseCode, which the peer is told */
  constructor(closeCode: number, message: string) {
    super(message);
    this.closeCode = closeCode;
  }
}

/** What stands before the payload of a server's frame, which is a whole message; `first` are bytes of the payload that go with it. */
export function frameHead(opcode: number, payloadBytes: number, first: readonly number[] = []): Buffer {
  const extended = payloadBytes < LENGTH_16 ? 0 : payloadBytes <= 0xffff ? 2 : 8;
  const head = Buffer.allocUnsafe(2 + extended + first.length);
  head[0] = FIN | opcode;
  head[1] = extended === 0 ? payloadBytes : extended === 2 ? LENGTH_16 : LENGTH_64;
  if (extended === 2) head.writeUInt16BE(payloadBytes, 2);
  if (extended === 8) head.writeBigUInt64BE(BigInt(payloadBytes), 2);
  head.set(first, 2 + extended);
  return head;
}

/** A whole small frame of a server. */
export function controlFrame(opcode: number, payload: Uint8Array): Buffer {
  return Buffer.concat([frameHead(opcode, payload.length), payload]);
}

/** Takes a client's mask off, in place. @param phase how many bytes of the frame's payload came before */
export function unmask(bytes: Buffer, mask: Uint8Array, phase: number): void {
  const unaligned = Math.min(bytes.length, -bytes.byteOffset & 3);
  const words = (bytes.length - unaligned) >>> 2;
  unmaskBytes(bytes, 0, unaligned, mask, phase);
  if (words === 0) { unmaskBytes(bytes, unaligned, bytes.length, mask, phase); return; }
  // Four bytes at a time: a quarter of the time.
  const key = new Int32Array(Uint8Array.from({ length: 4 }, (_, i) => mask[(phase + unaligned + i) & 3] ?? 0).buffer)[0] ?? 0;
  const view = new Int32Array(bytes.buffer, bytes.byteOffset + unaligned, words);
  for (let i = 0; i < words; i++) view[i] = (view[i] ?? 0) ^ key;
  unmaskBytes(bytes, unaligned + words * 4, bytes.length, mask, phase);
}

function unmaskBytes(bytes: Buffer, begin: number, end: number, mask: Uint8Array, phase: number): void {
  for (let i = begin; i < end; i++) bytes[i] = (bytes[i] ?? 0) ^ (mask[(phase + i) & 3] ?? 0);
}
