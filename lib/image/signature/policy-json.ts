/** Fields of a policy's JSON, each checked with its place in the file. */
import { InvalidArgumentError } from '#errors';

export type Fields = Readonly<Record<string, unknown>>;

/** Of valid JSON: its texts, and what says where one is a key. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/** Of two equal keys JSON.parse() takes the last: which one was meant, who wrote the rule must say. @throws SyntaxError; InvalidArgumentError for a key that an object has twice */
export function parseSingleKeys(text: string, where: string): unknown {
  const document: unknown = JSON.parse(text);
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKENS)) {
    switch (token) {
      case '{': open.push(new Set()); break;
      case '[': open.push(undefined); break;
      case '}': case ']': open.pop(); break;
      case ':': {
        const key = JSON.parse(last) as string;
        if (open.at(-1)?.has(key)) throw new InvalidArgumentError(`${where}: key ${JSON.stringify(key)} stands twice in one object; expected once`);
        open.at(-1)?.add(key);
        break;
      }
      default: last = token;
    }
  }
  return document;
}

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
