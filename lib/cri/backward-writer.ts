/**
 * Protobuf from its end to its beginning: when the head of a nested message is written, its length is known.
 * For messages that are made by the hundred, without an object for each of their fields.
 */

const FIRST_BYTES = 4096;
const [VARINT, FIXED64, BYTES] = [0, 1, 2];
const MAX_VARINT_BYTES = 10;

/** From 1972 to 2262 a time in nanoseconds is as long as any other. */
const [FIRST_TIME, TIMES_END] = [2n ** 56n, 2n ** 63n];

/** Fields that are encoded already, but for the times in them. */
export interface TimedFields {
  readonly bytes: Uint8Array;
  /** Where in `bytes` a time begins. */
  readonly places: readonly number[];
}

/** Fields are written last one first. Numbers that are zero are left out, as proto3 has it. */
export class BackwardWriter {
  #buffer: Buffer;
  /** Bytes written; they lie at the end of the buffer. */
  #size = 0;
  /** The last number beyond a double's whole ones, and its varint. */
  #large = 0n;
  #largeBytes: Uint8Array = new Uint8Array();
  /** How much was written when a time had been: inside remember(). */
  #times: number[] | undefined;

  /** @param bytes what will be written, about; more is taken as it is needed */
  constructor(bytes = FIRST_BYTES) {
    this.#buffer = Buffer.allocUnsafe(bytes);
  }

  /** Where a nested message ends: for message(), when its fields have been written. */
  end(): number {
    return this.#size;
  }

  /** What has been written since `end` is a message. */
  message(field: number, end: number): void {
    this.#varint(this.#size - end);
    this.#tag(field, BYTES);
  }

  /** int64 that is not negative, or uint64. */
  integer(field: number, value: bigint): void {
    if (value === 0n) return;
    if (value <= MAX_SAFE) this.#varint(Number(value));
    else this.encoded(this.#large64(value));
    this.#tag(field, VARINT);
  }

  /** Nanoseconds since the epoch, int64. */
  time(field: number, value: bigint): void {
    this.integer(field, value);
    this.#times?.push(this.#size - TAG_BYTES);
  }

  /** What `write` writes, for again(): with `time` as each time() and none beside. Undefined when that is not as long as others are. */
  remember(time: bigint, write: () => void): TimedFields | undefined {
    const end = this.#size;
    const times: number[] = this.#times = [];
    write();
    this.#times = undefined;
    return isUsualTime(time) ? { bytes: Uint8Array.from(this.#since(end)), places: times.map((size) => this.#size - size) } : undefined;
  }

  /** @returns false, with nothing written, when `time` is not as long as the one that was there */
  again({ bytes, places }: TimedFields, time: bigint): boolean {
    if (!isUsualTime(time)) return false;
    const varint = this.#large64(time);
    const at = this.#room(bytes.length);
    this.#buffer.set(bytes, at);
    for (const place of places) for (let i = 0; i < varint.length; i++) this.#buffer[at + place + i] = varint[i] ?? 0;
    return true;
  }

  /** A UInt64Value: there, also when it is zero. */
  amount(field: number, value: bigint): void {
    const end = this.#size;
    this.integer(1, value);
    this.message(field, end);
  }

  double(field: number, value: number): void {
    if (value === 0) return;
    const at = this.#room(8);
    this.#buffer.writeDoubleLE(value, at);
    this.#tag(field, FIXED64);
  }

  bytes(field: number, bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#buffer.set(bytes, at);
    this.#varint(bytes.length);
    this.#tag(field, BYTES);
  }

  /** Fields that are encoded already. */
  encoded(fields: Uint8Array): void {
    const at = this.#room(fields.length);
    this.#buffer.set(fields, at);
  }

  text(field: number, text: string): void {
    if (text !== '') this.bytes(field, Buffer.from(text));
  }

  /** A copy of what was written; the writer is as new. */
  finish(): Uint8Array {
    const written = this.since(0);
    this.#size = 0;
    return written;
  }

  /** A copy of what was written since `end`. */
  since(end: number): Uint8Array {
    return Buffer.from(this.#since(end));
  }

  /** Without a copy: nothing may be written any more. */
  written(): Buffer {
    return this.#buffer.subarray(this.#buffer.length - this.#size);
  }

  #since(end: number): Buffer {
    const { length } = this.#buffer;
    return this.#buffer.subarray(length - this.#size, length - end);
  }

  /** A varint. Mostly a time in nanoseconds, the same for thousands of fields: what is beyond a double is dear to take apart. */
  #large64(value: bigint): Uint8Array {
    if (value === this.#large) return this.#largeBytes;
    const end = this.#size;
    this.#varint(Number(value >> PART_BITS));
    this.#part(Number(value & LOW_PART));
    this.#largeBytes = this.since(end);
    this.#large = value;
    this.#size = end;
    return this.#largeBytes;
  }

  #tag(field: number, type: number): void {
    this.#varint((field << 3) | type);
  }

  /** The high groups of seven bits first: they lie behind the low ones. Below 2^28 JavaScript's operators on 32 bits do, which are the fast ones. */
  #varint(value: number): void {
    if (value >= PART_SIZE) {
      const high = Math.floor(value / PART_SIZE);
      this.#varint(high);
      this.#part(value - high * PART_SIZE);
      return;
    }
    let at = this.#room(value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : value < 2 ** 21 ? 3 : GROUPS_PER_PART);
    let rest = value;
    for (; rest >= 128; rest >>>= 7) this.#buffer[at++] = (rest & 127) | 128;
    this.#buffer[at] = rest;
  }

  /** Four groups that others lie behind. */
  #part(value: number): void {
    let at = this.#room(GROUPS_PER_PART);
    let rest = value;
    for (const end = at + GROUPS_PER_PART; at < end; rest >>>= 7) this.#buffer[at++] = (rest & 127) | 128;
  }

  /** @returns where `length` bytes go, in a buffer that may be another one now */
  #room(length: number): number {
    this.#size += length;
    if (this.#size > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#size + MAX_VARINT_BYTES));
      grown.set(this.#buffer, grown.length - this.#buffer.length);
      this.#buffer = grown;
    }
    return this.#buffer.length - this.#size;
  }
}

function isUsualTime(time: bigint): boolean {
  return time >= FIRST_TIME && time < TIMES_END;
}

/** Of a field below 16. */
const TAG_BYTES = 1;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const GROUPS_PER_PART = 4;
const PART_BITS = 28n;
const LOW_PART = (1n << PART_BITS) - 1n;
const PART_SIZE = Number(1n << PART_BITS);
