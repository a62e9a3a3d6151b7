import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, FailedPreconditionError, InvalidArgumentError } from '#errors';
import type { PodContext } from '../context.ts';
import type { Operation } from '../operation.ts';
import { containerState } from '../record.ts';
import { capture, pack } from './capture.ts';

/** When the client names none. */
const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Writes an archive of a running container, its memory included, to `location`; the container goes on.
 * @throws FailedPreconditionError when it does not run, or its runtime cannot, in the runtime's words; InvalidArgumentError when something is at `location`: it is not replaced
 */
export async function checkpointContainer(context: PodContext, id: string, location: string, wantedMs: number, operation: Operation): Promise<void> {
  const container = context.store.requireContainer(id);
  const pod = context.store.requirePod(container.podId);
  const state = containerState(container);
  if (state !== 'running') throw new FailedPreconditionError(`checkpoint container "${id}": it is ${state}, expected running`);
  if (await exists(location)) throw new InvalidArgumentError(`checkpoint container "${id}": location "${location}" exists, expected the path of a new file`);
  const timeoutMs = wantedMs || DEFAULT_TIMEOUT_MS;
  const options = { signal: AbortSignal.timeout(timeoutMs), timeoutMs };
  const directory = join(context.config.root, 'containers', id, 'checkpoint');
  const unfinished = `${location}.partial-${id.slice(0, 12)}`;
  const remove = async (): Promise<void> => { for (const path of [unfinished, directory]) await rm(path, { recursive: true, force: true }); };
  context.store.patchContainer(id, { capturing: [directory, unfinished] });
  try {
    await remove();
    await mkdir(directory, { mode: 0o700 });
    await capture(context, pod, [{ container, directory }], options, operation);
    operation.stage('archive');
    await pack(context, directory, unfinished, options);
    await rename(unfinished, location);
  } finally {
    await remove();
    context.store.patchContainer(id, { capturing: [] });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, (error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return false;
    throw new InvalidArgumentError(`look at location "${path}"`, { cause: error });
  });
}
