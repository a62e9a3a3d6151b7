import { InvalidArgumentError } from '#errors';

/** A table of a configuration file that is read key by key; what nobody read is unknown. */
export class TomlTable {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #where: string;
  readonly #read = new Set<string>();

  /** @param where file and table, for messages: `registries.conf: [[registry]] 2`. */
  constructor(values: unknown, where: string) {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new InvalidArgumentError(`${where}: expected a table, got ${JSON.stringify(values)}`);
    this.#values = values as Record<string, unknown>;
    this.#where = where;
  }

  has(key: string): boolean {
    return this.#values[key] !== undefined;
  }

  string(key: string): string | undefined {
    return this.#typed(key, 'a string', (v): v is string => typeof v === 'string');
  }

  boolean(key: string): boolean | undefined {
    return this.#typed(key, 'true or false', (v): v is boolean => typeof v === 'boolean');
  }

  strings(key: string): readonly string[] | undefined {
    return this.#typed(key, 'a list of strings', (v): v is string[] => Array.isArray(v) && v.every((x) => typeof x === 'string'));
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    return this.#typed(key, `one of ${allowed.map((a) => `"${a}"`).join(', ')}`, (v): v is T => allowed.some((a) => a === v));
  }

  table(key: string): TomlTable | undefined {
    return this.has(key) ? new TomlTable(this.#take(key), `${this.#where}: ${key}`) : undefined;
  }

  tables(key: string): TomlTable[] {
    const list = this.#typed(key, `a list of tables, written [[${key}]]`, (v): v is unknown[] => Array.isArray(v)) ?? [];
    return list.map((values, i) => new TomlTable(values, `${this.#where}: [[${key}]] ${i + 1}`));
  }

  keys(): string[] {
    return Object.keys(this.#values);
  }

  /** One line for each key that nobody asked for. */
  unknownKeys(): string[] {
    return this.keys().filter((k) => !this.#read.has(k)).map((k) => `${this.#where}: key "${k}" is unknown and has no effect`);
  }

  /** An error about this table. */
  error(why: string): InvalidArgumentError {
    return new InvalidArgumentError(`${this.#where}: ${why}`);
  }

  #take(key: string): unknown {
    this.#read.add(key);
    return this.#values[key];
  }

  #typed<T>(key: string, expected: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.#take(key);
    if (value === undefined || is(value)) return value;
    throw this.error(`${key} = ${JSON.stringify(value)}: expected ${expected}`);
  }
}
