/** The four system calls that most files of a layer take, without what node:fs puts around them: half of the time of a small file. */
import { constants } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { check, cString, native, systemError, type SystemPath } from './libc.ts';

const openText = native('openat', 'int', ['int', 'const char *', 'int', 'uint']);
const openBytes = native('openat', 'int', ['int', 'const uint8_t *', 'int', 'uint']);
const write3 = native('write', 'int64_t', ['int', 'const uint8_t *', 'size_t']);
const seek3 = native('lseek', 'int64_t', ['int', 'int64_t', 'int']);
const truncate2 = native('ftruncate', 'int', ['int', 'int64_t']);
const times2 = native('futimens', 'int', ['int', 'const uint8_t *']);
const close1 = native('close', 'int', ['int']);

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW | 0o2000000; // O_CLOEXEC
const SEEK_CUR = 1;
const NANOSECONDS = 1e9;
/** Two of struct timespec: seconds and nanoseconds, 64 bits each. */
const TIMES_BYTES = 32;

/** A file that is being written for the first time. Not for the event loop of a daemon: every call waits for the disk. */
export class NewFile {
  readonly #path: SystemPath;
  readonly #times = Buffer.alloc(TIMES_BYTES);
  #hole = false;
  #fd = -1;

  /**
   * openat(2) with O_CREAT, O_EXCL and O_NOFOLLOW. The caller closes it.
   * @param name one component below the open directory. @throws Error with `.code`: 'EEXIST' for anything that has the name.
   */
  constructor(directory: number, name: SystemPath, mode: number) {
    this.#path = name;
    if (typeof name === 'string' && name.includes('\0')) throw systemError('openat', osConstants.errno.EINVAL, name);
    this.#fd = typeof name === 'string' ? openText()(directory, name, CREATE, mode) : openBytes()(directory, cString(name), CREATE, mode);
    check(this.#fd, 'openat', name);
  }

  /** For calls of node:fs. */
  get fd(): number {
    return this.#fd;
  }

  /** Appends all of `bytes`. @throws Error with `.code` */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += check(write3()(this.#fd, at === 0 ? bytes : bytes.subarray(at), bytes.length - at), 'write', this.#path);
    this.#hole = false;
  }

  /** Appends `length` zeros that take no place on the disk. @throws Error with `.code` */
  skip(length: number): void {
    check(seek3()(this.#fd, length, SEEK_CUR), 'lseek', this.#path);
    this.#hole = true;
  }

  /** Gives it its length if it ends with a hole, sets both of its times, and closes it. @param seconds since 1970, not negative. @throws Error with `.code` */
  finish(seconds: number): void {
    if (this.#hole) check(truncate2()(this.#fd, check(seek3()(this.#fd, 0, SEEK_CUR), 'lseek', this.#path)), 'ftruncate', this.#path);
    this.#setTimes(seconds);
    this.close();
  }

  /** Twice is harmless. */
  close(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    check(close1()(fd), 'close', this.#path);
  }

  #setTimes(seconds: number): void {
    const whole = Math.floor(seconds);
    for (const at of [0, TIMES_BYTES / 2]) {
      this.#times.writeUIntLE(whole, at, 6);
      this.#times.writeUInt32LE(Math.min(Math.round((seconds - whole) * NANOSECONDS), NANOSECONDS - 1), at + 8);
    }
    check(times2()(this.#fd, this.#times), 'futimens', this.#path);
  }
}
