/** Fields of a policy's JSON, each checked with its place in the file. */
import { InvalidArgumentError } from '#errors';

export type Fields = Readonly<Record<string, unknown>>;

/** @throws InvalidArgumentError when it is no object */
export function objectAt(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new InvalidArgumentError(`${where}: expected an object`);
}

/** @throws InvalidArgumentError when it is no text, or empty */
export function fieldText(fields: Fields, name: string, where: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new InvalidArgumentError(`${where}.${name}: expected a string`);
}

/** @throws InvalidArgumentError naming the first key that does not belong there */
export function allowOnly(fields: Fields, names: readonly string[], where: string): void {
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`${where}: key ${JSON.stringify(unknown)} is unknown; expected ${names.join(', ')}`);
}
