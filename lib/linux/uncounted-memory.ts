/** Memory that JavaScript's garbage collector knows nothing of, for who gives it back himself. */
import { addressOf, check, native } from './libc.ts';

const MADV_DONTNEED = 4;
/** A multiple of every size that pages have on the machines davit runs on. */
const PAGE_BYTES = 64 * 1024;

const madvise3 = native('madvise', 'int', ['uint64_t', 'uint64_t', 'int']);

/**
 * New memory, all zero. The collector counts bytes of usual buffers as if they were objects of its heap: a few megabytes that come and go make it mark all of it.
 * It does not count what can be shared between threads. What is dropped is free only when it comes by for another reason, so keep it and use it again.
 */
export function uncountedMemory(bytes: number): Buffer {
  return Buffer.from(new SharedArrayBuffer(bytes));
}

/** Gives the pages of `memory` to the system: of its content nothing is left but a part at both ends. It may be written to at any time, and then takes pages again. */
export function releasePages(memory: Uint8Array): void {
  const address = Number(addressOf(memory));
  const start = Math.ceil(address / PAGE_BYTES) * PAGE_BYTES;
  const end = Math.floor((address + memory.length) / PAGE_BYTES) * PAGE_BYTES;
  if (start < end) check(madvise3()(start, end - start, MADV_DONTNEED), 'madvise', `${end - start} bytes`);
}
