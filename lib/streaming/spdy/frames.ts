/** SPDY/3.1 frames as bytes (SPDY Protocol Draft 3.1, 2.2 and 2.6); all numbers are big-endian. */
export const FRAME_HEADER_BYTES = 8;
export const CONTROL_BIT = 0x8000_0000;
export const SPDY_VERSION = 3;
export const STREAM_ID_MASK = 0x7fff_ffff;

export const ControlType = { synStream: 1, synReply: 2, rstStream: 3, settings: 4, ping: 6, goAway: 7, headers: 8, windowUpdate: 9 } as const;
export const FLAG_FIN = 1;
export const FLAG_UNIDIRECTIONAL = 2;
export const SETTING_INITIAL_WINDOW = 7;

/** Status of RST_STREAM. */
export const ResetStatus = { protocolError: 1, invalidStream: 2, refusedStream: 3, cancel: 5, internalError: 6, flowControlError: 7 } as const;
/** Status of GOAWAY. */
export const GoAwayStatus = { ok: 0, protocolError: 1 } as const;

/** The eight bytes before a data frame's payload. */
export function dataHeader(streamId: number, length: number, fin: boolean): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  header.writeUInt32BE(streamId, 0);
  header.writeUInt32BE((fin ? FLAG_FIN << 24 : 0) + length, 4);
  return header;
}

/** A control frame; `words` are u32 numbers that stand before `rest`. */
export function controlFrame(type: number, flags: number, words: readonly number[], rest: Buffer = Buffer.alloc(0)): Buffer {
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + words.length * 4 + rest.length);
  frame.writeUInt32BE(CONTROL_BIT + (SPDY_VERSION << 16) + type, 0);
  frame.writeUInt32BE((flags << 24) + frame.length - FRAME_HEADER_BYTES, 4);
  words.forEach((word, i) => frame.writeUInt32BE(word, FRAME_HEADER_BYTES + i * 4));
  rest.copy(frame, FRAME_HEADER_BYTES + words.length * 4);
  return frame;
}
