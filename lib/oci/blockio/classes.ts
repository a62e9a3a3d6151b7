/** Classes of block IO: the file that crio.conf's blockio_config_file names, in the form of https://github.com/intel/goresctrl/blob/main/doc/blockio.md. */
import { globSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { errnoOf } from '#errors';
import { deviceNumber } from '#linux';
import { array, object, strings, text } from '../json-fields.ts';
import type { BlockIo, BlockIoDevice } from '../spec/types.ts';

/** How the file's keys are the runtime-spec's. */
const THROTTLES = {
  ThrottleReadBps: 'throttleReadBpsDevice', ThrottleWriteBps: 'throttleWriteBpsDevice', ThrottleReadIOPS: 'throttleReadIOPSDevice', ThrottleWriteIOPS: 'throttleWriteIOPSDevice',
} as const;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };
const WEIGHT = { least: 10, most: 1000 } as const;

/** The limits of one class; undefined when the file has no such class. @throws Error saying which field is wrong. */
export async function blockIoClass(data: unknown, name: string): Promise<BlockIo | undefined> {
  const classes = object(object(data, 'the file')['Classes'], 'Classes');
  if (!Object.hasOwn(classes, name)) return undefined;
  const result: { -readonly [K in keyof BlockIo]: K extends 'weight' ? number : BlockIoDevice[] } = {};
  for (const [i, value] of array(classes[name], `Classes.${name}`).entries()) {
    const at = `Classes.${name}[${i}]`;
    const parameters = object(value, at);
    const devices = await blockDevices(strings(parameters['Devices'], `${at}.Devices`));
    const weight = quantity(parameters['Weight'], `${at}.Weight`);
    if (weight !== undefined && (weight < WEIGHT.least || weight > WEIGHT.most)) throw new Error(`${at}.Weight: ${weight} must be between ${WEIGHT.least} and ${WEIGHT.most}`);
    if (weight !== undefined && parameters['Devices'] === undefined) result.weight = weight;
    else if (weight !== undefined) result.weightDevice = [...result.weightDevice ?? [], ...devices.map((device) => ({ ...device, weight }))];
    for (const [key, field] of Object.entries(THROTTLES)) {
      const rate = quantity(parameters[key], `${at}.${key}`);
      if (rate !== undefined) result[field] = [...result[field] ?? [], ...devices.map((device) => ({ ...device, rate }))];
    }
  }
  return result;
}

/** Numbers of the block devices that patterns such as '/dev/nvme*' have. */
async function blockDevices(patterns: readonly string[]): Promise<{ major: number; minor: number }[]> {
  const found = await Promise.all([...new Set(patterns.flatMap((pattern) => globSync(pattern)))].map(async (path) => {
    try {
      const s = await stat(path);
      return s.isBlockDevice() ? [deviceNumber(s.rdev)] : [];
    } catch (error) {
      // Taken away since it was listed.
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }));
  return found.flat();
}

/** '60M', '10k' or a number. */
function quantity(value: unknown, at: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const [, digits, unit] = /^(\d+)([A-Za-z]*)$/.exec(typeof value === 'number' ? String(value) : text(value, at)) ?? [];
  const factor = UNITS[unit ?? '?'];
  if (digits === undefined || factor === undefined) throw new Error(`${at}: ${JSON.stringify(value)} must be a number such as 80, 10k or 60M`);
  return Number(digits) * factor;
}
