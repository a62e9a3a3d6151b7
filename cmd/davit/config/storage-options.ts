/** `storage_option`: options of containers/storage, of which davit knows the limits of writable layers. */
import type { WritableLimits } from '#storage';

export interface StorageOptionValues {
  readonly limits: WritableLimits;
  /** Options that have no effect here. */
  readonly ignored: readonly string[];
}

const OPTION = /^([a-zA-Z0-9_.]+)=(.*)$/;
/** As containers/storage reads them: "10G" is 10 * 1024^3, for inodes too. */
const AMOUNT = /^(\d+)([kmgt]?)(?:i?b)?$/i;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
const NAMES: Readonly<Record<string, keyof WritableLimits>> = { size: 'bytes', inodes: 'inodes' };

/** Whether an option has the form NAME=VALUE, and a value that it can have if it is one of davit's. */
export function isStorageOption(option: string): boolean {
  const [, name, value] = OPTION.exec(option) ?? [];
  return name !== undefined && (limitOf(name) === undefined || amount(value ?? '') !== undefined);
}

/** @param options each of which isStorageOption() says yes to; of equal ones the last counts */
export function storageOptions(options: readonly string[]): StorageOptionValues {
  const limits: { bytes?: number; inodes?: number } = {};
  const ignored: string[] = [];
  for (const option of options) {
    const [, name = '', value = ''] = OPTION.exec(option) ?? [];
    const limit = limitOf(name);
    if (limit === undefined) ignored.push(option);
    else limits[limit] = amount(value) ?? 0;
  }
  return { limits, ignored };
}

/** "overlay.size", and what containers/storage takes for it: "overlay2.size", "size". */
function limitOf(name: string): keyof WritableLimits | undefined {
  return NAMES[name.toLowerCase().replace(/^overlay2?\./, '')];
}

function amount(text: string): number | undefined {
  const [, digits, unit = ''] = AMOUNT.exec(text) ?? [];
  const value = Number(digits) * (UNITS[unit.toLowerCase()] ?? NaN);
  return digits !== undefined && Number.isSafeInteger(value) ? value : undefined;
}
