/**
 * Inflating gzip by ISA-L, https://github.com/intel/isa-l (Debian: libisal2), about twice as fast as zlib. It is taken from the host if it lies at one of a few
 * absolute paths, never from a search path, and only if it passes a test: the structure below is the library's, version 2 of its interface.
 */
import { existsSync } from 'node:fs';
import { DataLossError } from '#errors';
import { addressOf, native, type NativeFunction } from './libc.ts';

const LIBRARIES = ['/usr/lib/x86_64-linux-gnu/libisal.so.2', '/usr/lib/aarch64-linux-gnu/libisal.so.2', '/usr/lib64/libisal.so.2', '/usr/lib/libisal.so.2'] as const;

/** Fields of struct inflate_state. */
const FIELD = { nextOut: 0, availOut: 8, nextIn: 16, availIn: 32, blockState: 21_160, crcFlag: 21_172 } as const;
/** More than its 87,368. */
const STATE_BYTES = 128 * 1024;
/** crc_flag: the member's header is read, and its checksum and length are compared. */
const ISAL_GZIP = 1;
/** block_state: the member is over and everything has been put out. */
const ISAL_BLOCK_FINISH = 5;
const FAILURES: ReadonlyMap<number, string> = new Map([
  [-1, 'an invalid block'], [-2, 'an invalid symbol'], [-3, 'a reference to before its beginning'], [-4, 'an invalid header'], [-5, 'an unknown compression method'], [-6, 'a wrong checksum or length'],
]);

/** "hi" as gzip, with a byte of something else behind. */
const SAMPLE = Buffer.from('1f8b0800000000000003cbc80400ac2a93d802000000ff', 'hex');

export interface InflateStep {
  /** Bytes of the input that are done with; all of them unless the output is full or the member over. */
  readonly consumed: number;
  readonly produced: number;
  /** The member is over. */
  readonly ended: boolean;
}

/** Inflates one gzip member after another. One call at a time. */
export interface GzipInflater {
  /** A new member comes. */
  begin(): void;
  /** Inflates in a thread of the pool; the buffers must not be touched until it settles. Output that did not fit comes with the next call. @throws DataLossError */
  inflate(input: Uint8Array, output: Uint8Array): Promise<InflateStep>;
}

/** An inflater, or undefined where the host's library is missing or not what we know. */
export function createGzipInflater(): GzipInflater | undefined {
  const library = LIBRARIES.find((path) => existsSync(path));
  if (library === undefined) return undefined;
  try {
    const inflater = new IsalInflater(library);
    return inflater.passesTest() ? inflater : undefined;
  } catch {
    return undefined; // no library for this machine
  }
}

class IsalInflater implements GzipInflater {
  readonly #state = Buffer.from(new ArrayBuffer(STATE_BYTES));
  readonly #reset: NativeFunction;
  readonly #inflate: NativeFunction;

  constructor(library: string) {
    this.#reset = native('isal_inflate_init', 'void', ['uint8_t *'], library)();
    this.#inflate = native('isal_inflate', 'int', ['uint8_t *'], library)();
  }

  begin(): void {
    this.#reset(this.#state);
    this.#state.writeUInt32LE(ISAL_GZIP, FIELD.crcFlag);
  }

  inflate(input: Uint8Array, output: Uint8Array): Promise<InflateStep> {
    this.#point(input, output);
    return new Promise((resolve, reject) => {
      this.#inflate.async(this.#state, (error, result) => {
        if (error instanceof Error) reject(error);
        else if (result !== 0) reject(new DataLossError(`inflate gzip: the data has ${FAILURES.get(result) ?? `error ${result}`}`));
        else resolve(this.#step(input, output));
      });
    });
  }

  /** Whether the fields are where we look for them. */
  passesTest(): boolean {
    this.begin();
    const output = Buffer.from(new ArrayBuffer(16));
    const input = Buffer.from(new ArrayBuffer(SAMPLE.length));
    SAMPLE.copy(input);
    this.#point(input, output);
    if (this.#inflate(this.#state) !== 0) return false;
    const { consumed, produced, ended } = this.#step(input, output);
    return ended && consumed === input.length - 1 && output.toString('latin1', 0, produced) === 'hi';
  }

  #point(input: Uint8Array, output: Uint8Array): void {
    this.#state.writeBigUInt64LE(addressOf(output), FIELD.nextOut);
    this.#state.writeUInt32LE(output.length, FIELD.availOut);
    this.#state.writeBigUInt64LE(addressOf(input), FIELD.nextIn);
    this.#state.writeUInt32LE(input.length, FIELD.availIn);
  }

  #step(input: Uint8Array, output: Uint8Array): InflateStep {
    return {
      consumed: input.length - this.#state.readUInt32LE(FIELD.availIn),
      produced: output.length - this.#state.readUInt32LE(FIELD.availOut),
      ended: this.#state.readUInt32LE(FIELD.blockState) === ISAL_BLOCK_FINISH,
    };
  }
}
