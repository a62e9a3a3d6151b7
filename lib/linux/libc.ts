/**
 * The door to libc: koffi, loaded when the first system call is made, and errno turned into an
 * Error of the shape that node:fs throws. Nothing outside lib/linux imports this file.
 */
import { createRequire } from 'node:module';
import { constants } from 'node:os';

/** A path: text, or the raw bytes of a name that is not UTF-8. */
export type SystemPath = string | Uint8Array;
/** A value for a C function: text becomes a NUL-terminated string of UTF-8. */
export type NativeValue = number | Uint8Array | string | null;
/** A libc function. Pointers are byte arrays, 64-bit results come as numbers. */
export interface NativeFunction {
  (...args: NativeValue[]): number;
  async(...args: [...NativeValue[], (error: unknown, result: number) => void]): void;
}

interface Koffi {
  load(path: string | null): { func(name: string, result: string, args: string[]): NativeFunction };
  errno(): number;
  address(value: Uint8Array): bigint;
}

const koffi = once(() => createRequire(import.meta.url)('koffi') as Koffi);
const errnoNames: ReadonlyMap<number, string> = new Map(Object.entries(constants.errno).map(([name, value]) => [value, name]));

/**
 * Declares a function of libc, or of another shared library; it is bound on its first call, so importing costs nothing.
 * @param args koffi's type names ('int', 'uint', 'ulong', 'size_t', 'const char *', 'const uint8_t *', '_Out_ uint8_t *').
 */
export function native(name: string, result: string, args: string[], library: string | null = null): () => NativeFunction {
  return once(() => koffi().load(library).func(name, result, args));
}

/** NUL-terminated bytes. @throws Error EINVAL when `text` holds a NUL, which C would take for its end. */
export function cString(text: SystemPath): Uint8Array {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  if (bytes.includes(0)) throw systemError('cString', constants.errno.EINVAL, text);
  const terminated = Buffer.allocUnsafe(bytes.length + 1);
  terminated.set(bytes);
  terminated[bytes.length] = 0;
  return terminated;
}

/** Returns `result` when it is not negative. @throws Error with `.code`, `.errno`, `.syscall` and `.path` of the failed call. */
export function check(result: number, syscall: string, path: SystemPath, detail = ''): number {
  if (result < 0) throw systemError(syscall, lastErrno(), path, detail);
  return result;
}

/** Where `bytes` lie, for a field of a C structure. Good as long as they are referenced, unless their ArrayBuffer is transferred or resized. */
export function addressOf(bytes: Uint8Array): bigint {
  return koffi().address(bytes);
}

/** errno of the last call, by number. */
export function lastErrno(): number {
  return koffi().errno();
}

/** An error of the shape that node:fs throws. */
export function systemError(syscall: string, errno: number, path: SystemPath, detail = ''): NodeJS.ErrnoException {
  const code = errnoNames.get(errno) ?? `E${errno}`;
  const text = typeof path === 'string' ? path : Buffer.from(path).toString();
  const error: NodeJS.ErrnoException = new Error(`${code}: ${syscall} '${text}'${detail === '' ? '' : `: ${detail}`}`);
  return Object.assign(error, { code, errno: -errno, syscall, path: text });
}

/** Makes a value when it is first asked for. Nothing may come between a failed call and the reading of errno, so the binding is kept. */
function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => value ??= make();
}
