/** Versions of the CNI specification: `major.minor.micro`, missing parts are 0, '' is 0.1.0 as in libcni. */
import { InvalidArgumentError } from '#errors';

/** The newest version whose requests and results are known here. */
export const NEWEST_VERSION = '1.1.0';
export const STATUS_SINCE = '1.1.0';
export const GC_SINCE = '1.1.0';
export const CHECK_SINCE = '0.4.0';
/** On DEL; CHECK, which always has it, is of the same version. */
export const PREV_RESULT_SINCE = '0.4.0';
/** What a plugin supports that does not know VERSION, and what '' means. */
export const OLDEST_VERSION = '0.1.0';

/** Negative, 0 or positive. @throws InvalidArgumentError when one is no version. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** @throws InvalidArgumentError when one is no version. */
export function isAtLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0;
}

function parts(version: string): [number, number, number] {
  if (version === '') return [0, 1, 0];
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?$/.exec(version);
  if (!match) throw new InvalidArgumentError(`read CNI version "${version}": not of the form 1.2.3`);
  return [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}
