/** A checkpoint of a running container by its runtime, which has CRIU do it: https://criu.org/Main_Page. */
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailedPreconditionError, UnavailableError } from '#errors';
import type { ProcessRunner, RunResult } from '#linux';

export interface CheckpointRequest {
  readonly id: string;
  /** config.json of the container. */
  readonly specFile: string;
  /** What the container has written to its root file system. */
  readonly upperDir: string;
  /** What davit knows of it, as JSON: config.dump of the archive. */
  readonly description: object;
  /** Does not exist yet; holds memory images and the archive's parts for the time of the call. */
  readonly workDir: string;
  /** Path of the archive to write. */
  readonly location: string;
  readonly timeoutMs: number;
}

/** Where runtimes find criu, and tar. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const TAR = '/bin/tar';

/**
 * Writes a tar archive in the field's form: config.dump, spec.dump, checkpoint/ with CRIU's images, rootfs-diff.tar. The container goes on.
 * The archive appears whole or not at all, for root only: it holds the container's memory.
 * @throws FailedPreconditionError in the runtime's or CRIU's words, UnavailableError when the time is up
 */
export async function writeCheckpoint(runner: ProcessRunner, runtime: { readonly path: string; readonly globalArgs: readonly string[] }, request: CheckpointRequest, options: { readonly signal: AbortSignal }): Promise<void> {
  const { id, workDir, location, timeoutMs } = request;
  const title = `checkpoint container "${id}"`;
  const images = join(workDir, 'checkpoint');
  const unfinished = `${location}.partial-${id.slice(0, 12)}`;
  const run = async (what: string, file: string, args: readonly string[]): Promise<void> => {
    const result = await runner.run({ file, args, env: { PATH }, timeoutMs }, options);
    if (result.exitCode !== 0) throw failure(`${title}: ${what}`, result, timeoutMs, await criuErrors(workDir));
  };
  await mkdir(workDir, { mode: 0o700 });
  try {
    await mkdir(images, { mode: 0o700 });
    await run(runtime.path, runtime.path, [...runtime.globalArgs, 'checkpoint', '--leave-running', '--tcp-established', '--file-locks', '--image-path', images, '--work-path', workDir, id]);
    await copyFile(request.specFile, join(workDir, 'spec.dump'));
    await writeFile(join(workDir, 'config.dump'), `${JSON.stringify(request.description)}\n`);
    await run('archive of the root file system', TAR, ['--create', '--xattrs', '--xattrs-include=*', '--numeric-owner', '--file', join(workDir, 'rootfs-diff.tar'), '--directory', request.upperDir, '.']);
    await writeFile(unfinished, '', { mode: 0o600, flag: 'wx' });
    await run('archive', TAR, ['--create', '--numeric-owner', '--file', unfinished, '--directory', workDir, 'config.dump', 'spec.dump', 'checkpoint', 'rootfs-diff.tar']);
    await rename(unfinished, location);
  } finally {
    await rm(unfinished, { force: true });
    await rm(workDir, { recursive: true, force: true });
  }
}

/** The lines of CRIU's own log that say why. */
async function criuErrors(workDir: string): Promise<string> {
  const log = await readFile(join(workDir, 'dump.log'), 'utf8').catch(() => '');
  return log.split('\n').filter((line) => line.includes('Error')).slice(0, MAX_LOG_LINES).join('; ');
}

const MAX_LOG_LINES = 3;

function failure(title: string, { exitCode, signal, timedOut, stderr }: RunResult, timeoutMs: number, criu: string): Error {
  if (timedOut) return new UnavailableError(`${title}: no end after ${timeoutMs} ms`);
  const words = [stderr.toString('utf8').trim(), criu].filter((text) => text !== '').join('; ');
  return new FailedPreconditionError(`${title}: ${words === '' ? exitCode === undefined ? `ended by ${signal ?? 'a signal'}` : `exit code ${exitCode}` : words}`);
}
