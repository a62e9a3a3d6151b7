/** Rejections of a request: every error names the field by its path in the request, as api.proto spells it. */
import { InvalidArgumentError } from '#errors';

/** @throws InvalidArgumentError when a message or a string is missing */
export function required<T>(value: T | null | undefined, at: string): T & {} {
  if (value === null || value === undefined || value === '') throw new InvalidArgumentError(`${at} is missing`);
  return value;
}

/** A string that the kernel can take. @throws InvalidArgumentError when it holds a NUL */
export function cText(value: string, at: string): string {
  if (value.includes('\0')) throw new InvalidArgumentError(`${at}: ${JSON.stringify(value)} holds a NUL character`);
  return value;
}

export function cTexts(values: readonly string[], at: string): readonly string[] {
  values.forEach((value, i) => cText(value, `${at}[${i}]`));
  return values;
}

/** The word for an enum's number: `words[number]`. @throws InvalidArgumentError for a number that we do not know */
export function enumWord<W extends string>(words: readonly W[], value: number, at: string): W {
  const word = words[value];
  if (word === undefined) throw new InvalidArgumentError(`${at}: ${value} is not known, expected ${words.map((w, i) => `${i} (${w})`).join(', ')}`);
  return word;
}
