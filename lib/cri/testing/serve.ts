/** A real server on a real socket with fakes behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Images } from '#image';
import { createLogger } from '#log';
import type { Pods } from '#pod';
import { createClient } from '../client.ts';
import type { CriClient } from '../client.ts';
import { createServer } from '../server.ts';
import type { RuntimeInfo } from '../info.ts';
import type { CriServer } from '../server.ts';
import { fakeImages, fakeInfo, fakePods, fakeStreams } from './fakes.ts';
import type { Recorded } from './fakes.ts';

export interface Served extends AsyncDisposable {
  readonly socketPath: string;
  readonly client: CriClient;
  readonly server: CriServer;
  /** What the fakes were asked, in order. */
  readonly calls: Recorded[];
  /** How many calls it has answered. */
  answered(): number;
  /** The server's log lines as objects. */
  readonly log: Record<string, unknown>[];
}

export async function serve(overrides: { pods?: Partial<Pods>; images?: Partial<Images>; info?: Partial<RuntimeInfo> } = {}): Promise<Served> {
  const directory = await mkdtemp(join(tmpdir(), 'cri-'));
  const socketPath = join(directory, 'run', 'davit.sock');
  const calls: Recorded[] = [];
  const log: Record<string, unknown>[] = [];
  let answered = 0;
  const server = createServer({
    socketPath, pods: fakePods(calls, overrides.pods), images: fakeImages(calls, overrides.images), info: fakeInfo(calls, overrides.info), streams: fakeStreams(calls),
    log: createLogger({ level: 'debug', format: 'json', write: (line) => log.push(JSON.parse(line) as Record<string, unknown>) }), onAnswered: () => { answered++; },
  });
  await server.listen();
  const client = createClient(socketPath);
  return {
    socketPath, client, server, calls, log, answered: () => answered,
    [Symbol.asyncDispose]: async () => {
      client.close();
      await server.stop({ drainTimeoutMs: 0 });
      await rm(directory, { recursive: true, force: true });
    },
  };
}
