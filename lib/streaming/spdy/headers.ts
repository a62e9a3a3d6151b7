import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { errorText } from '#errors';
import { HEADER_DICTIONARY, HEADER_DICTIONARY_ID } from './dictionary.ts';
import { SpdyError } from './error.ts';
import { HEADER_TEXT_MAX_BYTES, HEADERS_MAX } from './limits.ts';

/** Names in lower case. */
export type Headers = ReadonlyMap<string, string>;

/** zlib header: deflate with a 32 KiB window, preset dictionary, and its id (RFC 1950). */
const ZLIB_HEADER = Buffer.from([0x78, 0xbb, 0, 0, 0, 0]);
ZLIB_HEADER.writeUInt32BE(HEADER_DICTIONARY_ID, 2);
const ZLIB_FLAG_DICTIONARY = 0x20;
const ZLIB_METHOD_DEFLATE = 8;
/** How far back deflate may refer. */
const HISTORY_BYTES = 32 * 1024;

/*
 * All header blocks of one direction are one zlib stream, flushed after each block to a byte boundary. Each block is then a raw deflate
 * stream of its own whose preset dictionary is what went before: node:zlib does that in one synchronous call with a limit for the result,
 * where its streams would answer later and from another thread.
 */

/** The header blocks that one peer sends, in their order. */
export class HeaderReader {
  #history = HEADER_DICTIONARY;
  #begun = false;

  /** @throws SpdyError when the block cannot be read or is beyond a limit. */
  read(block: Buffer): Headers {
    const raw = this.#begun ? block : skipZlibHeader(block);
    this.#begun = true;
    const text = inflate(raw, this.#history);
    this.#history = appended(this.#history, text);
    return parseHeaders(text);
  }
}

/** The header blocks that we send. */
export class HeaderWriter {
  #history = HEADER_DICTIONARY;
  #begun = false;

  write(headers: Headers): Buffer {
    const text = encodeHeaders(headers);
    const raw = deflateRawSync(text, { dictionary: this.#history, finishFlush: constants.Z_SYNC_FLUSH });
    const block = this.#begun ? raw : Buffer.concat([ZLIB_HEADER, raw]);
    this.#begun = true;
    this.#history = appended(this.#history, text);
    return block;
  }
}

function appended(history: Buffer, text: Buffer): Buffer {
  return Buffer.concat([history, text]).subarray(-HISTORY_BYTES);
}

function skipZlibHeader(block: Buffer): Buffer {
  if (block.length < 2 || block.readUInt16BE() % 31 !== 0 || ((block[0] ?? 0) & 0x0f) !== ZLIB_METHOD_DEFLATE) throw new SpdyError('read header block: it does not begin as a zlib stream');
  if (((block[1] ?? 0) & ZLIB_FLAG_DICTIONARY) === 0) return block.subarray(2);
  if (block.length < ZLIB_HEADER.length || block.readUInt32BE(2) !== HEADER_DICTIONARY_ID) throw new SpdyError('read header block: its dictionary is not SPDY/3\'s');
  return block.subarray(ZLIB_HEADER.length);
}

function inflate(raw: Buffer, dictionary: Buffer): Buffer {
  try {
    return inflateRawSync(raw, { dictionary, finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: HEADER_TEXT_MAX_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new SpdyError(`read header block: it inflates to more than ${HEADER_TEXT_MAX_BYTES} bytes`, { cause: error });
    throw new SpdyError(`read header block: ${errorText(error)}`, { cause: error });
  }
}

/** u32 count, then for each header u32 length and name, u32 length and value. */
function parseHeaders(text: Buffer): Headers {
  let at = 0;
  const number = (): number => {
    if (at + 4 > text.length) throw new SpdyError('read header block: it ends in the middle');
    at += 4;
    return text.readUInt32BE(at - 4);
  };
  const word = (): string => {
    const length = number();
    if (length > text.length - at) throw new SpdyError('read header block: it ends in the middle');
    at += length;
    return text.toString('latin1', at - length, at);
  };
  const headers = new Map<string, string>();
  const count = number();
  if (count > HEADERS_MAX) throw new SpdyError(`read header block: ${count} headers, at most ${HEADERS_MAX}`);
  for (let i = 0; i < count; i++) {
    const name = word().toLowerCase();
    if (name === '' || headers.has(name)) throw new SpdyError(`read header block: name ${JSON.stringify(name)} is empty or comes twice`);
    headers.set(name, word());
  }
  return headers;
}

function encodeHeaders(headers: Headers): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const word = (text: string): Buffer[] => [number(Buffer.byteLength(text, 'latin1')), Buffer.from(text, 'latin1')];
  return Buffer.concat([number(headers.size), ...[...headers].flatMap(([name, value]) => [...word(name.toLowerCase()), ...word(value)])]);
}
