/**
 * Protobuf's reader and writer with 64-bit numbers as bigint: CRI's timestamps are nanoseconds
 * beyond 2^53. The code in generated/ imports this in place of `protobufjs/minimal`.
 */
import protobuf from 'protobufjs/minimal.js';

/** @throws Error for bytes that are no protobuf, RangeError when they end too early. */
class WireReader extends (protobuf.BufferReader as unknown as ReaderWithout64) {
  constructor(bytes: Buffer) {
    super(bytes);
    // Fields of a newer API than ours are skipped, not kept.
    this.discardUnknown = true;
  }

  int64(): bigint {
    return BigInt.asIntN(64, readVarint64(this));
  }

  uint64(): bigint {
    return readVarint64(this);
  }

  static create(bytes: Uint8Array): WireReader {
    return new WireReader(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
}

class WireWriter extends (protobuf.BufferWriter as unknown as WriterWithout64) {
  int64(value: bigint): this {
    return writeVarint64(this, BigInt.asUintN(64, value));
  }

  uint64(value: bigint): this {
    return writeVarint64(this, BigInt.asUintN(64, value));
  }

  /** Packed. */
  int64s(values: readonly bigint[]): this {
    this.fork();
    for (const value of values) this.int64(value);
    this.ldelim();
    return this;
  }

  static create(): WireWriter {
    return new WireWriter();
  }
}

/** What generated code needs of `protobufjs/minimal`. */
export default { ...protobuf, Reader: WireReader, Writer: WireWriter };

type Without64<T> = Omit<T, 'int64' | 'uint64' | 'int64s' | 'uint64s'>;
type ReaderWithout64 = (new (bytes: Buffer) => Without64<protobuf.Reader> & { discardUnknown: boolean }) & { recursionLimit: number };
type WriterWithout64 = new () => Without64<protobuf.Writer>;

const MAX_VARINT_BYTES = 10;
/** A number of seven-bit groups that JavaScript's 32-bit operators can hold. */
const GROUPS_PER_PART = 4;
const PART = 2 ** 28;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function readVarint64(reader: { buf: Uint8Array; pos: number; len: number }): bigint {
  let [low, middle, high] = [0, 0, 0];
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    if (reader.pos >= reader.len) throw new RangeError(`a number of 64 bits ends at byte ${reader.len}, before its last byte`);
    const byte = reader.buf[reader.pos++] ?? 0;
    const group = (byte & 0x7f) << (7 * (i % GROUPS_PER_PART));
    if (i < GROUPS_PER_PART) low |= group;
    else if (i < 2 * GROUPS_PER_PART) middle |= group;
    else high |= group;
    if (byte < 0x80) return high === 0 && middle < 2 ** 25 ? BigInt(middle * PART + low) : BigInt.asUintN(64, (BigInt(high * PART + middle) << 28n) | BigInt(low));
  }
  throw new RangeError(`a number of 64 bits at byte ${reader.pos - MAX_VARINT_BYTES} is longer than ${MAX_VARINT_BYTES} bytes`);
}

function writeVarint64<W extends Without64<protobuf.Writer>>(writer: W, value: bigint): W {
  if (value <= MAX_SAFE) return writeNumber64(writer, Number(value));
  const halves = { low: Number(value & 0xffffffffn), high: Number(value >> 32n), unsigned: true };
  return writeNumber64(writer, halves);
}

/** protobufjs' own way, for whole numbers and for its pairs of halves. */
function writeNumber64<W extends Without64<protobuf.Writer>>(writer: W, value: number | { low: number; high: number; unsigned: boolean }): W {
  return (protobuf.Writer.prototype.uint64 as unknown as (this: W, value: unknown) => W).call(writer, value);
}
