/** The frames of a zstd stream, https://www.rfc-editor.org/rfc/rfc8878#section-3.1: where each ends, found from its headers alone. */
import { DataLossError } from '#errors';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const CHECKSUM_BYTES = 4;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;

/** magic ─► descriptor ─► blocks ─► (checksum) ─► magic, or magic ─► skippable ─► magic. */
type Phase = 'magic' | 'skippable' | 'descriptor' | 'block';

/**
 * Cuts a stream so that no piece holds parts of two frames. Node's decompressor drops what follows a frame in the same write (24.21);
 * layers have several frames when they were compressed in parallel, and skippable ones when they carry an index.
 */
export class ZstdFrameCutter {
  #phase: Phase = 'magic';
  readonly #header = Buffer.alloc(4);
  #headerBytes = 0;
  #headerWanted = 4;
  /** Bytes that are passed over before the next header. */
  #body = 0;
  #hasChecksum = false;
  #lastBlock = false;

  /** @throws DataLossError for what is no frame. */
  cut(chunk: Buffer): Buffer[] {
    const pieces: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length;) {
      if (this.#body > 0) {
        const take = Math.min(this.#body, chunk.length - at);
        this.#body -= take;
        at += take;
      } else {
        this.#header[this.#headerBytes++] = chunk[at++] ?? 0;
        if (this.#headerBytes < this.#headerWanted) continue;
        this.#onHeader();
      }
      if (this.#body === 0 && this.#headerBytes === 0 && this.#lastBlock) {
        this.#lastBlock = false;
        this.#expect('magic', 4);
        pieces.push(chunk.subarray(start, at));
        start = at;
      }
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    return pieces;
  }

  #onHeader(): void {
    const header = this.#header;
    switch (this.#phase) {
      case 'magic': this.#onMagic(header.readUInt32LE(0)); break;
      case 'skippable':
        this.#body = header.readUInt32LE(0);
        this.#lastBlock = true;
        break;
      case 'descriptor': this.#onDescriptor(header[0] ?? 0); break;
      case 'block': this.#onBlock(header.readUIntLE(0, 3)); break;
    }
    this.#headerBytes = 0;
  }

  #onMagic(magic: number): void {
    if (magic === MAGIC) this.#expect('descriptor', 1);
    else if ((magic & ~0xf) >>> 0 === SKIPPABLE_MAGIC) this.#expect('skippable', 4);
    else throw new DataLossError(`unpack layer: 0x${magic.toString(16)} follows a zstd frame, want another frame`);
  }

  #onDescriptor(descriptor: number): void {
    const singleSegment = (descriptor & 0x20) !== 0;
    const contentSize = CONTENT_SIZE_BYTES[descriptor >> 6] ?? 0;
    this.#hasChecksum = (descriptor & 0x04) !== 0;
    this.#body = (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0) + (singleSegment ? Math.max(contentSize, 1) : contentSize + 1);
    this.#expect('block', 3);
  }

  #onBlock(header: number): void {
    const type = (header >> 1) & 3;
    if (type === RESERVED_BLOCK) throw new DataLossError('unpack layer: a zstd block has the reserved type');
    this.#lastBlock = (header & 1) !== 0;
    this.#body = (type === RLE_BLOCK ? 1 : header >> 3) + (this.#lastBlock && this.#hasChecksum ? CHECKSUM_BYTES : 0);
  }

  #expect(phase: Phase, headerBytes: number): void {
    this.#phase = phase;
    this.#headerWanted = headerBytes;
  }
}
