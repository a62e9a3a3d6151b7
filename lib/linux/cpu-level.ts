import { closeSync, openSync, readSync } from 'node:fs';

/** What each level of x86-64 has over the one below (System V psABI, "Micro-Architecture Levels"), as /proc/cpuinfo calls it; Go's GOAMD64 means the same. */
const LEVELS: readonly (readonly string[])[] = [
  ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4_1', 'sse4_2', 'ssse3'],
  ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'abm', 'movbe', 'xsave'],
  ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl'],
];
/** The first processor's part of it; all have the same flags. */
const FIRST_PROCESSOR_BYTES = 16 * 1024;

/** 1 for any x86-64 processor, up to 4. @param cpuinfo as the kernel writes it; without flags it is 1 */
export function x86Level(cpuinfo = firstProcessor()): number {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.split(' '));
  const missing = LEVELS.findIndex((needed) => !needed.every((flag) => flags.has(flag)));
  return 1 + (missing < 0 ? LEVELS.length : missing);
}

function firstProcessor(): string {
  const file = openSync('/proc/cpuinfo', 'r');
  try {
    const bytes = Buffer.alloc(FIRST_PROCESSOR_BYTES);
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
