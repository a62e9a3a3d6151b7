/** Times as Go programs write them, and so crio.conf: "1h30m", "2.5s", "300ms"; "0" needs no unit. */
import type { Key } from './key.ts';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const TERM = /(\d+(?:\.\d*)?)(ms|s|m|h)/g;
const WHOLE = /^(?:0|(?:\d+(?:\.\d*)?(?:ms|s|m|h))+)$/;

/** 24 days: with what is added to some as much as a timer can wait, which takes what is longer for no time at all. */
export const LONGEST = '576h';

/** A time, "0s" or more; read it with `durationMs`. */
export function duration(defaultValue: string, description: string): Key<string> {
  return {
    type: 'duration', default: defaultValue, allowed: `a time such as "30s" or "1h30m", at most "${LONGEST}"`, description, supported: true,
    parse: (v) => typeof v === 'string' && WHOLE.test(v) && durationMs(v) <= durationMs(LONGEST) ? v : undefined,
  };
}

/** Whole milliseconds of a text that a `duration` key has taken. */
export function durationMs(text: string): number {
  return Math.round([...text.matchAll(TERM)].reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_MS[unit ?? ''] ?? NaN), 0));
}
