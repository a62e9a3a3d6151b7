/** Files that are either the old or the new one after any crash, and directories. */
export { atomicWriteFile, syncDirectory } from './atomic.ts';
export { makeDirectories } from './directories.ts';
