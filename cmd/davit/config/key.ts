/** One key of the configuration: its type, default, allowed values and meaning, from which everything else is derived. */
import { isAbsolute } from 'node:path';

/** What a TOML document can hold at a key of ours; dates are never allowed. */
export type TomlValue = string | number | boolean | readonly TomlValue[] | { readonly [key: string]: TomlValue };

export interface Key<T> {
  /** The type as documentation and messages name it: "string", "list of strings", … */
  readonly type: string;
  readonly default: T;
  /** What is allowed, in words that follow "expected". */
  readonly allowed: string;
  readonly description: string;
  /** The value as davit uses it, or undefined when it is not allowed. */
  readonly parse: (value: TomlValue) => T | undefined;
  readonly supported: true;
}

/** A key of crio.conf that davit accepts and does not act on; `default` is what davit does anyway. */
export interface UnsupportedKey {
  readonly type: string;
  readonly default: TomlValue;
  readonly allowed: string;
  readonly description: string;
  readonly parse: (value: TomlValue) => TomlValue | undefined;
  readonly supported: false;
}

export type AnyKey = Key<TomlValue> | UnsupportedKey;
export type Table = Readonly<Record<string, AnyKey>>;

/** The values of a table's supported keys. */
export type ValuesOf<T> = { readonly [K in keyof T as T[K] extends { supported: true } ? K : never]: T[K] extends Key<infer V> ? V : never };

/** Any text. */
export function text(defaultValue: string, description: string): Key<string> {
  return { type: 'string', default: defaultValue, allowed: 'a string', description, parse: (v) => typeof v === 'string' ? v : undefined, supported: true };
}

/** An absolute path; `optional` allows the empty string. */
export function path(defaultValue: string, description: string, options: { optional?: boolean } = {}): Key<string> {
  const fits = (v: string): boolean => (isAbsolute(v) || (options.optional === true && v === '')) && !v.includes('\0');
  return {
    type: 'path', default: defaultValue, allowed: options.optional ? 'an absolute path, or "" for none' : 'an absolute path', description,
    parse: (v) => typeof v === 'string' && fits(v) ? v : undefined, supported: true,
  };
}

/** One word of a fixed list. */
export function oneOf<const W extends string>(words: readonly W[], defaultValue: NoInfer<W>, description: string): Key<W> {
  return {
    type: 'string', default: defaultValue, allowed: `one of ${words.map((w) => JSON.stringify(w)).join(', ')}`, description,
    parse: (v) => words.find((word) => word === v), supported: true,
  };
}

export function flag(defaultValue: boolean, description: string): Key<boolean> {
  return { type: 'boolean', default: defaultValue, allowed: 'true or false', description, parse: (v) => typeof v === 'boolean' ? v : undefined, supported: true };
}

/** A whole number between the bounds, both included. */
export function integer(defaultValue: number, description: string, bounds: { min: number; max?: number }): Key<number> {
  const max = bounds.max ?? Number.MAX_SAFE_INTEGER;
  return {
    type: 'integer', default: defaultValue, description, supported: true,
    allowed: bounds.max === undefined ? `a whole number, ${bounds.min} or more` : `a whole number from ${bounds.min} to ${bounds.max}`,
    parse: (v) => typeof v === 'number' && Number.isInteger(v) && v >= bounds.min && v <= max ? v : undefined,
  };
}

/** A size as a number of bytes, or as text with a unit: "12MiB". */
export function bytes(defaultValue: number, description: string): Key<number> {
  return { type: 'size', default: defaultValue, allowed: 'a size in bytes, or with a unit such as "12MiB"', description, parse: parseBytes, supported: true };
}

/** A list of strings; `item` says what each must look like. */
export function list(defaultValue: readonly string[], description: string, item?: { words: string; fits: (item: string) => boolean }): Key<readonly string[]> {
  const fits = (v: TomlValue): v is string => typeof v === 'string' && (item === undefined || item.fits(v));
  return {
    type: 'list of strings', default: defaultValue, allowed: `a list of ${item?.words ?? 'strings'}`, description,
    parse: (v) => Array.isArray(v) && v.every(fits) ? v : undefined, supported: true,
  };
}

/** A list of absolute paths. */
export function paths(defaultValue: readonly string[], description: string): Key<readonly string[]> {
  return list(defaultValue, description, { words: 'absolute paths', fits: isAbsolute });
}

/** A table of strings. */
export function strings(description: string): Key<Readonly<Record<string, string>>> {
  const isTable = (v: TomlValue): v is Readonly<Record<string, string>> =>
    typeof v === 'object' && !Array.isArray(v) && Object.values(v).every((item) => typeof item === 'string');
  return { type: 'table of strings', default: {}, allowed: 'a table of strings', description, parse: (v) => isTable(v) ? v : undefined, supported: true };
}

/** Marks a key that davit knows from crio.conf and does not act on; `key.default` is what it does anyway. */
export function notYet(key: Key<TomlValue>): UnsupportedKey {
  return { ...key, supported: false };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, ki: 1024, mi: 1024 ** 2, gi: 1024 ** 3 };

function parseBytes(value: TomlValue): number | undefined {
  const [, digits, unit] = /^(\d+) *([kmg]?i?)b?$/i.exec(typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '') ?? [];
  const size = Number(digits) * (UNITS[unit?.toLowerCase() ?? ''] ?? NaN);
  return digits !== undefined && Number.isSafeInteger(size) ? size : undefined;
}
