/** Files that are either the old or the new one after any crash. */
export { atomicWriteFile, syncDirectory } from './atomic.ts';
