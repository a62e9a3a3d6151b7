/** The few forms that cgroup files have: one number, `max` (which is none), `key value` lines. A missing file is an undefined text. */

/** Limits at or above this are the kernel's way to say none (version 1: LONG_MAX rounded down to a page). */
const UNLIMITED_V1 = 0x7000_0000_0000_0000n;

const [DIGIT_0, DIGIT_9] = [0x30, 0x39];

/** `key value` lines; undefined for a missing key. */
export function keyedFields(text: string | undefined): (key: string) => bigint | undefined {
  // A few keys are asked of files with dozens, hundreds of times a second: nothing is taken apart that nobody asks for.
  return (key) => {
    if (text === undefined) return undefined;
    if (text.startsWith(`${key} `)) return leadingNumber(text, key.length + 1);
    const at = text.indexOf(`\n${key} `);
    return at === -1 ? undefined : leadingNumber(text, at + key.length + 2);
  };
}

/** As keyedFields(); a missing key is 0. */
export function keyed(text: string | undefined): (key: string) => bigint {
  const field = keyedFields(text);
  return (key) => field(key) ?? 0n;
}

/** The number that a text begins with; undefined when there is none. */
export function number(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : leadingNumber(text, 0);
}

/** The digits from `start` on. */
function leadingNumber(text: string, start: number): bigint | undefined {
  let end = start;
  for (let code = text.charCodeAt(end); code >= DIGIT_0 && code <= DIGIT_9; code = text.charCodeAt(end)) end++;
  return end === start ? undefined : BigInt(text.slice(start, end));
}

/** a − b, and 0 below that: counters are read one after another, a later one may already be the greater. */
export function difference(a: bigint, b: bigint): bigint {
  return a > b ? a - b : 0n;
}

/** The smaller of two limits; undefined: none. */
export function least(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

/** A limit of version 1; undefined: none. */
export function limited(limit: bigint): bigint | undefined {
  return limit === 0n || limit >= UNLIMITED_V1 ? undefined : limit;
}
