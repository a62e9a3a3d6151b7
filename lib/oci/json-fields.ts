/** Fields of JSON that others wrote: each is what it has to be, or an error that says where. `at` is the field's path. */

/** @throws Error */
export function object(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${at}: must be an object`);
  return value as Record<string, unknown>;
}

/** Empty when absent. @throws Error */
export function array(value: unknown, at: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error(`${at}: must be a list`);
  return value as readonly unknown[];
}

/** Empty when absent. @throws Error */
export function strings(value: unknown, at: string): string[] {
  return array(value, at).map((v) => {
    if (typeof v !== 'string') throw new Error(`${at}: must hold text only`);
    return v;
  });
}

/** '' when absent. @throws Error */
export function text(value: unknown, at: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new Error(`${at}: ${JSON.stringify(value)} must be text`);
  return value;
}

/** Whole and not negative; beyond 2^53 JSON has already lost digits. @throws Error */
export function optionalNumber(value: unknown, at: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Error(`${at}: ${JSON.stringify(value)} must be a whole number between 0 and 2^53`);
  return value;
}
