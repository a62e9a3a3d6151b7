/** The descriptors of the files that statistics of a cgroup are read from, found once and not for each pass: some hundred cgroups have thousands. */
import type { OpenFiles } from './open-files.ts';
import { STATS_FILES, UNIFIED } from './stats.ts';

/** A file that was not there is looked for again: a controller that is switched on brings it. */
const REMEMBERED_MS = 60_000;
const ABSENT = -1;

export class StatsDescriptors {
  readonly #version: 1 | 2;
  readonly #files: OpenFiles;
  readonly #directoryOf: (controller: string, path: string) => string | undefined;
  readonly #now: () => number;
  readonly #found = new Map<string, Int32Array>();
  #closed = 0;
  #since = 0;

  /** @param directoryOf the directory of a cgroup in a controller's hierarchy; @param now milliseconds of a clock that is never set back */
  constructor(version: 1 | 2, files: OpenFiles, directoryOf: (controller: string, path: string) => string | undefined, now = (): number => performance.now()) {
    this.#version = version;
    this.#files = files;
    this.#directoryOf = directoryOf;
    this.#now = now;
  }

  /** In the order of STATS_FILES, below zero for a file that is not there; undefined when there was no room to keep all of them open. Inside holding(). */
  of(path: string): Int32Array | undefined {
    if (this.#files.closed !== this.#closed || this.#now() - this.#since >= REMEMBERED_MS) this.#forgetAll();
    const known = this.#found.get(path);
    if (known) return known;
    const found = this.#find(path);
    // A cgroup that is not there may be made at any time.
    if (found?.some((descriptor) => descriptor !== ABSENT)) this.#found.set(path, found);
    return found;
  }

  #forgetAll(): void {
    this.#found.clear();
    this.#closed = this.#files.closed;
    this.#since = this.#now();
  }

  #find(path: string): Int32Array | undefined {
    const files = STATS_FILES[this.#version];
    const found = new Int32Array(files.length).fill(ABSENT);
    for (const [i, { controller, file }] of files.entries()) {
      // Without the first of a hybrid's cgroup2 hierarchy none of the others is of use.
      if (this.#version === 1 && controller === UNIFIED && files[i - 1]?.controller === UNIFIED && found[i - 1] === ABSENT) continue;
      const directory = this.#directoryOf(controller, path);
      const descriptor = directory === undefined ? 'absent' : this.#files.descriptor(directory, file);
      if (descriptor === 'full') return undefined;
      if (descriptor !== 'absent') found[i] = descriptor;
    }
    return found;
  }
}
