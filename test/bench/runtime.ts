/** The runtime under test: one behind a socket that the user names, or a davit of our own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createClient, type CriClient } from '#cri';
import { startDavit, startImages } from '../harness/index.ts';
import { BIG_IMAGE_HOST } from './big-image.ts';
import type { BenchOptions } from './options.ts';

/** Disposing ends what was started for the bench; pods must be gone by then. */
export interface RuntimeUnderTest extends AsyncDisposable {
  readonly client: CriClient;
  readonly socket: string;
  /** Name and version, for the report. */
  readonly name: string;
  /** For log directories of pods. */
  readonly logs: string;
}

/** @param bigImageRegistry address of the registry of the pull bench's image, when it runs; @param config text of davit.conf, of a davit of our own */
export async function runtimeUnderTest(options: BenchOptions, bigImageRegistry?: string, config = ''): Promise<RuntimeUnderTest> {
  return options.socket === undefined ? ownDavit(options.state, bigImageRegistry, config) : behindSocket(options.socket);
}

async function behindSocket(socket: string): Promise<RuntimeUnderTest> {
  const client = createClient(socket);
  const logs = await mkdtemp('/tmp/bench-logs-');
  return {
    client, socket, logs, name: await nameOf(client),
    [Symbol.asyncDispose]: async () => {
      client.close();
      await rm(logs, { recursive: true, force: true });
    },
  };
}

async function ownDavit(state: string, bigImageRegistry: string | undefined, config: string): Promise<RuntimeUnderTest> {
  await using started = new AsyncDisposableStack();
  const images = started.use(await startImages());
  const mirrors = bigImageRegistry === undefined ? {} : { [BIG_IMAGE_HOST]: bigImageRegistry };
  const davit = started.use(await startDavit({ images: images.address, mirrors, parent: state, config, logLevel: 'warn' }));
  const name = await nameOf(davit.client);
  const all = started.move();
  return { client: davit.client, socket: davit.socket, logs: davit.logs, name, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function nameOf(client: CriClient): Promise<string> {
  const { runtimeName, runtimeVersion } = await client.call('Version', {});
  return `${runtimeName} ${runtimeVersion}`;
}
