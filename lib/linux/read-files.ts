/** Reading many small files at once, in a thread of the pool; read-files.c says why. */
import { existsSync, readFileSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { errorText, FailedPreconditionError } from '#errors';
import { cString, native, type NativeFunction } from './libc.ts';

/** Of read-files.c: what C and TypeScript agree on. */
const FILES_ABI = 2;

/** Built from read-files.c and its like. */
export const FILES_LIBRARY = fileURLToPath(new URL('../../build/davit-files.so', import.meta.url));

const readNative = native('davit_read_files', 'void', ['const uint8_t *', 'int', 'const uint8_t *', 'uint8_t *', 'int', 'uint8_t *'], FILES_LIBRARY);

/**
 * What is in `files`, one behind another, into `text`: of an open descriptor the beginning, of a path all. `lengths` gets how much of each;
 * below zero is an errno, ENOBUFS for one that may not have fitted: it takes no room. `text` and `lengths` must not be touched until it settles.
 */
export type ReadFiles = (files: readonly (number | string)[], text: Uint8Array, lengths: Int32Array) => Promise<void>;

/** By another thread; where the library was not built (`make -C cmd/davit-monitor`) by this one. */
export function fileReader(library = FILES_LIBRARY): ReadFiles {
  return hasLibrary(library) ? (files, text, lengths) => readInPool(readNative(), files, text, lengths) : async (...all) => readHere(...all);
}

/** Whether it was built. @throws FailedPreconditionError when it was built of other sources: what it would be given is not what it takes */
export function hasLibrary(library = FILES_LIBRARY): boolean {
  if (!existsSync(library)) return false;
  const abi = abiOf(library);
  if (abi !== FILES_ABI) throw new FailedPreconditionError(`load '${library}': it was built of other sources than davit's (${abi}, expected ${FILES_ABI}); run "make -C cmd/davit-monitor"`);
  return true;
}

/** Of a library that has none what was wrong. */
function abiOf(library: string): number | string {
  try {
    return native('davit_files_abi', 'int', [], library)()();
  } catch (error) {
    return errorText(error);
  }
}

/** For a C function. */
export function bytesOf(numbers: Int32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function readInPool(call: NativeFunction, files: readonly (number | string)[], text: Uint8Array, lengths: Int32Array): Promise<void> {
  const fds = Int32Array.from(files, (file) => (typeof file === 'number' ? file : -1));
  const paths = Buffer.concat(files.filter((file) => typeof file === 'string').map(cString));
  return new Promise((resolve, reject) => {
    call.async(bytesOf(fds), files.length, paths, text, text.length, bytesOf(lengths), (error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

function readHere(files: readonly (number | string)[], text: Uint8Array, lengths: Int32Array): void {
  let used = 0;
  files.forEach((file, i) => {
    const length = typeof file === 'number' ? readOne(file, text, used) : readWhole(file, text, used);
    lengths[i] = length;
    if (length > 0) used += length;
  });
}

function readWhole(path: string, text: Uint8Array, used: number): number {
  try {
    const whole = readFileSync(path);
    if (whole.length >= text.length - used) return -constants.errno.ENOBUFS;
    text.set(whole, used);
    return whole.length;
  } catch (error) {
    return errnoNumber(error);
  }
}

function readOne(fd: number, text: Uint8Array, used: number): number {
  try {
    const length = readSync(fd, text, used, text.length - used, 0);
    return length === text.length - used ? -constants.errno.ENOBUFS : length;
  } catch (error) {
    return errnoNumber(error);
  }
}

/** Below zero. */
function errnoNumber(error: unknown): number {
  if (error instanceof Error && 'errno' in error && typeof error.errno === 'number') return error.errno;
  throw error;
}
