import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { raceSignal, throwIfAborted } from '#async';
import { errorText, UnavailableError } from '#errors';
import type { ProcessRunner, RunResult, RunSpec } from '#linux';
import type { Logger } from '#log';
import { lockForLauncher } from './launcher-lock.ts';
import { LauncherProcess } from './launcher-process.ts';
import type { LauncherChild } from './launcher-process.ts';

/** Runs programs from a small process of its own, so that the daemon never forks. */
export interface Launcher extends ProcessRunner, AsyncDisposable {}

export interface LauncherOptions {
  readonly binary: string;
  readonly lockFile: string;
  readonly cgroupDirs?: readonly string[];
  readonly log: Logger;
}

/** For the launcher to end what it runs (it gives two seconds between SIGTERM and SIGKILL). */
const STOP_TIMEOUT_MS = 5_000;

/**
 * Starts the launcher. It is started anew after its death; requests that were under way then fail with UnavailableError.
 * Disposing it ends what still runs.
 * @param options.lockFile held by the launcher as long as it lives. When the daemon is killed, the launcher finishes what is under way
 *   (a CNI plugin that is killed in its middle leaves what no later DEL finds); the next one waits for that.
 * @param options.cgroupDirs existing cgroup directories, one a hierarchy, that the launcher lives in: monitors are born there,
 *   outside the daemon's cgroup and the pods', and nobody has to move them.
 * @throws UnavailableError when the binary cannot be executed.
 */
export async function createLauncher(options: LauncherOptions): Promise<Launcher> {
  const launcher = new RestartingLauncher(options);
  await launcher.ensure();
  return launcher;
}

class RestartingLauncher implements Launcher {
  readonly #options: LauncherOptions;
  #process: Promise<LauncherProcess> | undefined;
  #closed = false;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  async run(spec: RunSpec, options: { signal: AbortSignal }): Promise<RunResult> {
    throwIfAborted(options.signal, `run "${spec.file}"`);
    const process = await raceSignal(this.ensure(), options.signal, `run "${spec.file}"`);
    return process.run(spec, options);
  }

  /** The running launcher; started if there is none. */
  ensure(): Promise<LauncherProcess> {
    if (this.#closed) return Promise.reject(new UnavailableError('run a program: the launcher is closed'));
    this.#process ??= this.#start();
    return this.#process;
  }

  async #start(): Promise<LauncherProcess> {
    const { binary, lockFile, log } = this.#options;
    let child: LauncherChild;
    try {
      await using lock = await lockForLauncher(lockFile, log);
      child = await spawnLauncher(binary, lock);
    } catch (error) {
      this.#process = undefined;
      throw new UnavailableError(`start launcher "${binary}"`, { cause: error });
    }
    child.once('exit', (code, signal) => {
      this.#process = undefined;
      if (!this.#closed) log.warn('launcher ended, will be started again', { pid: child.pid, code: code ?? undefined, signal: signal ?? undefined });
    });
    await this.#enterCgroup(child.pid);
    return new LauncherProcess(child);
  }

  /** A launcher outside its cgroup works as well; only the accounts of daemon and monitors are mixed. */
  async #enterCgroup(pid: number | undefined): Promise<void> {
    try {
      await Promise.all((this.#options.cgroupDirs ?? []).map((directory) => writeFile(join(directory, 'cgroup.procs'), String(pid))));
    } catch (error) {
      this.#options.log.warn('launcher stays in the cgroup of the daemon', { error: errorText(error) });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const process = this.#process;
    this.#closed = true;
    if (process) await (await process).stop(STOP_TIMEOUT_MS);
  }
}

/** With the lock as descriptor 3; its pid stands in the file for whoever waits too long. */
async function spawnLauncher(binary: string, lock: FileHandle): Promise<LauncherChild> {
  const child = spawn(binary, ['launch'], { stdio: ['pipe', 'pipe', 'inherit', lock.fd], env: {}, cwd: '/', detached: true }) as LauncherChild;
  await new Promise<void>((resolve, reject) => { child.once('spawn', resolve); child.once('error', reject); });
  await lock.truncate(0);
  await lock.write(`${child.pid}\n`);
  return child;
}
