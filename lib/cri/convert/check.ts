/** Rejections of a request: every error names the field by its path in the request, as api.proto spells it. */
import { isAbsolute } from 'node:path';
import { InvalidArgumentError } from '#errors';

/** PATH_MAX and NAME_MAX of Linux. */
const MAX_PATH_BYTES = 4096;
const MAX_NAME_BYTES = 255;
/** Of a text that is too long. */
const SHOWN_CHARS = 40;

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

/** A message or a map that says something which davit does not do. @throws InvalidArgumentError unless it is absent or says nothing */
export function refuse(value: object | null, at: string, why: string): void {
  if (value !== null && saysSomething(value)) throw new InvalidArgumentError(`${at}: ${why}`);
}

/** Text that becomes a line, or a word of a line, in a file of the pod. @throws InvalidArgumentError when it holds white space or NUL */
export function word(value: string, at: string): string {
  if (/[\s\0]/.test(value)) throw new InvalidArgumentError(`${at}: ${JSON.stringify(value)} holds white space or a NUL character`);
  return value;
}

/** A path that the kernel can take, or nothing. @throws InvalidArgumentError when it holds a NUL, or is or has a name too long */
export function path(value: string, at: string): string {
  const tooLong = Buffer.byteLength(value) >= MAX_PATH_BYTES ? value : value.split('/').find((name) => Buffer.byteLength(name) > MAX_NAME_BYTES);
  if (tooLong !== undefined) throw new InvalidArgumentError(`${at}: ${JSON.stringify(tooLong.slice(0, SHOWN_CHARS))}… is longer than a path (${MAX_PATH_BYTES - 1} bytes) or a name in it (${MAX_NAME_BYTES}) can be`);
  return cText(value, at);
}

/** Empty, or a path from the root. @throws InvalidArgumentError */
export function absolutePath(value: string, at: string): string {
  if (value !== '' && !isAbsolute(path(value, at))) throw new InvalidArgumentError(`${at}: ${JSON.stringify(value)} is no absolute path`);
  return value;
}

/** True unless every field, at any depth, has its default. */
function saysSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(saysSomething);
  return value !== undefined && value !== null && value !== '' && value !== false && Number(value) !== 0;
}
