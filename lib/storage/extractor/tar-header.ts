/** The 512-byte header of ustar, GNU and V7 archives. Text is latin1: one character a byte, so that names that are not UTF-8 survive. */
import { DataLossError } from '#errors';

export const BLOCK_BYTES = 512;

export interface TarHeader {
  readonly name: string;
  readonly linkName: string;
  /** One character; '0' also for the NUL of V7. */
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly devMajor: number;
  readonly devMinor: number;
}

const CHECKSUM_START = 148;
const CHECKSUM_END = 156;
const SPACE = 0x20;

/**
 * Reads the header at `offset`; undefined for a block of zeros.
 * @throws DataLossError when the checksum or a number is wrong.
 */
export function parseHeader(block: Buffer, offset = 0): TarHeader | undefined {
  const sum = checksum(block, offset);
  if (sum.unsigned === SPACE * (CHECKSUM_END - CHECKSUM_START) && block[offset + CHECKSUM_START] === 0) return undefined;
  const stored = numberAt(block, offset + CHECKSUM_START, 8, 'checksum');
  if (stored !== sum.unsigned && stored !== sum.signed) throw new DataLossError(`read tar header: checksum is ${stored}, want ${sum.unsigned}`);
  const isUstar = block.toString('latin1', offset + 257, offset + 263) === 'ustar\0';
  const prefix = isUstar ? textAt(block, offset + 345, 155) : '';
  const name = textAt(block, offset, 100);
  const typeByte = block[offset + 156];
  const type = typeByte === 0 || typeByte === undefined ? '0' : String.fromCharCode(typeByte);
  const isDevice = type === '3' || type === '4';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: textAt(block, offset + 157, 100),
    type,
    mode: numberAt(block, offset + 100, 8, 'mode'),
    uid: numberAt(block, offset + 108, 8, 'uid'),
    gid: numberAt(block, offset + 116, 8, 'gid'),
    size: numberAt(block, offset + 124, 12, 'size'),
    mtime: numberAt(block, offset + 136, 12, 'mtime'),
    devMajor: isDevice ? numberAt(block, offset + 329, 8, 'devmajor') : 0,
    devMinor: isDevice ? numberAt(block, offset + 337, 8, 'devminor') : 0,
  };
}

/** The sum of the header's bytes with the checksum field as spaces; some old programs added signed bytes. */
function checksum(block: Buffer, offset: number): { unsigned: number; signed: number } {
  let unsigned = SPACE * (CHECKSUM_END - CHECKSUM_START);
  let high = 0;
  for (let i = 0; i < BLOCK_BYTES; i++) {
    if (i === CHECKSUM_START) i = CHECKSUM_END;
    const byte = block[offset + i] ?? 0;
    unsigned += byte;
    if (byte > 127) high++;
  }
  return { unsigned, signed: unsigned - 256 * high };
}

function textAt(block: Buffer, start: number, length: number): string {
  let end = start;
  while (end < start + length && block[end] !== 0) end++;
  return block.toString('latin1', start, end);
}

/** An octal number in text, or GNU's base-256 where the first bit is set. */
function numberAt(block: Buffer, start: number, length: number, field: string): number {
  const first = block[start] ?? 0;
  if ((first & 0x80) !== 0) return base256(block, start, length, field);
  let value = 0;
  let seen = false;
  for (let i = start; i < start + length; i++) {
    const byte = block[i] ?? 0;
    if (byte >= 0x30 && byte <= 0x37) {
      value = value * 8 + (byte - 0x30);
      seen = true;
    } else if (byte === 0 || byte === SPACE) {
      if (seen) break;
    } else {
      throw new DataLossError(`read tar header: ${field} is ${JSON.stringify(block.toString('latin1', start, start + length))}, want an octal number`);
    }
  }
  return value;
}

function base256(block: Buffer, start: number, length: number, field: string): number {
  const negative = (block[start] ?? 0) === 0xff;
  let value = negative ? -1 : (block[start] ?? 0) & 0x7f;
  for (let i = start + 1; i < start + length; i++) {
    value = value * 256 + (block[i] ?? 0);
    if (!Number.isSafeInteger(value)) throw new DataLossError(`read tar header: ${field} has more than 53 bits`);
  }
  return value;
}
