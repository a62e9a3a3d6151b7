/** Giving back memory that is mapped and not used: what the allocator has been given back, and program text that only the start needed. */
import { readFile } from 'node:fs/promises';
import { check, native } from './libc.ts';

const MADV_DONTNEED = 4;

/** A whole page of the heap that nobody uses is given back wherever it lies, but nothing is kept at its end for the next one. */
const KEPT_AT_THE_END_BYTES = 0;

const mallocTrim = native('malloc_trim', 'int', ['size_t']);
const madvise3 = native('madvise', 'int', ['uint64_t', 'uint64_t', 'int']);

/** Addresses of user space are below 2^47. */
interface Mapping { readonly start: number; readonly end: number; readonly residentKiB: number; readonly file: string }

/**
 * Trims malloc's heap (malloc_trim(3)), and unmaps the resident pages of the program and its libraries; those that are used again come back from the
 * page cache, 64 KiB at a time. Starting Node touches some 40 MB of text that a daemon never runs again: it stays in the page cache,
 * where the kernel can take it, but no longer counts as this process' own working set.
 * @returns KiB of program text that were mapped.
 */
export async function releaseUnusedMemory(): Promise<number> {
  mallocTrim()(KEPT_AT_THE_END_BYTES);
  let released = 0;
  for (const { start, end, residentKiB, file } of cleanTextMappings(await readFile('/proc/self/smaps', 'utf8'))) {
    check(madvise3()(start, end - start, MADV_DONTNEED), 'madvise', file);
    released += residentKiB;
  }
  return released;
}

/**
 * Private read-only mappings of files without a page of their own, from smaps (proc(5)). One with an anonymous page (relocated
 * at the start, as .data.rel.ro) holds what the file has not, and must not be thrown away.
 */
export function cleanTextMappings(smaps: string): Mapping[] {
  return smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).flatMap((entry) => {
    const [, start, end, file] = /^([0-9a-f]+)-([0-9a-f]+) r-[x-]p [0-9a-f]+ \S+ [1-9]\d* +(\/.*)/.exec(entry) ?? [];
    const residentKiB = Number(/^Rss: +(\d+) kB/m.exec(entry)?.[1] ?? 0);
    const anonymousKiB = Number(/^Anonymous: +(\d+) kB/m.exec(entry)?.[1] ?? 1);
    if (start === undefined || end === undefined || file === undefined || residentKiB === 0 || anonymousKiB !== 0) return [];
    return [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16), residentKiB, file }];
  });
}
