import { readdirSync } from 'node:fs';
import { errnoOf } from '#errors';

const UNITS = ['KB', 'MB', 'GB'] as const;

/** The sizes of huge pages that the kernel has, by the names of the hugetlb controller's files; none without such pages. */
export function hugePageSizes(directory = '/sys/kernel/mm/hugepages'): string[] {
  try {
    return readdirSync(directory).flatMap((name) => pageSizeName(name) ?? []).sort();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** 'hugepages-2048kB' → '2MB': the greatest unit that divides it, as the kernel writes it. Undefined for another name. */
export function pageSizeName(directoryName: string): string | undefined {
  const digits = /^hugepages-(\d+)kB$/.exec(directoryName)?.[1];
  if (digits === undefined) return undefined;
  let [size, unit] = [Number(digits), 0];
  while (size >= 1024 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${size}${UNITS[unit] ?? ''}`;
}
