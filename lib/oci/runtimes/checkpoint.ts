/** Checkpoint and restore of a container by its runtime, which has CRIU do it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeadlineExceededError, FailedPreconditionError, UnavailableError } from '#errors';
import type { ProcessRunner, RunResult } from '#linux';
import { criuErrors, criuSearchPath, requireCriu, type CriuOptions } from './criu.ts';
import type { RuntimeHandler } from './handler.ts';

export interface DumpRequest {
  readonly id: string;
  /** Empty directory for CRIU's images. */
  readonly imagesDir: string;
  /** For CRIU's log and configuration. */
  readonly workDir: string;
  /** CRIU's version, of ensure(). */
  readonly criu: string;
  readonly timeoutMs: number;
}

export interface RestoreRequest {
  /** What dump() wrote. */
  readonly imagesDir: string;
  readonly workDir: string;
}

/** How a monitor restores instead of creating. */
export interface RestoreCommand {
  /** Arguments of `<runtime> restore`. */
  readonly args: readonly string[];
  /** PATH, so that the runtime finds CRIU. */
  readonly searchPath: string;
}

type Options = { readonly signal: AbortSignal };

/** What a runtime does with CRIU. */
export interface Checkpoints {
  /** @returns CRIU's version. @throws FailedPreconditionError saying what is missing for it, or which setting forbids it */
  ensure(what: 'checkpoint' | 'restore', options: Options): Promise<string>;
  /** Freezes every process of a running container. @throws FailedPreconditionError in the runtime's words */
  pause(id: string, options: Options): Promise<void>;
  /** Lets it go on; success when it is not frozen, or gone. */
  resume(id: string, options: Options): Promise<void>;
  /** Writes memory and state of a container, frozen or not, which then goes on as it was. @throws FailedPreconditionError in the runtime's and CRIU's words */
  dump(request: DumpRequest, options: Options): Promise<void>;
  restoreCommand(request: RestoreRequest): RestoreCommand;
  /** What CRIU wrote down about a failed restore; '' for nothing. */
  restoreErrors(workDir: string): Promise<string>;
}

/** Freezing waits for system calls to end. */
const PAUSE_TIMEOUT_MS = 30_000;

export interface CheckpointParts {
  readonly handler: RuntimeHandler;
  readonly criu: CriuOptions;
  readonly runner: ProcessRunner;
  readonly globalArgs: readonly string[];
  /** Its status, as `<runtime> state` has it; undefined when it is not known. */
  readonly statusOf: (id: string, options: Options) => Promise<string | undefined>;
}

export function createCheckpoints({ handler, criu, runner, globalArgs, statusOf }: CheckpointParts): Checkpoints {
  const env = { PATH: criuSearchPath(criu) };
  const run = (command: string, args: readonly string[], timeoutMs: number, { signal }: Options, more: Readonly<Record<string, string>> = {}): Promise<RunResult> =>
    runner.run({ file: handler.path, args: [...globalArgs, command, ...args], env: { ...env, ...more }, timeoutMs }, { signal });
  return {
    ensure: async (what, options) => {
      checkAllowed(what, criu);
      if (!handler.features.checkpoint) throw new FailedPreconditionError(`${what}: runtime handler "${handler.name}" is ${handler.version || handler.path}, which is built without CRIU (its --version says so)`);
      try {
        return await requireCriu(criu, runner, options);
      } catch (error) {
        if (!(error instanceof FailedPreconditionError)) throw error;
        throw new FailedPreconditionError(`${what}: ${error.message}`, { cause: error });
      }
    },
    pause: async (id, options) => {
      const result = await run('pause', [id], PAUSE_TIMEOUT_MS, options);
      if (result.exitCode !== 0) throw failure(`pause container "${id}"`, result, PAUSE_TIMEOUT_MS, '');
    },
    resume: async (id, options) => {
      if (await statusOf(id, options) !== 'paused') return;
      const result = await run('resume', [id], PAUSE_TIMEOUT_MS, options);
      if (result.exitCode !== 0 && await statusOf(id, options) === 'paused') throw failure(`resume container "${id}"`, result, PAUSE_TIMEOUT_MS, '');
    },
    dump: async ({ id, imagesDir, workDir, criu: version, timeoutMs }, options) => {
      const configFile = join(workDir, 'criu.conf');
      await writeFile(configFile, dumpConfig(version), { mode: 0o600 });
      const result = await run('checkpoint', ['--leave-running', ...SHARED_ARGS, '--image-path', imagesDir, '--work-path', workDir, id], timeoutMs, options, { CRIU_CONFIG_FILE: configFile });
      if (result.exitCode !== 0) throw failure(`checkpoint container "${id}"`, result, timeoutMs, await errorsIn(join(workDir, 'dump.log')));
    },
    restoreCommand: ({ imagesDir, workDir }) => ({ args: ['--detach', ...SHARED_ARGS, '--image-path', imagesDir, '--work-path', workDir], searchPath: env.PATH }),
    restoreErrors: (workDir) => errorsIn(join(workDir, 'restore.log')),
  };
}

/** Both sides must agree about what may be in the images. */
const SHARED_ARGS = ['--file-locks'] as const;

/** First CRIU that can leave the network alone. */
const SKIPS_LOCK_SINCE = 4;

/**
 * Connections end with a restore, since the new pod has another address: their state is not wanted. So packets need not be held back meanwhile, which CRIU does by
 * firewall rules in the pod, for all its containers, and which stay when CRIU is killed.
 */
function dumpConfig(criu: string): string {
  return `tcp-close\n${Number.parseInt(criu, 10) >= SKIPS_LOCK_SINCE ? 'network-lock skip\n' : ''}`;
}

function checkAllowed(what: 'checkpoint' | 'restore', { allowed }: CriuOptions): void {
  if (allowed === 'checkpoint_restore' || (allowed === 'checkpoint_only' && what === 'checkpoint')) return;
  throw new FailedPreconditionError(`${what}: the configuration forbids it (container_level_enabled is "${allowed}", or enable_criu_support is false)`);
}

async function errorsIn(log: string): Promise<string> {
  return criuErrors(await readFile(log, 'utf8').catch(() => ''));
}

function failure(title: string, { exitCode, signal, timedOut, stderr }: RunResult, timeoutMs: number, criu: string): Error {
  if (timedOut) return title.startsWith('checkpoint') ? new DeadlineExceededError(`${title}: no end after ${timeoutMs} ms`) : new UnavailableError(`${title}: no end after ${timeoutMs} ms`);
  // runc repeats CRIU's log as warnings; its lines that matter are in `criu`.
  const own = stderr.toString('utf8').split('\n').filter((line) => !line.includes('level=warning')).join('\n').trim();
  const words = [own, criu].filter((text) => text !== '').join('; ');
  return new FailedPreconditionError(`${title}: ${words !== '' ? words : exitCode === undefined ? `ended by ${signal ?? 'a signal'}` : `exit code ${exitCode}`}`);
}
