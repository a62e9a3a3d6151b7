/** PAX extended headers, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_02: records of `<length> <key>=<value>\n`. */
import { DataLossError, UnimplementedError } from '#errors';

/** What a PAX header says about the next entry; undefined leaves the header's own field. Text is latin1. */
export interface PaxAttributes {
  path?: string;
  linkPath?: string;
  size?: number;
  uid?: number;
  gid?: number;
  /** Seconds since 1970, with fraction. */
  mtime?: number;
  xattrs?: Map<string, Buffer>;
}

const XATTR_PREFIX = 'SCHILY.xattr.';
const SPACE = 0x20;
const NEWLINE = 0x0a;
const EQUALS = 0x3d;

/**
 * Reads the records of one header.
 * @throws DataLossError for a record out of form; UnimplementedError for a sparse file.
 */
export function parsePax(data: Buffer): PaxAttributes {
  const attributes: PaxAttributes = {};
  for (let at = 0; at < data.length;) {
    const end = recordEnd(data, at);
    const keyStart = data.indexOf(SPACE, at) + 1;
    const equals = data.indexOf(EQUALS, keyStart);
    if (equals <= keyStart || equals >= end) throw malformed(data, at);
    apply(attributes, data.toString('latin1', keyStart, equals), data.subarray(equals + 1, end - 1));
    at = end;
  }
  return attributes;
}

/** The record's length counts itself, the space and the newline. */
function recordEnd(data: Buffer, at: number): number {
  const digits = /^([1-9]\d{0,8}) /.exec(data.toString('latin1', at, at + 11))?.[1];
  const end = at + Number(digits);
  if (digits === undefined || end > data.length || end <= at + digits.length + 1 || data[end - 1] !== NEWLINE) throw malformed(data, at);
  return end;
}

function apply(attributes: PaxAttributes, key: string, value: Buffer): void {
  if (key.startsWith(XATTR_PREFIX)) {
    (attributes.xattrs ??= new Map()).set(key.slice(XATTR_PREFIX.length), Buffer.from(value));
    return;
  }
  if (key.startsWith('GNU.sparse.')) throw new UnimplementedError('read tar: sparse files (PAX GNU.sparse) are not supported in image layers');
  // An empty value takes an earlier record back.
  const text = value.length === 0 ? undefined : value.toString('latin1');
  switch (key) {
    case 'path': assign(attributes, 'path', checkedText(key, text)); break;
    case 'linkpath': assign(attributes, 'linkPath', checkedText(key, text)); break;
    case 'size': assign(attributes, 'size', integer(key, text)); break;
    case 'uid': assign(attributes, 'uid', integer(key, text)); break;
    case 'gid': assign(attributes, 'gid', integer(key, text)); break;
    case 'mtime': assign(attributes, 'mtime', seconds(key, text)); break;
    default: // comments, times and names that a layer does not need
  }
}

function assign<K extends keyof PaxAttributes>(attributes: PaxAttributes, key: K, value: PaxAttributes[K] | undefined): void {
  if (value === undefined) Reflect.deleteProperty(attributes, key);
  else attributes[key] = value;
}

function checkedText(key: string, text: string | undefined): string | undefined {
  if (text?.includes('\0')) throw new DataLossError(`read PAX header: ${key} holds a NUL byte`);
  return text;
}

function integer(key: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^0*\d{1,16}$/.test(text) || !Number.isSafeInteger(value)) throw new DataLossError(`read PAX header: ${key} is ${JSON.stringify(text.slice(0, 40))}, want a number below 2^53`);
  return value;
}

function seconds(key: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,16}(\.\d*)?$/.test(text)) throw new DataLossError(`read PAX header: ${key} is ${JSON.stringify(text.slice(0, 40))}, want seconds`);
  return Number(text);
}

function malformed(data: Buffer, at: number): Error {
  return new DataLossError(`read PAX header: record at byte ${at} is ${JSON.stringify(data.toString('latin1', at, at + 40))}, want 'LENGTH KEY=VALUE' and a newline`);
}
