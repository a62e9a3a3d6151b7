/** Lists that are asked for every second, of items that seldom change: each item is encoded once. */
import type { BackwardWriter, TimedFields } from './backward-writer.ts';
import type { Codec, Input } from './generated/cri.js';

/** A message that is encoded already. */
export class EncodedMessage {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** Field 1, a message: the item or the items in the answers that hold such. */
const ITEM_TAG = 0x0a;
const MAX_LENGTH_BYTES = 5;

/** What has been encoded, as long as its source lives. */
export class EncodedItems {
  readonly #bytes = new WeakMap<object, Uint8Array>();
  readonly #timed = new WeakMap<object, TimedFields>();
  readonly #answers = new WeakMap<readonly object[], EncodedMessage>();

  /** encodedAnswer() of items(), made once as long as `sources` is the same array. */
  list<S extends object, T>(sources: readonly S[], convert: (source: S) => Input<T>, codec: Codec<T>): EncodedMessage {
    return this.answer(sources, () => encodedAnswer(this.items(sources, convert, codec)));
  }

  /** As list(), for what is encoded in another way. */
  answer(sources: readonly object[], encode: () => EncodedMessage): EncodedMessage {
    const known = this.#answers.get(sources);
    if (known) return known;
    const answer = encode();
    this.#answers.set(sources, answer);
    return answer;
  }

  /** Each of `sources` as `convert` makes it, encoded. */
  items<S extends object, T>(sources: readonly S[], convert: (source: S) => Input<T>, codec: Codec<T>): Uint8Array[] {
    return sources.map((source) => this.item(source, convert, codec));
  }

  /** Equal sources, as objects, must be equal as messages. */
  item<S extends object, T>(source: S, convert: (source: S) => Input<T>, codec: Codec<T>): Uint8Array {
    return this.bytes(source, () => codec.encode(convert(source)).finish());
  }

  /** As item(), for what is encoded in another way. */
  bytes<S extends object>(source: S, encode: (source: S) => Uint8Array): Uint8Array {
    const known = this.#bytes.get(source);
    if (known) return known;
    const bytes = encode(source);
    this.#bytes.set(source, bytes);
    return bytes;
  }

  /** What `write` writes of `source`, whose only times are `time`: it is called once, and then only the times are written anew. */
  timed(writer: BackwardWriter, source: object, time: bigint, write: () => void): void {
    const known = this.#timed.get(source);
    if (known && writer.again(known, time)) return;
    const fields = writer.remember(time, write);
    if (fields) this.#timed.set(source, fields);
  }
}

/** The answer whose field 1 is these encoded messages. */
export function encodedAnswer(items: readonly Uint8Array[]): EncodedMessage {
  const all = Buffer.allocUnsafe(items.reduce((size, item) => size + 1 + MAX_LENGTH_BYTES + item.length, 0));
  let end = 0;
  for (const item of items) {
    all[end++] = ITEM_TAG;
    end = writeLength(all, end, item.length);
    all.set(item, end);
    end += item.length;
  }
  return new EncodedMessage(all.subarray(0, end));
}

/** A varint. @returns where it ends */
function writeLength(into: Buffer, at: number, length: number): number {
  let [end, rest] = [at, length];
  for (; rest > 0x7f; rest >>>= 7) into[end++] = (rest & 0x7f) | 0x80;
  into[end++] = rest;
  return end;
}
