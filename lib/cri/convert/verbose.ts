/** The `info` of verbose answers: a JSON object for each key, which crictl merges into its own output. */
import type { Input } from '../generated/cri.js';

/** @param info values that are no objects are wrapped as `{"value": …}`; bigints become numbers where they fit, else strings */
export function toVerboseInfo(verbose: boolean, info: () => Readonly<Record<string, unknown>>): Input<Record<string, string>> {
  if (!verbose) return {};
  return Object.fromEntries(Object.entries(info()).map(([key, value]) => [key, JSON.stringify(asObject(value), replaceBigint)]));
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { value };
}

function replaceBigint(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
