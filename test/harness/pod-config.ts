import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { messages } from '#cri';
import { BUSYBOX_IMAGE } from '../fixtures/images/critest.ts';
import type { Davit } from './davit.ts';

type Input<T> = messages.Input<T>;
export type PodConfig = Input<messages.PodSandboxConfig>;
export type ContainerConfig = Input<messages.ContainerConfig>;

export type PodOptions = PodConfig & { readonly name: string };
export type ContainerOptions = ContainerConfig & { readonly name: string };

/** A pod as kubelet would ask for one; `options` replaces top fields. Its logs go below the daemon's directory. */
export function podConfig(davit: Pick<Davit, 'logs'>, { name, ...options }: PodOptions): PodConfig {
  const uid = randomUUID();
  return {
    metadata: { name, uid, namespace: 'test', attempt: 0 }, hostname: name, logDirectory: join(davit.logs, `test_${name}_${uid}`),
    labels: { 'io.kubernetes.pod.name': name, 'io.kubernetes.pod.namespace': 'test', 'io.kubernetes.pod.uid': uid }, annotations: {}, linux: {}, ...options,
  };
}

/** A container that does what `options.command` says, in the busybox image. */
export function containerConfig({ name, ...options }: ContainerOptions): ContainerConfig {
  return {
    metadata: { name, attempt: 0 }, image: { image: BUSYBOX_IMAGE, userSpecifiedImage: BUSYBOX_IMAGE }, logPath: `${name}.log`,
    labels: { 'io.kubernetes.container.name': name }, annotations: {}, linux: {}, ...options,
  };
}

/** Writes a configuration as the JSON file that crictl reads. @returns its path */
export async function writeConfig(davit: Davit, config: PodConfig | ContainerConfig): Promise<string> {
  const path = join(davit.directory, `${randomUUID()}.json`);
  await writeFile(path, JSON.stringify(toCrictl(config)));
  return path;
}

/** Maps whose keys belong to the user and keep their spelling. */
const USER_MAPS = new Set(['labels', 'annotations', 'sysctls', 'unified']);

/** crictl names fields as the .proto files do. */
function toCrictl(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (Array.isArray(value)) return value.map(toCrictl);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), USER_MAPS.has(key) ? field as unknown : toCrictl(field)]));
}
