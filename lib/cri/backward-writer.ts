/**
 * Protobuf from its end to its beginning: when the head of a nested message is written, its length is known.
 * For messages that are made by the hundred, without an object for each of their fields.
 */

const FIRST_BYTES = 4096;
const [VARINT, FIXED64, BYTES] = [0, 1, 2];
const MAX_VARINT_BYTES = 10;

/** Fields are written last one first. Numbers that are zero are left out, as proto3 has it. */
export class BackwardWriter {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  /** Bytes written; they lie at the end of the buffer. */
  #size = 0;

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
    this.#varint(value <= MAX_SAFE ? Number(value) : value);
    this.#tag(field, VARINT);
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

  text(field: number, text: string): void {
    if (text !== '') this.bytes(field, Buffer.from(text));
  }

  /** A copy of what was written; the writer is as new. */
  finish(): Uint8Array {
    const written = Buffer.from(this.#buffer.subarray(this.#buffer.length - this.#size));
    this.#size = 0;
    return written;
  }

  #tag(field: number, type: number): void {
    this.#varint((field << 3) | type);
  }

  #varint(value: number | bigint): void {
    let length = 1;
    if (typeof value === 'number') for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
    else length = Math.ceil(value.toString(2).length / 7);
    let [at, rest] = [this.#room(length), value];
    for (let left = length; left > 1; left--) {
      this.#buffer[at++] = Number(typeof rest === 'number' ? rest % 128 : rest & 127n) | 128;
      rest = typeof rest === 'number' ? Math.floor(rest / 128) : rest >> 7n;
    }
    this.#buffer[at] = Number(rest);
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

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
