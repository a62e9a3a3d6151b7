import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfAborted } from '#async';
import { AlreadyExistsError, errnoOf, errorText, InvalidArgumentError, NotFoundError } from '#errors';
import type { RestoredPod, RestorePodRequest } from '../api.ts';
import type { PodContext } from '../context.ts';
import { createContainer } from '../create-container.ts';
import type { Operation } from '../operation.ts';
import { removePodSandbox } from '../remove.ts';
import { findByIdentity, runPodSandbox } from '../run-pod-sandbox.ts';
import type { Stops } from '../stop-container.ts';
import { readJsonFile } from './open-checkpoint.ts';
import { POD_FILE } from './parts.ts';
import { parsePodFile, type PodMember } from './pod-file.ts';
import { openForRestore } from './prepare-restore.ts';

/**
 * A pod with created containers, each of which goes on from the checkpoint when it is started. The checkpoint is only read, and may go afterwards.
 * @throws InvalidArgumentError and FailedPreconditionError for a checkpoint that is none or does not fit; whatever fails, nothing is left
 */
export async function restorePod(context: PodContext, stops: Stops, request: RestorePodRequest, signal: AbortSignal, operation: Operation): Promise<RestoredPod> {
  const { config, runtimeHandler, checkpointPath, containerConfigs } = request;
  operation.stage('read checkpoint');
  const archives = await archivesOf(context, request);
  const existing = findByIdentity(context, config);
  if (existing && context.store.containersOf(existing.id).some(({ restoredFrom, startedAt }) => restoredFrom === undefined || startedAt > 0n)) {
    throw new AlreadyExistsError(`restore pod from "${checkpointPath}": pod "${existing.id}" has this identity`);
  }
  throwIfAborted(signal, 'restore the pod');
  operation.stage('pod');
  const unlimited = new AbortController().signal;
  const podSandboxId = await runPodSandbox(context, config, runtimeHandler, unlimited, { restoring: true });
  operation.subject = podSandboxId;
  try {
    const containers: RestoredPod['containers'][number][] = [];
    for (const container of containerConfigs) {
      const { name } = container.metadata;
      throwIfAborted(signal, 'restore the pod');
      operation.stage(`container ${name}`);
      containers.push({ name, containerId: await createContainer(context, podSandboxId, container, unlimited, { checkpoint: archives.get(name) ?? '' }) });
    }
    throwIfAborted(signal, 'restore the pod');
    context.store.patchPod(podSandboxId, { restoring: false });
    return { podSandboxId, containers };
  } catch (error) {
    operation.stage('undo');
    if (!existing) await takeBack(context, stops, podSandboxId);
    throw error;
  }
}

/** What cannot be taken back stays, for a later RemovePodSandbox. */
async function takeBack(context: PodContext, stops: Stops, podId: string): Promise<void> {
  try {
    await removePodSandbox(context, stops, podId, new AbortController().signal);
  } catch (error) {
    context.log.error('a pod that could not be restored is not fully taken back', { pod: podId, error: errorText(error) });
  }
}

/** The archive of each container by its name, all of them looked into. */
async function archivesOf(context: PodContext, { checkpointPath, config, runtimeHandler, containerConfigs }: RestorePodRequest): Promise<ReadonlyMap<string, string>> {
  const { handler } = context.runtimes.get(runtimeHandler);
  await checkDirectory(checkpointPath);
  const file = join(checkpointPath, POD_FILE);
  const members = parsePodFile(await readJsonFile(file), file);
  checkNames(checkpointPath, members, containerConfigs.map(({ metadata }) => metadata.name));
  const archives = new Map(members.map(({ name, archive }) => [name, join(checkpointPath, archive)]));
  for (const [name, archive] of archives) {
    const { description } = await openForRestore(context, { runtime: handler, config }, { path: archive });
    if (description.name !== name) throw new InvalidArgumentError(`checkpoint "${archive}": it is of container "${description.name}", and "${file}" says "${name}"`);
  }
  return archives;
}

async function checkDirectory(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isDirectory()) throw new InvalidArgumentError(`checkpoint_path "${path}" is no directory`);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new NotFoundError(`checkpoint_path "${path}": there is no such directory`, { cause: error });
    throw error;
  }
}

function checkNames(path: string, members: readonly PodMember[], wanted: readonly string[]): void {
  const names = members.map(({ name }) => name);
  const [missing, further] = [names.filter((name) => !wanted.includes(name)), wanted.filter((name) => !names.includes(name))];
  if (missing.length + further.length === 0) return;
  throw new InvalidArgumentError(`restore pod from "${path}": container_configs must name the checkpoint's containers (${names.join(', ')})${missing.length > 0 ? `; without ${missing.join(', ')}` : ''}${further.length > 0 ? `; ${further.join(', ')} is not in it` : ''}`);
}
