/** Reading many small files at once, in a thread of the pool; read-files.c says why. */
import { existsSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { native, type NativeFunction } from './libc.ts';

const LIBRARY = fileURLToPath(new URL('../../build/davit-files.so', import.meta.url));

const readNative = native('davit_read_files', 'void', ['const uint8_t *', 'int', 'uint8_t *', 'int', 'uint8_t *'], LIBRARY);

/**
 * The beginning of every file of `fds`, one behind another, into `text`, each from its byte 0. `lengths` gets how much of each;
 * below zero is an errno, ENOBUFS for one that may not have fitted: it takes no room. None of the three may be touched until it settles.
 */
export type ReadFiles = (fds: Int32Array, text: Uint8Array, lengths: Int32Array) => Promise<void>;

/** By another thread; where the library was not built (`make -C cmd/davit-monitor`) by this one. */
export function fileReader(library = LIBRARY): ReadFiles {
  return hasLibrary(library) ? (fds, text, lengths) => readInPool(readNative(), fds, text, lengths) : async (...all) => readHere(...all);
}

/** Whether it was built. */
export function hasLibrary(library = LIBRARY): boolean {
  return existsSync(library);
}

function readInPool(call: NativeFunction, fds: Int32Array, text: Uint8Array, lengths: Int32Array): Promise<void> {
  return new Promise((resolve, reject) => {
    call.async(bytesOf(fds), fds.length, text, text.length, bytesOf(lengths), (error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

function readHere(fds: Int32Array, text: Uint8Array, lengths: Int32Array): void {
  let used = 0;
  fds.forEach((fd, i) => {
    const length = readOne(fd, text, used);
    lengths[i] = length;
    if (length > 0) used += length;
  });
}

function readOne(fd: number, text: Uint8Array, used: number): number {
  try {
    const length = readSync(fd, text, used, text.length - used, 0);
    return length === text.length - used ? -constants.errno.ENOBUFS : length;
  } catch (error) {
    if (error instanceof Error && 'errno' in error && typeof error.errno === 'number') return error.errno;
    throw error;
  }
}

function bytesOf(numbers: Int32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
