/** A container in state "created" that will go on from a checkpoint: all that StartContainer needs lies with it, the archive may go. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailedPreconditionError } from '#errors';
import { podHostname } from '#oci';
import type { Spec } from '#oci';
import type { PodContext } from '../context.ts';
import { bundleDir } from '../context.ts';
import type { PodRecord } from '../record.ts';
import type { CheckpointPlace } from './origin.ts';
import { rewriteHostname } from './criu-images.ts';
import { checkOrigin, checkSpec } from './compatible.ts';
import { thisMachine } from './description.ts';
import type { Checkpoint } from './open-checkpoint.ts';
import { openCheckpoint, openCheckpointTree } from './open-checkpoint.ts';

/** Runtimes hand CRIU the file that this annotation names: https://criu.org/Configuration_files */
const CRIU_CONFIG_ANNOTATION = 'org.criu.config';

/** The checkpoint, if it can be restored in this pod at all. @throws FailedPreconditionError; InvalidArgumentError and NotFoundError for what is no checkpoint */
export async function openForRestore(context: PodContext, pod: Pick<PodRecord, 'runtime' | 'config'>, { path, tree }: CheckpointPlace): Promise<Checkpoint> {
  const runtime = context.runtimes.of(pod.runtime);
  await runtime.checkpoints.ensure('restore', { signal: new AbortController().signal });
  if (pod.config.linux.securityContext.namespaceOptions.usernsOptions?.mode === 'pod') throw new FailedPreconditionError(`restore "${path}": the pod has a user namespace, which CRIU cannot restore into`);
  const checkpoint = tree === undefined ? await openCheckpoint(path) : await openCheckpointTree(path, tree);
  checkOrigin(checkpoint, runtime.handler, await thisMachine());
  return checkpoint;
}

/** Where what a restore needs is kept; goes with the container. */
export function restoreDirs({ config }: PodContext, id: string): { readonly directory: string; readonly imagesDir: string; readonly workDir: string } {
  const directory = join(config.root, 'containers', id, 'restore');
  return { directory, imagesDir: join(directory, 'checkpoint'), workDir: join(directory, 'work') };
}

export function criuConfigFile(context: PodContext, id: string): string {
  return join(bundleDir(context.config, id), 'criu.conf');
}

/** The specification that names CRIU's configuration. */
export function restorableSpec(context: PodContext, id: string, spec: Spec): Spec {
  return { ...spec, annotations: { ...spec.annotations, [CRIU_CONFIG_ANNOTATION]: criuConfigFile(context, id) } };
}

/** In the container's bundle and root file system, which are there. @throws FailedPreconditionError when the checkpoint does not fit `spec` */
export async function prepareRestore(context: PodContext, pod: PodRecord, id: string, checkpoint: Checkpoint, spec: Spec): Promise<void> {
  checkSpec(checkpoint, spec);
  const { directory, imagesDir, workDir } = restoreDirs(context, id);
  await mkdir(directory, { mode: 0o700 });
  await chmod(directory, 0o700);
  await mkdir(workDir, { mode: 0o700 });
  await checkpoint.copyImages(imagesDir);
  await rewriteHostname(imagesDir, podHostname(pod.config, pod.id));
  await writeFile(criuConfigFile(context, id), criuConfig(pod), { mode: 0o600 });
}

/**
 * What runtimes have no arguments for. The pod's IPC and UTS namespaces instead of copies of the old ones; connections of the old pod's address are closed,
 * sockets that listen go on.
 */
function criuConfig({ namespaces }: PodRecord): string {
  const join = (['ipc', 'uts'] as const).flatMap((type) => namespaces[type] === undefined ? [] : [`join-ns ${type}:${namespaces[type]}`]);
  return [...join, 'tcp-close', ''].join('\n');
}

/** Takes away what only the restore needed; later checkpoints of the container read an empty configuration. Idempotent. */
export async function endRestore(context: PodContext, id: string): Promise<void> {
  await rm(restoreDirs(context, id).directory, { recursive: true, force: true });
  await writeFile(criuConfigFile(context, id), '', { mode: 0o600 });
}
