/** Commands about the storage work with the daemon and without it. */
import { errnoOf, UnavailableError } from '#errors';
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
  const [{ createStorage }, { createProcessRunner }, { silentLogger }, { lockDirectory }, { openImages }, { monitorBinary }] = await Promise.all([
    import('#storage'), import('#linux'), import('#log'), import('../serve/root-lock.ts'), import('../serve/open-images.ts'), import('../serve/monitor-binary.ts'),
  ]);
  const { config } = await loadConfig(configSources(values));
  await using stack = new AsyncDisposableStack();
  stack.use(await lockDirectory('root', config.crio.root));
  // What unpacks layers is caged here, too; its cgroup is the daemon's to make.
  const storage = stack.use(await createStorage({ root: config.crio.root, log: silentLogger, cage: { program: monitorBinary(config), cgroupDirs: [] } }));
  const images = stack.use(await openImages(config, storage, createProcessRunner(), silentLogger, process.env));
  yield* command(request, { storage, images }, new AbortController().signal);
}
