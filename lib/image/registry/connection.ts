import { Agent as HttpAgent } from 'node:http';
import type { ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { RequestOptions } from 'node:https';
import type { OnReadOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import type { BlockMemory } from './block-pool.ts';
import { BodyBlocks } from './body-blocks.ts';

/** What one read of an answer's beginning brings at most. */
const READ_BYTES = 128 * 1024;
const CONNECTION = Symbol('connection');

type Created = (error: Error | null, stream: Duplex) => void;

/**
 * Connections that read into memory of ours, again and again. A socket of node's own has new memory for each read; a pull then makes the garbage
 * collector mark the whole heap every few megabytes, which was a third of the daemon's time.
 */
export class ReadingHttpAgent extends HttpAgent {
  readonly #place = Buffer.allocUnsafeSlow(READ_BYTES);

  override createConnection(options: ClientRequestArgs, created?: Created): Duplex | null | undefined {
    const connection = new Connection(this.#place);
    return connection.begin(super.createConnection({ ...options, ...connection.options }, created));
  }
}

/** Connections and TLS sessions are used again where the trust is the same: node's own agent tells them apart by options, and not by `secureContext`. */
export class TrustingHttpsAgent extends HttpsAgent {
  override getName(options: RequestOptions & { readonly trustName?: string } = {}): string {
    return `${super.getName(options)}:${options.trustName}`;
  }
}

/** ReadingHttpAgent over TLS. */
export class ReadingHttpsAgent extends TrustingHttpsAgent {
  readonly #place = Buffer.allocUnsafeSlow(READ_BYTES);

  override createConnection(options: RequestOptions, created?: Created): Duplex | null | undefined {
    const connection = new Connection(this.#place);
    return connection.begin(super.createConnection({ ...options, ...connection.options }, created));
  }
}

/** One connection of these agents. node's parser gets what comes, until somebody diverts it. */
export class Connection {
  readonly options: { readonly onread: OnReadOpts };
  readonly #place: Buffer;
  #socket: (Duplex & { [CONNECTION]?: Connection }) | null | undefined;
  #diverted: DivertedBytes | undefined;

  /** The connection that `socket` is; undefined for one of another agent. */
  static of(socket: Duplex): Connection | undefined {
    return (socket as { [CONNECTION]?: Connection })[CONNECTION];
  }

  /** @param place for all connections: what is read there is passed on at once */
  constructor(place: Buffer) {
    this.#place = place;
    this.options = { onread: { buffer: () => this.#diverted?.room() ?? this.#place, callback: (count, buffer) => this.#arrived(buffer.subarray(0, count)) } };
  }

  begin(socket: Duplex | null | undefined): Duplex | null | undefined {
    this.#socket = socket;
    if (this.#socket) this.#socket[CONNECTION] = this;
    return socket;
  }

  /** From now on nothing that comes goes to the parser: the connection serves no other request. */
  divert(memory: BlockMemory): DivertedBytes {
    this.#diverted = new DivertedBytes(memory, () => this.#socket?.resume());
    this.#socket?.resume();
    return this.#diverted;
  }

  /** @returns whether more is to be read */
  #arrived(bytes: Uint8Array): boolean {
    if (this.#diverted) return this.#diverted.arrived(bytes);
    // The parser has copied what it keeps when it returns. Bytes that nobody waits for are no answer.
    if (!this.#socket?.emit('data', bytes)) this.#socket?.destroy();
    return true;
  }
}

/** What comes over a connection, for one reader. */
export class DivertedBytes {
  readonly #blocks: BodyBlocks;
  readonly #resume: () => void;
  #stopped = false;
  #ended = false;
  #wake: (() => void) | undefined;

  /** @param resume begins to read again after arrived() said no */
  constructor(memory: BlockMemory, resume: () => void) {
    this.#blocks = new BodyBlocks(memory);
    this.#resume = resume;
  }

  /** Where the next read goes. */
  room(): Buffer | undefined {
    return this.#ended ? undefined : this.#blocks.room();
  }

  arrived(bytes: Uint8Array): boolean {
    if (this.#ended) return false;
    this.#blocks.arrived(bytes);
    this.wake();
    this.#stopped = this.#blocks.isFull;
    return !this.#stopped;
  }

  /** What has come; it is good until the next call. */
  take(): Buffer | undefined {
    const bytes = this.#blocks.take();
    if (this.#stopped && !this.#blocks.isFull) {
      this.#stopped = false;
      this.#resume();
    }
    return bytes;
  }

  /** Resolves when something has come since take(), or wake() was called. */
  change(): Promise<void> {
    return new Promise((resolve) => { this.#wake = resolve; });
  }

  /** Gives the memory back, once the connection is closed and what was taken last has been done with. */
  end(): void {
    this.#ended = true;
    this.#blocks.end();
  }

  /** After everything that comes in this turn of the event loop: TLS brings many small pieces. */
  wake(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    if (wake) setImmediate(wake);
  }
}
