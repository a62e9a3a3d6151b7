/** Commands about the storage work with the daemon and without it. */
import { existsSync } from 'node:fs';
import { CancelledError, errnoOf, FailedPreconditionError, UnavailableError } from '#errors';
import { askDaemon } from '../admin/ask.ts';
import type { StorageParts } from '../admin/command.ts';
import type { AdminCommands } from '../admin/commands.ts';
import { loadConfig } from '../config/load.ts';
import { configSources, type FlagValues } from './flags.ts';

type StorageCommand<Item> = (request: Readonly<Record<string, unknown>>, parts: StorageParts, signal: AbortSignal) => AsyncIterable<Item>;

/** Asks the running daemon; when none answers, locks and opens the storage and runs the command here. @throws as the command does; FailedPreconditionError when a daemon with another runroot has the storage. */
export async function* askOrOpen<Item>(values: FlagValues, name: keyof AdminCommands, request: Readonly<Record<string, unknown>>, command: StorageCommand<Item>): AsyncGenerator<Item> {
  try {
    yield* askDaemon(values, name, request) as AsyncGenerator<Item>;
  } catch (error) {
    const nobody = error instanceof UnavailableError && ['ENOENT', 'ECONNREFUSED'].includes(errnoOf(error) ?? '');
    if (!nobody) throw error;
    yield* runHere(values, request, command);
  }
}

async function* runHere<Item>(values: FlagValues, request: Readonly<Record<string, unknown>>, command: StorageCommand<Item>): AsyncGenerator<Item> {
  const [{ createStorage }, { createProcessRunner }, { silentLogger }, { makeRoomToStart, reservePath }, { lockDirectory }, { openImages }, { monitorBinary }] = await Promise.all([
    import('#storage'), import('#linux'), import('#log'), import('#fs'), import('../serve/root-lock.ts'), import('../serve/open-images.ts'), import('../serve/monitor-binary.ts'),
  ]);
  const { config } = await loadConfig(configSources(values));
  const { root } = config.crio;
  if (!existsSync(root)) throw new FailedPreconditionError(`no davit answers at ${JSON.stringify(config.crio.runroot)}, and there is no storage at ${JSON.stringify(root)}; expected the root and runroot of the daemon`);
  await using stack = new AsyncDisposableStack();
  makeRoomToStart(reservePath(root));
  stack.use(await lockDirectory('root', root));
  // What unpacks layers is caged here, too; its cgroup is the daemon's to make.
  const storage = stack.use(await createStorage({ root, log: silentLogger, cage: { program: monitorBinary(config), cgroupDirs: [] } }));
  const images = stack.use(await openImages(config, storage, createProcessRunner(), silentLogger, process.env));
  yield* command(request, { storage, images }, interruption());
}

/** Aborts at the first signal, so that the storage is closed as it should be; a second one ends the process at once. */
function interruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort(new CancelledError(`interrupted by ${signal}`)));
  return interrupted.signal;
}
