import { DataLossError, ResourceExhaustedError, UnimplementedError } from '#errors';
import { MAX_METADATA_BYTES } from './limits.ts';
import { parsePax, type PaxAttributes } from './pax.ts';
import { BLOCK_BYTES, parseHeader, type TarHeader } from './tar-header.ts';

export type EntryType = 'file' | 'link' | 'symlink' | 'char' | 'block' | 'directory' | 'fifo';

/** One entry with its PAX and GNU attributes applied. Text is latin1. */
export interface TarEntry {
  readonly type: EntryType;
  readonly path: string;
  readonly linkPath: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of data; 0 for everything that is not a file. */
  readonly size: number;
  readonly mtime: number;
  readonly devMajor: number;
  readonly devMinor: number;
  readonly xattrs: ReadonlyMap<string, Buffer> | undefined;
}

/** Takes an archive's entries one after another: entry, its data in pieces (borrowed: valid during the call only), end. */
export interface TarSink {
  entry(entry: TarEntry): void;
  data(bytes: Buffer): void;
  end(): void;
  /** Every other byte of the archive, in order: headers before their entry, padding after its data, what follows the end. Borrowed, too. */
  raw?(bytes: Buffer): void;
}

const TYPES: ReadonlyMap<string, EntryType> = new Map([['0', 'file'], ['7', 'file'], ['1', 'link'], ['2', 'symlink'], ['3', 'char'], ['4', 'block'], ['5', 'directory'], ['6', 'fifo']]);
type Metadata = 'pax' | 'paxGlobal' | 'longName' | 'longLink';
const METADATA: ReadonlyMap<string, Metadata> = new Map([['x', 'pax'], ['g', 'paxGlobal'], ['L', 'longName'], ['K', 'longLink']]);

/**
 *            ┌────────────── padding over ──────────────┐
 *   header ──┼─ x g L K ─► metadata ─► padding ─────────┤
 *     │      └─ file ────► data ─────► padding ─────────┘
 *     └─ two zero blocks ─► done (what follows is not looked at)
 */
type State = 'header' | 'metadata' | 'data' | 'padding' | 'done';

/** Reads a tar archive that arrives in pieces of any size. Memory is bounded by MAX_METADATA_BYTES. */
export class TarReader {
  readonly #sink: TarSink;
  readonly #maxEntries: number;
  readonly #hasData: boolean;
  readonly #block = Buffer.alloc(BLOCK_BYTES);
  #state: State = 'header';
  /** Bytes of the current header, metadata, data or padding that have not come yet. */
  #missing = BLOCK_BYTES;
  #padding = 0;
  #zeroBlocks = 0;
  #metadata: Metadata = 'pax';
  #metadataBytes = Buffer.alloc(0);
  #pax: PaxAttributes = {};
  #longName: string | undefined;
  #longLink: string | undefined;
  #headers = 0;
  #entries = 0;

  /** @param options.withoutData the files' data has been left out of the archive. */
  constructor(sink: TarSink, maxEntries: number, options: { withoutData?: boolean } = {}) {
    this.#sink = sink;
    this.#maxEntries = maxEntries;
    this.#hasData = options.withoutData !== true;
  }

  /** Real entries so far. */
  get entries(): number {
    return this.#entries;
  }

  /** @throws DataLossError, ResourceExhaustedError, UnimplementedError for the archive; whatever the sink throws. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.#state !== 'done') {
      const take = Math.min(this.#missing, chunk.length - at);
      if (this.#state !== 'data') this.#sink.raw?.(chunk.subarray(at, at + take));
      if (this.#state === 'header' && take === BLOCK_BYTES) this.#missing = 0; // whole in this chunk: no copy
      else if (this.#state === 'header') { chunk.copy(this.#block, BLOCK_BYTES - this.#missing, at, at + take); this.#missing -= take; }
      else {
        if (this.#state === 'data') this.#sink.data(chunk.subarray(at, at + take));
        if (this.#state === 'metadata') chunk.copy(this.#metadataBytes, this.#metadataBytes.length - this.#missing, at, at + take);
        this.#missing -= take;
      }
      if (this.#missing === 0) this.#step(take === BLOCK_BYTES ? chunk : this.#block, take === BLOCK_BYTES ? at : 0);
      at += take;
    }
    if (at < chunk.length) this.#sink.raw?.(chunk.subarray(at));
  }

  /** The archive is over. @throws DataLossError when it ended inside an entry. */
  finish(): void {
    const atHeader = this.#state === 'header' && this.#missing === BLOCK_BYTES && !this.#hasPending();
    if (this.#state !== 'done' && !atHeader) throw new DataLossError(`read tar: the archive ends inside a ${this.#state} after ${this.#entries} entries`);
  }

  /** Something is complete. `header` and `offset` are of use in state 'header' only. */
  #step(header: Buffer, offset: number): void {
    switch (this.#state) {
      case 'header': this.#onHeader(parseHeader(header, offset)); break;
      case 'metadata': this.#onMetadata(); this.#skipPadding(); break;
      case 'data': this.#sink.end(); this.#skipPadding(); break;
      case 'padding': this.#expect('header', BLOCK_BYTES); break;
      case 'done':
    }
  }

