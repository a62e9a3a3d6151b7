/** What small trees take of a disk; measure-tree.c says why in C. */
import { cString, native, systemError } from './libc.ts';
import { bytesOf, FILES_LIBRARY, hasLibrary } from './read-files.ts';

/**
 * Disk bytes and inodes below a directory in use, at once: what vanishes meanwhile is left out, a file with several names counts once. Undefined for a tree that has
 * more than `maxInodes`, or that is not small otherwise (dozens of directories in each other, or of files with several names).
 * @throws Error with `.code`, as for a directory that is not there
 */
export type MeasureSmallTree = (directory: string, maxInodes: number) => { bytes: number; inodes: number } | undefined;

const measureNative = native('davit_measure_tree', 'int', ['const uint8_t *', 'int', 'uint8_t *'], FILES_LIBRARY);

/** Undefined where the library was not built. */
export function smallTreeMeasurer(library = FILES_LIBRARY): MeasureSmallTree | undefined {
  if (!hasLibrary(library)) return undefined;
  const usage = new BigInt64Array(2);
  return (directory, maxInodes) => {
    const result = measureNative()(cString(directory), maxInodes, bytesOf(usage));
    if (result < 0) throw systemError('measure', -result, directory);
    const [bytes, inodes] = usage;
    return result > 0 ? undefined : { bytes: Number(bytes), inodes: Number(inodes) };
  };
}
