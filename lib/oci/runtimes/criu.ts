/** CRIU, by which OCI runtimes checkpoint and restore: where it is, and whether it works on this kernel. https://criu.org/Main_Page */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorText, FailedPreconditionError } from '#errors';
import type { ProcessRunner, RunResult } from '#linux';

/** crio.conf's container_level_enabled. */
export type CheckpointLevel = 'none' | 'checkpoint_only' | 'checkpoint_restore';

export interface CriuOptions {
  /** Absolute path of a program called criu; '' looks for it where runtimes do. */
  readonly program: string;
  readonly allowed: CheckpointLevel;
}

/** Where runtimes look for programs; nothing of the daemon's environment is passed on. */
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const CHECK_TIMEOUT_MS = 30_000;
/** Of CRIU's own words. */
const MAX_ERROR_LINES = 3;
/** CRIU says this wherever it lacks a capability, and goes on. */
const HARMLESS = /rlimit: Can't setup RLIMIT_NOFILE for self/;

/** PATH of a runtime that is to find CRIU: it looks for a program of that name only. */
export function criuSearchPath({ program }: CriuOptions): string {
  return program === '' ? SEARCH_PATH : `${dirname(program)}:${SEARCH_PATH}`;
}

/**
 * Has CRIU try this kernel.
 * @returns its version, '4.1.1'. @throws FailedPreconditionError saying what is missing and how that was found out
 */
export async function requireCriu(options: CriuOptions, runner: ProcessRunner, { signal }: { readonly signal: AbortSignal }): Promise<string> {
  const file = await findProgram(options);
  const run = (arg: string): Promise<RunResult> => runner.run({ file, args: [arg], env: { PATH: SEARCH_PATH }, timeoutMs: CHECK_TIMEOUT_MS }, { signal });
  const version = /^Version: (\S+)/m.exec((await run('--version')).stdout.toString('utf8'))?.[1];
  if (version === undefined) throw new FailedPreconditionError(`"${file} --version" gave no version of CRIU`);
  const { exitCode, timedOut, stdout, stderr } = await run('check');
  if (exitCode === 0) return version;
  const words = criuErrors(`${stdout.toString('utf8')}\n${stderr.toString('utf8')}`);
  throw new FailedPreconditionError(`CRIU ${version} does not work on this kernel: "${file} check" ${timedOut ? `had not ended after ${CHECK_TIMEOUT_MS} ms` : `says ${words === '' ? 'nothing and fails' : words}`}`);
}

async function findProgram({ program }: CriuOptions): Promise<string> {
  const candidates = program === '' ? SEARCH_PATH.split(':').map((directory) => join(directory, 'criu')) : [program];
  let cause: unknown;
  for (const file of candidates) {
    try {
      await access(file, constants.X_OK);
      return file;
    } catch (error) {
      cause = error;
    }
  }
  throw new FailedPreconditionError(program === '' ? `there is no program "criu" in ${SEARCH_PATH}` : `cannot execute criu_path "${program}": ${errorText(cause)}`, { cause });
}

/** The lines of a log of CRIU that say why, one after another. */
export function criuErrors(log: string): string {
  return log.split('\n').filter((line) => line.includes('Error') && !HARMLESS.test(line)).slice(0, MAX_ERROR_LINES).map((line) => line.trim()).join('; ');
}
