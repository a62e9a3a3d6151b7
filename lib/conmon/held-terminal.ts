import { closeSync } from 'node:fs';
import { takeDescriptor } from '#linux';
import type { MonitorStatus } from './status.ts';

/**
 * The master of a container's terminal, taken from its monitor: a terminal goes when nobody has its master any more, and so it does not go
 * with the monitor. Nothing is read from it or written to it here.
 */
export class HeldTerminal implements Disposable {
  #fd: number | undefined;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** Undefined when the monitor has none (or is too old to tell), and where the kernel does not allow it: then it goes with the monitor. */
  static take(status: MonitorStatus): HeldTerminal | undefined {
    if (status.terminalFd < 0) return undefined;
    try {
      return new HeldTerminal(takeDescriptor(status.monitorPid, status.terminalFd));
    } catch {
      return undefined;
    }
  }

  /** Undefined once it is closed. */
  get fd(): number | undefined {
    return this.#fd;
  }

  [Symbol.dispose](): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
