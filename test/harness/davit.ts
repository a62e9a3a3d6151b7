import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '#cri';
import type { CriClient } from '#cri';
import { createCrictl } from './crictl.ts';
import type { Crictl } from './crictl.ts';
import { createNetwork } from './network.ts';
import type { TestNetwork } from './network.ts';
import { CNI_PLUGIN_DIRECTORY, DAVIT } from './places.ts';
import { registriesConf } from './registries-conf.ts';

export interface DavitOptions {
  /** `127.0.0.1:port` of the registry with the test images. */
  readonly images: string;
  /** Further image hosts, each with the address of the registry that serves `<host>/…`. */
  readonly mirrors?: Readonly<Record<string, string>>;
  /** Text of davit.conf; default none. */
  readonly config?: string;
  /** Further arguments of `davit serve`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where its transient state goes, if not below its own directory; not removed at the end. */
  readonly runroot?: string;
  /** Searched for CNI plugins before Debian's. */
  readonly pluginDir?: string;
  /** An existing directory of a short path; its own directory is made there. Default /tmp. */
  readonly parent?: string;
  /** Default debug. */
  readonly logLevel?: string;
  /** The cgroup.procs file of a cgroup that it is born in. */
  readonly cgroupProcs?: string;
}

/** A daemon of its own state, network and socket. Disposing stops it and removes all of that; containers must be gone by then. */
export interface Davit extends AsyncDisposable {
  /** Holds everything of this daemon. Short: sockets lie below it. */
  readonly directory: string;
  readonly root: string;
  readonly runroot: string;
  /** Pod log directories of tests. */
  readonly logs: string;
  readonly socket: string;
  readonly network: TestNetwork;
  readonly crictl: Crictl;
  /** Reconnects by itself after a restart. */
  readonly client: CriClient;
  /** What it logged so far, over all its starts; after disposing, too. */
  log(): string;
  pid(): number;
  /** Starts it again after stop() or kill9(), with the same state. Resolves when it answers. */
  start(): Promise<void>;
  /** SIGTERM. @throws Error when it does not end in time or not with code 0. */
  stop(): Promise<void>;
  /** SIGKILL to the daemon's own process; nothing else is touched. */
  kill9(): Promise<void>;
}

/** Far more than it takes, also on a host that stands still for a while. */
const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
const POLL_MS = 25;

/** Starts `bin/davit serve` and waits until it answers. @throws Error with its log when it does not. */
export async function startDavit(options: DavitOptions): Promise<Davit> {
  const directory = await mkdtemp(join(options.parent ?? '/tmp', 'dv-'));
  // To pass through, as /var/lib is: root of a pod's user namespace is nobody here.
  await chmod(directory, 0o711);
  const davit = await createDavit(directory, options);
  try {
    await davit.start();
  } catch (error) {
    await davit[Symbol.asyncDispose]();
    throw error;
  }
  return davit;
}

async function createDavit(directory: string, options: DavitOptions): Promise<Davit> {
  const root = join(directory, 'root');
  const runroot = options.runroot ?? join(directory, 'run');
  const socket = join(directory, 'davit.sock');
  const logFile = join(directory, 'davit.log');
  const logs = join(directory, 'logs');
  await mkdir(logs);
  await writeFile(join(directory, 'registries.conf'), registriesConf(options.images, options.mirrors));
  await writeFile(join(directory, 'davit.conf'), options.config ?? '');
  const network = await createNetwork(directory, randomInt(0, 65_536));
  const args = [
    'serve', '--config', join(directory, 'davit.conf'), '--config-dir', '', '--root', root, '--runroot', runroot, '--listen', socket, '--registries-conf', join(directory, 'registries.conf'),
    '--cni-config-dir', network.confDir, ...options.pluginDir === undefined ? [] : ['--cni-plugin-dir', options.pluginDir], '--cni-plugin-dir', CNI_PLUGIN_DIRECTORY, '--log-level', options.logLevel ?? 'debug', ...options.args ?? [],
  ];
  const client = createClient(socket);
  let child: ChildProcess | undefined;
  let lastWords = '';
  const log = (): string => lastWords || readText(logFile);

  const start = async (): Promise<void> => {
    const output = createWriteStream(logFile, { flags: 'a' });
    await once(output, 'open');
    const [file, ...words] = options.cgroupProcs === undefined ? [DAVIT, ...args] : ['/bin/sh', '-c', 'echo $$ > "$0" && exec "$@"', options.cgroupProcs, DAVIT, ...args];
    child = spawn(file, words, { stdio: ['ignore', output, output], env: { ...process.env, NO_PROXY: '*', ...options.env } });
    output.destroy();
    await ready(client, child, log);
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    if (await Promise.race([exited, delay(STOP_TIMEOUT_MS, 'late', { ref: false })]) === 'late') {
      child.kill('SIGKILL');
      throw new Error(`davit did not end ${STOP_TIMEOUT_MS} ms after ${signal}; its log:\n${log()}`);
    }
    if (signal === 'SIGTERM' && child.exitCode !== 0) throw new Error(`davit ended with ${child.exitCode ?? child.signalCode} after SIGTERM; its log:\n${log()}`);
  };
  return {
    directory, root, runroot, logs, socket, network, client, log, start,
    crictl: await createCrictl(directory, socket),
    pid: () => child?.pid ?? 0,
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      client.close();
      await end('SIGTERM').finally(() => network.dispose());
      lastWords = readText(logFile);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function ready(client: CriClient, child: ChildProcess, log: () => string): Promise<void> {
  const end = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const error = await client.call('Version', {}, { timeoutMs: 1000 }).then(() => undefined, (e: unknown) => e);
    if (error === undefined) return;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`davit ended with ${child.exitCode ?? child.signalCode} at its start; its log:\n${log()}`);
    if (performance.now() > end) {
      child.kill('SIGKILL');
      throw new Error(`davit does not answer ${READY_TIMEOUT_MS} ms after its start; its log:\n${log()}`, { cause: error });
    }
    await delay(POLL_MS);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
