/** What processes have open, counted by a thread of the pool; count-descriptors.c says why. */
import { readdirSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { errnoOf } from '#errors';
import { cString, native, systemError, type NativeFunction } from './libc.ts';
import { bytesOf, FILES_LIBRARY, hasLibrary } from './read-files.ts';

export interface DescriptorCount { readonly open: number; readonly sockets: number }

/**
 * Of each group of processes together; processes that have ended have none. `open` is above `limit` when there are more than are counted.
 * @throws Error with `.code`, of any group
 */
export type CountDescriptors = (groups: readonly (readonly number[])[], limit: number) => Promise<DescriptorCount[]>;

const GONE = new Set(['ENOENT', 'ESRCH', 'EINVAL']);

const countNative = native('davit_count_descriptors', 'void', ['const uint8_t *', 'const uint8_t *', 'int', 'int', 'uint8_t *'], FILES_LIBRARY);

/** By another thread; where the library was not built by this one, which takes turns. @param proc where proc(5) is */
export function descriptorCounter(proc = '/proc', library = FILES_LIBRARY): CountDescriptors {
  return hasLibrary(library) ? (groups, limit) => countInPool(countNative(), proc, groups, limit) : (groups, limit) => countHere(proc, groups, limit);
}

async function countInPool(call: NativeFunction, proc: string, groups: readonly (readonly number[])[], limit: number): Promise<DescriptorCount[]> {
  const pids = Int32Array.from(groups.flatMap((group) => [...group, 0]));
  const counts = new Int32Array(groups.length * 2);
  await new Promise<void>((resolve, reject) => {
    call.async(cString(proc), bytesOf(pids), groups.length, limit, bytesOf(counts), (error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
  return groups.map((group, i) => {
    const [open = 0, sockets = 0] = counts.subarray(2 * i, 2 * i + 2);
    if (open < 0) throw systemError('count descriptors', -open, `${proc}/${group.join(',')}/fd`);
    return { open, sockets };
  });
}

async function countHere(proc: string, groups: readonly (readonly number[])[], limit: number): Promise<DescriptorCount[]> {
  const counts: DescriptorCount[] = [];
  for (const group of groups) {
    await setImmediate();
    let [open, sockets] = [0, 0];
    for (const pid of group) {
      const links = unlessGone(() => readdirSync(`${proc}/${pid}/fd`), []);
      open += links.length;
      if (open > limit) break;
      sockets += links.filter((link) => unlessGone(() => readlinkSync(`${proc}/${pid}/fd/${link}`), '').startsWith('socket:')).length;
    }
    counts.push({ open, sockets });
  }
  return counts;
}

function unlessGone<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (GONE.has(errnoOf(error) ?? '')) return otherwise;
    throw error;
  }
}
