/** A real kubelet without an API server: it runs the manifests of a directory as static pods, on whatever CRI socket it is given. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { eventually } from '../harness/index.ts';
import type { Pod } from './pod-status.ts';

const run = promisify(execFile);
const KUBELET = join(import.meta.dirname, '../../.cache/bin/kubelet');
/** Of the test's own network namespace. */
const READ_ONLY_PORT = 10_255;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
/** kubelet knows no other places for these: they are covered by file systems of the test's own mount namespace. */
const FIXED_DIRECTORIES = ['/var/lib/kubelet', '/var/log/containers', '/var/log/pods'];
/** Settings of the kernel that kubelet changes and that the whole host shares. */
const TUNED = ['vm/overcommit_memory', 'vm/panic_on_oom', 'kernel/panic', 'kernel/panic_on_oops', 'kernel/keys/root_maxkeys', 'kernel/keys/root_maxbytes'];

/** Disposing stops it and takes away what it has made; its pods are davit's to remove. */
export interface Kubelet extends AsyncDisposable {
  /** Writes or replaces a manifest. */
  apply(name: string, manifest: object): Promise<void>;
  remove(name: string): Promise<void>;
  /** Its pods by the names of their manifests, with their status as kubelet tells it. */
  pods(): Promise<ReadonlyMap<string, Pod>>;
  start(): Promise<void>;
  stop(): Promise<void>;
  log(): string;
}

/** @param directory everything that can be put somewhere goes here @param socket of the runtime */
export async function startKubelet(directory: string, socket: string): Promise<Kubelet> {
  const manifests = join(directory, 'manifests');
  const logFile = join(directory, 'kubelet.log');
  const tuned = await Promise.all(TUNED.map(async (name) => [name, await readFile(`/proc/sys/${name}`, 'utf8')] as const));
  await mkdir(manifests, { recursive: true });
  await writeFile(join(directory, 'kubelet.yaml'), JSON.stringify(configuration(directory, socket)));
  for (const path of FIXED_DIRECTORIES) await cover(path);
  let child: ChildProcess | undefined;
  const log = (): string => readFileSync(logFile, 'utf8');
  const start = async (): Promise<void> => {
    const output = createWriteStream(logFile, { flags: 'a' });
    await once(output, 'open');
    child = spawn(KUBELET, ['--config', join(directory, 'kubelet.yaml'), '--root-dir', join(directory, 'kubelet'), '--cert-dir', join(directory, 'pki'), '--hostname-override', 'node', '--v', '2'], { stdio: ['ignore', output, output] });
    output.destroy();
    await eventually('kubelet to answer', async () => {
      if (child?.exitCode !== null) throw new Error(`kubelet ended with ${child?.exitCode ?? 'nothing'}:\n${log().split('\n').slice(-40).join('\n')}`);
      return fetch(`http://127.0.0.1:${READ_ONLY_PORT}/healthz`).then((answer) => answer.ok, () => false);
    }, START_TIMEOUT_MS);
  };
  const stop = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    if (await Promise.race([exited, delay(STOP_TIMEOUT_MS, 'late', { ref: false })]) === 'late') child.kill('SIGKILL');
  };
  const kubelet: Kubelet = {
    start, stop, log,
    apply: (name, manifest) => writeFile(join(manifests, `${name}.json`), JSON.stringify(manifest)),
    remove: (name) => rm(join(manifests, `${name}.json`)),
    pods: async () => {
      const { items } = await (await fetch(`http://127.0.0.1:${READ_ONLY_PORT}/pods`)).json() as { items: Pod[] | null };
      // kubelet adds the node's name to that of a static pod.
      return new Map((items ?? []).map((pod) => [pod.metadata.name.replace(/-node$/, ''), pod]));
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await unmountBelow(directory);
      for (const path of FIXED_DIRECTORIES) await run('umount', [path]);
      await Promise.all(tuned.map(([name, value]) => writeFile(`/proc/sys/${name}`, value)));
    },
  };
  await start();
  return kubelet;
}

function configuration(directory: string, socket: string): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', containerRuntimeEndpoint: `unix://${socket}`, staticPodPath: join(directory, 'manifests'), fileCheckFrequency: '1s', syncFrequency: '5s',
    address: '127.0.0.1', readOnlyPort: READ_ONLY_PORT, authentication: { anonymous: { enabled: true }, webhook: { enabled: false } }, authorization: { mode: 'AlwaysAllow' },
    podLogsDir: join(directory, 'pod-logs'), volumePluginDir: join(directory, 'volume-plugins'), failCgroupV1: false, failSwapOn: false, makeIPTablesUtilChains: false, localStorageCapacityIsolation: false,
    // Disks of test hosts are as full as they are.
    evictionHard: { 'imagefs.available': '0%', 'nodefs.available': '0%', 'nodefs.inodesFree': '0%', 'memory.available': '0%' }, imageGCHighThresholdPercent: 100, enforceNodeAllocatable: [], cgroupRoot: '/',
  };
}

/** A new, empty file system over a directory that others use. */
async function cover(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await run('mount', ['-t', 'tmpfs', 'kubelet-test', path]);
}

/** Volumes of pods that kubelet had no time to take down, and what it mounts over its own directory. */
async function unmountBelow(directory: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '').filter((path) => path === join(directory, 'kubelet') || path.startsWith(`${directory}/kubelet/`));
  for (const path of mounts.reverse()) await run('umount', ['-l', path]);
}
