/** Files that are either the old or the new one after any crash, directories, and room for the day when the disk is full. */
export { atomicWriteFile, syncDirectory } from './atomic.ts';
export { makeDirectories } from './directories.ts';
export { fillReserve, isDiskFull, makeRoomToStart, reservePath, withReserve } from './disk-reserve.ts';
