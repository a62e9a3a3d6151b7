/** What the CNI plugins alone take to attach a pod to a bridge network like the harness's, with host ports' plugin in the chain. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCni, type Attachment } from '#cni';
import { MNT_DETACH, umount } from '#linux';
import { silentLogger } from '#log';
import { createNetwork } from '../harness/network.ts';
import { CNI_PLUGIN_DIRECTORY } from '../harness/places.ts';
import type { Stopwatch } from './stopwatch.ts';
import { createTimedShell } from './timed-shell.ts';

/** A program that does nothing. */
export const NOTHING = '/bin/true';
const TIMEOUT_MS = 60_000;
/** Among the harness's networks; a daemon's own number is random. */
const NETWORK_NUMBER = 65_500;

/** Disposing removes the bridge. All times are milliseconds of the plugins, without ours. */
export interface NetworkFloor extends AsyncDisposable {
  /** Makes a network namespace. @returns its path */
  prepare(id: string): Promise<string>;
  /** Attaches it. */
  add(id: string): Promise<number>;
  del(id: string): Promise<number>;
  /** The same shell and so many programs that do nothing. */
  nothing(programs: number): Promise<number>;
  /** Takes the namespace away. */
  remove(id: string): Promise<void>;
}

export async function createNetworkFloor(directory: string, stopwatch: Stopwatch): Promise<NetworkFloor> {
  const network = await createNetwork(directory, NETWORK_NUMBER);
  const namespaces = join(directory, 'ns');
  await mkdir(namespaces);
  const runner = await createTimedShell();
  const cni = await createCni({ confDir: network.confDir, pluginDirs: [CNI_PLUGIN_DIRECTORY], cacheDir: join(directory, 'cni'), runner, hostPorts: false, log: silentLogger });
  const attachment = (id: string): Attachment => ({ sandboxId: id, netnsPath: join(namespaces, id), ifName: 'eth0', pod: { name: id, namespace: 'bench', uid: id }, portMappings: [] });
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    runner.takeTotal();
    await work();
    return runner.takeTotal();
  };
  return {
    prepare: async (id) => {
      const { netnsPath } = attachment(id);
      await writeFile(netnsPath, '');
      await stopwatch.run('unshare', `--net=${netnsPath}`, 'true');
      return netnsPath;
    },
    add: (id) => timed(() => cni.add(attachment(id), { signal: AbortSignal.timeout(TIMEOUT_MS) })),
    del: (id) => timed(() => cni.del(attachment(id), { signal: AbortSignal.timeout(TIMEOUT_MS) })),
    nothing: (programs) => timed(async () => {
      for (let n = 0; n < programs; n++) await runner.run({ file: NOTHING, args: [], env: {}, timeoutMs: TIMEOUT_MS }, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    }),
    remove: async (id) => {
      const { netnsPath } = attachment(id);
      umount(netnsPath, MNT_DETACH);
      await rm(netnsPath);
    },
    [Symbol.asyncDispose]: async () => {
      await cni[Symbol.asyncDispose]();
      await runner[Symbol.asyncDispose]();
      await network.dispose();
    },
  };
}
