import { release } from 'node:os';

/** Whether this kernel, or the one whose release is given, is `minimum` ('5.12') or newer. */
export function kernelAtLeast(minimum: string, kernel: string = release()): boolean {
  const [major = 0, minor = 0] = numbers(kernel);
  const [minMajor = 0, minMinor = 0] = numbers(minimum);
  return major > minMajor || (major === minMajor && minor >= minMinor);
}

function numbers(version: string): number[] {
  return version.split('.', 2).map((n) => parseInt(n, 10));
}
