import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, FailedPreconditionError, InvalidArgumentError, NotFoundError } from '#errors';
import type { CheckpointPodRequest } from '../api.ts';
import type { PodContext } from '../context.ts';
import type { Operation } from '../operation.ts';
import type { ContainerRecord } from '../record.ts';
import { containerState } from '../record.ts';
import { capture, pack, type Captured, type CaptureOptions } from './capture.ts';
import { POD_FILE, podMember } from './parts.ts';
import { formatPodFile } from './pod-file.ts';

/**
 * One consistent checkpoint of several running containers of a pod, as files in an empty directory of the caller's; nothing is written elsewhere. In the
 * pod's queue. The containers go on when this returns, also after a failure, and then nothing is left in the directory.
 * @throws FailedPreconditionError, InvalidArgumentError, NotFoundError for the request; DeadlineExceededError and CancelledError by `signal`
 */
export async function checkpointPod(context: PodContext, podId: string, { outputPath, containerIds }: CheckpointPodRequest, options: CaptureOptions, operation: Operation): Promise<void> {
  const pod = context.store.requirePod(podId);
  if (pod.phase !== 'ready') throw new FailedPreconditionError(`checkpoint pod "${podId}": it is not ready`);
  const containers = selected(context, podId, containerIds);
  await checkEmpty(outputPath);
  const members: readonly (Captured & { readonly file: string })[] = containers.map((container, index) => ({ container, directory: join(outputPath, `container-${index}`), file: join(outputPath, podMember(index)) }));
  const all = [...members.flatMap(({ directory, file }) => [directory, file]), join(outputPath, POD_FILE)];
  for (const { id } of containers) context.store.patchContainer(id, { capturing: all });
  try {
    for (const { directory } of members) await mkdir(directory, { mode: 0o700 });
    await capture(context, pod, members, options, operation);
    operation.stage('archives');
    for (const { directory, file } of members) {
      await pack(context, directory, file, options);
      await rm(directory, { recursive: true });
    }
    await writeFile(join(outputPath, POD_FILE), formatPodFile(pod, containers), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    for (const path of all) await rm(path, { recursive: true, force: true });
    throw error;
  } finally {
    for (const { id } of containers) context.store.patchContainer(id, { capturing: [] });
  }
}

function selected(context: PodContext, podId: string, ids: readonly string[]): ContainerRecord[] {
  const containers = ids.map((id) => context.store.requireContainer(id));
  if (new Set(containers.map(({ id }) => id)).size < ids.length) throw new InvalidArgumentError(`checkpoint pod "${podId}": container_ids names a container twice`);
  for (const container of containers) {
    if (container.podId !== podId) throw new InvalidArgumentError(`checkpoint pod "${podId}": container "${container.id}" belongs to pod "${container.podId}"`);
    const state = containerState(container);
    if (state !== 'running') throw new FailedPreconditionError(`checkpoint pod "${podId}": container "${container.id}" is ${state}, expected running`);
  }
  return containers;
}

async function checkEmpty(outputPath: string): Promise<void> {
  const title = `checkpoint to output_path "${outputPath}"`;
  try {
    if (!(await lstat(outputPath)).isDirectory()) throw new InvalidArgumentError(`${title}: it is no directory`);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new NotFoundError(`${title}: there is no such directory`, { cause: error });
    throw error;
  }
  const [first] = await readdir(outputPath);
  if (first !== undefined) throw new InvalidArgumentError(`${title}: it holds "${first}", expected an empty directory`);
}
