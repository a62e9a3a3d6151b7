/** What an OCI runtime binary is and can do: by its own `features` where it has that, else by its version. */
import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { errorText, UnavailableError } from '#errors';
import type { ProcessRunner } from '#linux';
import { kernelAtLeast } from '../kernel-version.ts';
import type { RuntimeFeatures } from './handler.ts';

export interface RuntimeProbe {
  /** 'crun 1.8.1'. */
  readonly version: string;
  readonly features: RuntimeFeatures;
}

/** Nothing that an unknown runtime might lack. */
export const NO_FEATURES: RuntimeFeatures = { recursiveReadOnlyMounts: false, userNamespaces: false, idMappedMounts: false, seccompProgram: false, checkpoint: false };

const PROBE_TIMEOUT_MS = 5000;
/** First crun that has these, by its release notes; idmap meant the inverse mapping before. */
const CRUN_SINCE = { seccompProgram: [0, 18], recursiveReadOnly: [1, 4], idMapped: [1, 9] } as const;
/** mount_setattr(2), which recursive read-only and id-mapped mounts are made of. */
const MOUNT_SETATTR_SINCE = '5.12';

/** @throws NotFoundError for a missing binary, UnavailableError for one that does not say its version. */
export async function probeRuntime(path: string, runner: ProcessRunner, options: { signal: AbortSignal }): Promise<RuntimeProbe> {
  const run = (arg: string): ReturnType<ProcessRunner['run']> => runner.run({ file: path, args: [arg], env: {}, timeoutMs: PROBE_TIMEOUT_MS }, options);
  const answer = await run('--version');
  if (answer.timedOut) throw new UnavailableError(`probe runtime '${path}': --version had not ended after ${PROBE_TIMEOUT_MS} ms`);
  const version = parseVersion(answer.stdout.toString('utf8'));
  if (answer.exitCode !== 0 || version === undefined) throw new UnavailableError(`probe runtime '${path}': --version gave no version: ${errorText(answer.stderr.toString('utf8').trim())}`);
  const features = await run('features');
  const stated = features.exitCode === 0 ? parseFeatures(features.stdout.toString('utf8')) : undefined;
  return { version: `${version.name} ${version.text}`, features: onKernel({ ...byVersion(version), ...stated }, await thisKernel()) };
}

/** What the runtime can and this kernel too. */
export function onKernel(features: RuntimeFeatures, kernel: Kernel): RuntimeFeatures {
  const has = kernelAtLeast(MOUNT_SETATTR_SINCE, kernel.release);
  return {
    ...features, recursiveReadOnlyMounts: has && features.recursiveReadOnlyMounts, idMappedMounts: has && features.idMappedMounts,
    userNamespaces: features.userNamespaces && kernel.userNamespaces,
  };
}

/** What of the kernel matters to features. */
export interface Kernel {
  readonly release: string;
  /** Whether one can be made: built in, and not switched off by user.max_user_namespaces. */
  readonly userNamespaces: boolean;
}

async function thisKernel(): Promise<Kernel> {
  const limit = await readFile('/proc/sys/user/max_user_namespaces', 'utf8').catch(() => '0');
  return { release: release(), userNamespaces: Number(limit) > 0 };
}

interface Version {
  readonly name: string;
  readonly text: string;
  readonly parts: readonly [number, number];
  /** crun's list of what it is built with holds it. */
  readonly criu: boolean;
}

/** 'crun version 1.8.1', 'runc version 1.1.5+ds1'. */
export function parseVersion(text: string): Version | undefined {
  const [, name, version, major, minor] = /^(\S+) version ((\d+)\.(\d+)\S*)/m.exec(text) ?? [];
  return name === undefined || version === undefined ? undefined : { name, text: version, parts: [Number(major), Number(minor)], criu: /^\+.*\+CRIU\b/m.test(text) };
}

export function byVersion({ name, parts, criu }: Version): RuntimeFeatures {
  if (name !== 'crun') return { ...NO_FEATURES, userNamespaces: name === 'runc', checkpoint: name === 'runc' };
  const since = ([major, minor]: readonly [number, number]): boolean => parts[0] > major || (parts[0] === major && parts[1] >= minor);
  return { recursiveReadOnlyMounts: since(CRUN_SINCE.recursiveReadOnly), userNamespaces: true, idMappedMounts: since(CRUN_SINCE.idMapped), seccompProgram: since(CRUN_SINCE.seccompProgram), checkpoint: criu };
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.1.0/features.md; undefined when it is not of that form. */
export function parseFeatures(text: string): Omit<RuntimeFeatures, 'seccompProgram' | 'checkpoint'> | undefined {
  try {
    const { mountOptions, linux } = JSON.parse(text) as { mountOptions?: string[]; linux?: { namespaces?: string[]; mountExtensions?: { idmap?: { enabled?: boolean } } } };
    return {
      recursiveReadOnlyMounts: mountOptions?.includes('rro') ?? false,
      userNamespaces: linux?.namespaces?.includes('user') ?? false,
      idMappedMounts: linux?.mountExtensions?.idmap?.enabled ?? false,
    };
  } catch {
    return undefined;
  }
}
