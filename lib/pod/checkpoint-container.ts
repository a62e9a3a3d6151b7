import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { errnoOf, FailedPreconditionError, InvalidArgumentError } from '#errors';
import type { PodContext } from './context.ts';
import { bundleDir, newId } from './context.ts';
import { encode } from './encoding.ts';
import type { Operation } from './operation.ts';
import { containerState } from './record.ts';

/** When the client names none. */
const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Writes an archive of a running container, its memory included, to `location`; the container goes on.
 * @throws FailedPreconditionError when it does not run, or its runtime cannot, in the runtime's words; InvalidArgumentError when something is at `location`: it is not replaced
 */
export async function checkpointContainer(context: PodContext, id: string, location: string, timeoutMs: number, operation: Operation): Promise<void> {
  const container = context.store.requireContainer(id);
  const pod = context.store.requirePod(container.podId);
  const state = containerState(container);
  if (state !== 'running') throw new FailedPreconditionError(`checkpoint container "${id}": it is ${state}, expected running`);
  if (await exists(location)) throw new InvalidArgumentError(`checkpoint container "${id}": location "${location}" exists, expected the path of a new file`);
  operation.stage('checkpoint');
  const { upper } = await context.storage.rootfs.ensureMounted(id);
  const { config, imageId, imageRef, createdAt, startedAt } = container;
  await context.runtimes.of(pod.runtime).checkpoint({
    id, specFile: join(bundleDir(context.config, id), 'config.json'), upperDir: upper, workDir: join(context.config.root, 'containers', id, `checkpoint-${newId().slice(0, 12)}`), location, timeoutMs: timeoutMs || DEFAULT_TIMEOUT_MS,
    // Plain JSON: bytes and large numbers in the store's own form.
    description: JSON.parse(encode({ id, name: config.metadata.name, pod: pod.config.metadata, runtimeHandler: pod.runtimeHandler, imageId, imageRef, createdAt, startedAt, config })) as object,
  }, { signal: new AbortController().signal });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, (error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return false;
    throw new InvalidArgumentError(`look at location "${path}"`, { cause: error });
  });
}