  #onHeader(header: TarHeader | undefined): void {
    if (!header) {
      if (++this.#zeroBlocks === 2) this.#state = 'done';
      else this.#expect('header', BLOCK_BYTES);
      return;
    }
    if (this.#zeroBlocks > 0) throw new DataLossError('read tar: a header follows a single block of zeros');
    // Metadata headers count too: a layer of nothing else must end.
    if (++this.#headers > 4 * this.#maxEntries) throw new ResourceExhaustedError(`read tar: more than ${4 * this.#maxEntries} headers`);
    const metadata = METADATA.get(header.type);
    if (metadata !== undefined) this.#beginMetadata(metadata, header.size);
    else this.#beginEntry(header);
  }

  #beginMetadata(metadata: Metadata, size: number): void {
    if (size < 0 || size > MAX_METADATA_BYTES) throw new ResourceExhaustedError(`read tar: a ${metadata} header of ${size} bytes, at most ${MAX_METADATA_BYTES} are allowed`);
    this.#metadata = metadata;
    this.#metadataBytes = Buffer.alloc(size);
    this.#beginBody('metadata', size);
    if (size === 0) this.#step(this.#block, 0);
  }

  #onMetadata(): void {
    const bytes = this.#metadataBytes;
    switch (this.#metadata) {
      case 'pax': this.#pax = parsePax(bytes); break;
      case 'paxGlobal': break; // git writes a comment there; nothing in it is meant for a file system
      case 'longName': this.#longName = longText(bytes); break;
      case 'longLink': this.#longLink = longText(bytes); break;
    }
    this.#metadataBytes = Buffer.alloc(0);
  }

  #beginEntry(header: TarHeader): void {
    if (++this.#entries > this.#maxEntries) throw new ResourceExhaustedError(`read tar: more than ${this.#maxEntries} entries`);
    const path = this.#pax.path ?? this.#longName ?? header.name;
    const entry = this.#toEntry(header, path);
    this.#pax = {};
    this.#longName = undefined;
    this.#longLink = undefined;
    this.#sink.entry(entry);
    this.#beginBody('data', entry.size);
    if (entry.size === 0 || !this.#hasData) this.#step(this.#block, 0);
  }

  #toEntry(header: TarHeader, path: string): TarEntry {
    const pax = this.#pax;
    const type = header.type === '0' && path.endsWith('/') ? 'directory' : TYPES.get(header.type);
    if (header.type === 'S') throw new UnimplementedError(`read tar: sparse file ${quote(path)}: not supported in image layers`);
    if (type === undefined) throw new DataLossError(`read tar: ${quote(path)} has the unknown type ${quote(header.type)}`);
    const size = type === 'file' ? pax.size ?? header.size : 0;
    if (size < 0) throw new DataLossError(`read tar: ${quote(path)} has ${size} bytes`);
    return {
      type, path, size, linkPath: pax.linkPath ?? this.#longLink ?? header.linkName, mode: header.mode & 0o7777,
      uid: pax.uid ?? header.uid, gid: pax.gid ?? header.gid, mtime: pax.mtime ?? header.mtime,
      devMajor: header.devMajor, devMinor: header.devMinor, xattrs: pax.xattrs,
    };
  }

  #beginBody(state: 'metadata' | 'data', size: number): void {
    this.#padding = (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;
    this.#expect(state, size);
  }

  #skipPadding(): void {
    if (this.#padding === 0) this.#expect('header', BLOCK_BYTES);
    else this.#expect('padding', this.#padding);
  }

  #expect(state: State, bytes: number): void {
    this.#state = state;
    this.#missing = bytes;
  }

  #hasPending(): boolean {
    return Object.keys(this.#pax).length > 0 || this.#longName !== undefined || this.#longLink !== undefined;
  }
}

/** Bytes of an archive as a quoted text for a message. */
export function quote(latin1: string): string {
  return JSON.stringify(Buffer.from(latin1.slice(0, 512), 'latin1').toString());
}

/** GNU's long names end with a NUL. */
function longText(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  const text = bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
  if (text === '') throw new DataLossError('read tar: an empty GNU long name');
  return text;
}
