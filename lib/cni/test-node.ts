/** For tests: the directories that a node has for CNI, under a temporary one that goes away with it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '#log';
import { createCni } from './cni.ts';
import { installPlugins, type FakePlugins } from './fake-plugins.ts';
import type { Attachment, Cni, CniOptions } from './types.ts';

export interface TestNode extends AsyncDisposable {
  readonly confDir: string;
  readonly pluginDir: string;
  readonly cacheDir: string;
  configure(file: string, content: unknown): Promise<void>;
  cni(runner: FakePlugins, options?: Partial<CniOptions>): Promise<Cni>;
}

/** @param plugins names of executables that are installed. */
export async function testNode(plugins: readonly string[] = ['one', 'two', 'three']): Promise<TestNode> {
  const root = await mkdtemp(join(tmpdir(), 'cni-'));
  const [confDir, pluginDir, cacheDir] = [join(root, 'net.d'), join(root, 'bin'), join(root, 'cache')] as const;
  await mkdir(confDir);
  await installPlugins(pluginDir, plugins);
  return {
    confDir, pluginDir, cacheDir,
    configure: (file, content) => writeFile(join(confDir, file), typeof content === 'string' ? content : JSON.stringify(content)),
    cni: (runner, options = {}) => createCni({ confDir, pluginDirs: [pluginDir], cacheDir, runner, log: silentLogger, hostPorts: false, ...options }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** A network of the fake plugins `one` and `two`. */
export const TWO_PLUGINS = { cniVersion: '1.0.0', name: 'net', plugins: [{ type: 'one' }, { type: 'two', capabilities: { portMappings: true } }] };

export function attachment(overrides: Partial<Attachment> = {}): Attachment {
  return { sandboxId: 'box', netnsPath: '/proc/self/ns/net', ifName: 'eth0', pod: { name: 'pod', namespace: 'ns', uid: 'uid' }, portMappings: [], ...overrides };
}

export function signal(): AbortSignal {
  return AbortSignal.timeout(60_000);
}
