/** The moment of a checkpoint: containers of one pod frozen together, each of them written down, all of them let go again. */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfAborted, UndoStack } from '#async';
import { errorText, FailedPreconditionError, InternalError } from '#errors';
import type { PodContext } from '../context.ts';
import { bundleDir } from '../context.ts';
import type { Operation } from '../operation.ts';
import type { ContainerRecord, PodRecord } from '../record.ts';
import { describeContainer, thisMachine } from './description.ts';
import { DESCRIPTION_FILE, DIFF_FILE, IMAGES_DIRECTORY, SPEC_FILE } from './parts.ts';
import { runTar, writeRootfsDiff } from './rootfs-diff.ts';

const RESUME_TIMEOUT_MS = 60_000;

export interface Captured {
  readonly container: ContainerRecord;
  /** Empty; gets the parts of the container's checkpoint. */
  readonly directory: string;
}

export interface CaptureOptions {
  /** Ends the capture, once the container that CRIU is at is done; what was frozen is let go all the same. */
  readonly signal: AbortSignal;
  /** Of each single step. */
  readonly timeoutMs: number;
}

/**
 * No container is captured before all are frozen, and none goes on before all are captured. When this returns, all go on.
 * @throws FailedPreconditionError where the runtime cannot, in its and CRIU's words
 */
export async function capture(context: PodContext, pod: PodRecord, captured: readonly Captured[], options: CaptureOptions, operation: Operation): Promise<void> {
  const runtime = context.runtimes.of(pod.runtime);
  const { checkpoints } = runtime;
  if (pod.namespaces.user !== undefined) throw new FailedPreconditionError(`checkpoint in pod "${pod.id}": it has a user namespace, which CRIU cannot give to another pod`);
  const criu = await checkpoints.ensure('checkpoint', options);
  const made = { ...await thisMachine(), runtime: runtime.handler.version, criu };
  const frozen = new UndoStack();
  let failures: Awaited<ReturnType<UndoStack['undo']>> = [];
  try {
    operation.stage('freeze');
    for (const { container: { id } } of captured) {
      frozen.add(`freezing of "${id}"`, (signal) => checkpoints.resume(id, { signal }), RESUME_TIMEOUT_MS);
      await checkpoints.pause(id, options);
    }
    operation.stage('capture');
    for (const one of captured) await write(context, pod, one, made, options);
  } finally {
    operation.stage('let go');
    failures = await frozen.undo();
    for (const { step, error } of failures) context.log.error('a container may still be frozen', { pod: pod.id, step, error: errorText(error) });
  }
  if (failures.length > 0) throw new InternalError(`checkpoint in pod "${pod.id}": undo of ${failures.map(({ step, error }) => `${step}: ${errorText(error)}`).join('; ')}`);
}

async function write(context: PodContext, pod: PodRecord, { container, directory }: Captured, made: Parameters<typeof describeContainer>[2], { signal, timeoutMs }: CaptureOptions): Promise<void> {
  const { id } = container;
  const [imagesDir, workDir] = [join(directory, IMAGES_DIRECTORY), join(directory, 'work')];
  for (const path of [imagesDir, workDir]) await mkdir(path, { mode: 0o700 });
  // CRIU is let finish: killed while it works in a process it may leave that process stopped for good.
  await context.runtimes.of(pod.runtime).checkpoints.dump({ id, imagesDir, workDir, criu: made.criu, timeoutMs }, { signal: new AbortController().signal });
  throwIfAborted(signal, `checkpoint container "${id}"`);
  await copyFile(join(bundleDir(context.config, id), 'config.json'), join(directory, SPEC_FILE));
  await writeFile(join(directory, DESCRIPTION_FILE), `${JSON.stringify(describeContainer(container, pod, made))}\n`, { mode: 0o600 });
  const { upper } = await context.storage.rootfs.ensureMounted(id);
  await writeRootfsDiff(context.runner, { upper, file: join(directory, DIFF_FILE), workDir, timeoutMs }, { signal });
  await rm(workDir, { recursive: true });
}

/** One archive of a container's parts, for root only: it holds the container's memory. `file` must not exist yet. */
export async function pack(context: PodContext, directory: string, file: string, { signal, timeoutMs }: CaptureOptions): Promise<void> {
  await writeFile(file, '', { mode: 0o600, flag: 'wx' });
  await runTar(context.runner, `write archive "${file}"`, ['--create', '--file', file, '--format=posix', '--numeric-owner', '--directory', directory, DESCRIPTION_FILE, SPEC_FILE, IMAGES_DIRECTORY, DIFF_FILE], timeoutMs, signal);
}
