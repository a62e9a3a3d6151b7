/** Files of cgroups that are read again and again: opening one costs the kernel ten times what reading it does. */
import { closeSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from '#errors';

/** Files kept open, some nine a cgroup, each 4.5 kB in the kernel; beyond it a file is opened for each reading. */
export const MAX_OPEN_FILES = 4096;
/** Of a file that is read; what is longer is cut. memory.stat of many NUMA nodes fits several times over. */
const READ_BYTES = 64 * 1024;
/** ENODEV: the cgroup was removed. EOPNOTSUPP: pressure is switched off. */
const MISSING = new Set(['ENOENT', 'ENODEV', 'ENOTDIR', 'EOPNOTSUPP']);

/** One opening of a file. */
export interface OpenFile {
  readonly fd: number;
  /** From then on the descriptor may stand for another file, but inside holding(). */
  readonly isClosed: boolean;
}

export class OpenFiles {
  readonly #limit: number;
  /** By directory and file name. */
  readonly #open = new Map<string, Map<string, { fd: number; isClosed: boolean }>>();
  /** Of a directory those in it that have an open file, or have one below; up to the root. */
  readonly #below = new Map<string, Set<string>>();
  readonly #buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  #count = 0;
  #holds = 0;
  #closed = 0;
  /** To be closed when nobody holds them any more. */
  readonly #closing: number[] = [];

  constructor(limit: number = MAX_OPEN_FILES) {
    this.#limit = limit;
  }

  /** Grows with every file that is closed. */
  get closed(): number {
    return this.#closed;
  }

  /** The file's text now; undefined when it or its cgroup is not there. */
  read(directory: string, name: string): string | undefined {
    const kept = this.#open.get(directory)?.get(name)?.fd;
    if (kept === undefined) return this.#firstRead(directory, name);
    try {
      return this.#text(kept);
    } catch (error) {
      if (!MISSING.has(errnoOf(error) ?? '')) throw error;
      // Removed; another one of its name may be there by now.
      this.#close(directory, name);
      return this.#firstRead(directory, name);
    }
  }

  /** For reading in another way, inside holding(); 'full' when there is no room to keep it open. */
  opened(directory: string, name: string): OpenFile | 'absent' | 'full' {
    const kept = this.#open.get(directory)?.get(name);
    if (kept !== undefined) return kept;
    if (this.#count >= this.#limit) return 'full';
    try {
      return this.#keep(directory, name, openSync(`${directory}/${name}`, 'r'));
    } catch (error) {
      if (MISSING.has(errnoOf(error) ?? '')) return 'absent';
      throw error;
    }
  }

  /** Until `work` settles no descriptor is closed, so that none stands for another file while a thread reads. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    this.#holds++;
    try {
      return await work();
    } finally {
      if (--this.#holds === 0) for (const fd of this.#closing.splice(0)) closeSync(fd);
    }
  }

  /** Closes what is open of a directory and of all below it. */
  forget(directory: string): void {
    for (const below of [...this.#below.get(directory) ?? []]) this.forget(below);
    for (const name of this.#open.get(directory)?.keys() ?? []) this.#close(directory, name);
  }

  #firstRead(directory: string, name: string): string | undefined {
    let fd: number | undefined;
    try {
      fd = openSync(`${directory}/${name}`, 'r');
      const text = this.#text(fd);
      if (this.#count < this.#limit) {
        this.#keep(directory, name, fd);
        fd = undefined;
      }
      return text;
    } catch (error) {
      if (MISSING.has(errnoOf(error) ?? '')) return undefined;
      throw error;
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }

  /** The descriptor is not its opener's any more. */
  #keep(directory: string, name: string, fd: number): OpenFile {
    let files = this.#open.get(directory);
    if (!files) {
      this.#open.set(directory, files = new Map<string, { fd: number; isClosed: boolean }>());
      this.#enter(directory);
    }
    const file = { fd, isClosed: false };
    files.set(name, file);
    this.#count++;
    return file;
  }

  #enter(directory: string): void {
    for (let [below, above] = [directory, dirname(directory)]; below !== above; [below, above] = [above, dirname(above)]) {
      const known = this.#below.get(above);
      if (!known) this.#below.set(above, new Set([below]));
      else if (known.has(below)) return;
      else known.add(below);
    }
  }

  /** Of a directory without an open file: it and those above it that are of no use now. */
  #leave(directory: string): void {
    for (let [below, above] = [directory, dirname(directory)]; below !== above && !this.#open.has(below) && !this.#below.has(below); [below, above] = [above, dirname(above)]) {
      const known = this.#below.get(above);
      known?.delete(below);
      if (known?.size === 0) this.#below.delete(above);
    }
  }

  #close(directory: string, name: string): void {
    const files = this.#open.get(directory);
    const file = files?.get(name);
    if (files === undefined || file === undefined) return;
    files.delete(name);
    if (files.size === 0) {
      this.#open.delete(directory);
      this.#leave(directory);
    }
    file.isClosed = true;
    this.#count--;
    this.#closed++;
    if (this.#holds > 0) this.#closing.push(file.fd);
    else closeSync(file.fd);
  }

  #text(fd: number): string {
    return this.#buffer.toString('latin1', 0, readSync(fd, this.#buffer, 0, this.#buffer.length, 0));
  }
}
