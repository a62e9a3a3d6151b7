/** JSON that keeps bigint and bytes: what the store writes and what requests are compared by. */

/** Keys keep their order; `decode` gives back an equal value. */
export function encode(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, seen: unknown): unknown {
    const raw = this[key];
    if (typeof raw === 'bigint') return { $int: raw.toString() };
    if (raw instanceof Uint8Array) return { $bytes: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64') };
    return seen;
  });
}

export function decode(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$int' in value && typeof value.$int === 'string') return BigInt(value.$int);
    if ('$bytes' in value && typeof value.$bytes === 'string') return new Uint8Array(Buffer.from(value.$bytes, 'base64'));
    return value;
  });
}

/** How many differing fields an error names. */
const MAX_DIFFERENCES = 5;

/** Paths of the fields in which two requests differ, e.g. `linux.securityContext.privileged`; empty when equal. */
export function differences(a: unknown, b: unknown, path = ''): string[] {
  if (Object.is(a, b)) return [];
  if (!isTree(a) || !isTree(b)) return encode([a]) === encode([b]) ? [] : [path || 'the request'];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const found: string[] = [];
  for (const key of keys) {
    found.push(...differences(a[key], b[key], path === '' ? key : `${path}.${key}`));
    if (found.length >= MAX_DIFFERENCES) break;
  }
  return found.slice(0, MAX_DIFFERENCES);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}
