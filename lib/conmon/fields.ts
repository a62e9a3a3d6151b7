import { DataLossError } from '#errors';

/** A payload of lines `key=value`; a key may come more than once. */
export class Fields {
  readonly #values = new Map<string, string[]>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const equals = line.indexOf('=');
      if (equals < 0) continue;
      const key = line.slice(0, equals);
      const values = this.#values.get(key);
      if (values) values.push(line.slice(equals + 1));
      else this.#values.set(key, [line.slice(equals + 1)]);
    }
  }

  all(key: string): string[] {
    return this.#values.get(key) ?? [];
  }

  /** @throws DataLossError when the key is missing. */
  text(key: string): string {
    const value = this.#values.get(key)?.[0];
    if (value === undefined) throw new DataLossError(`read monitor answer: field "${key}" is missing`);
    return value;
  }

  /** @throws DataLossError when the field is missing or no integer. */
  bigint(key: string): bigint {
    const value = this.text(key);
    if (!/^-?[0-9]{1,20}$/.test(value)) throw new DataLossError(`read monitor answer: field "${key}" is "${value}", must be an integer`);
    return BigInt(value);
  }

  number(key: string): number {
    return Number(this.bigint(key));
  }

  /** For a field that older monitors do not have. */
  numberOr(key: string, otherwise: number): number {
    return this.#values.has(key) ? this.number(key) : otherwise;
  }

  flag(key: string): boolean {
    return this.number(key) !== 0;
  }
}
