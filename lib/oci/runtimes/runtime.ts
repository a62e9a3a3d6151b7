/** One OCI runtime, driven by its command line: https://github.com/opencontainers/runtime-spec/blob/v1.0.2/runtime.md#operations. */
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText, FailedPreconditionError, InternalError, UnavailableError } from '#errors';
import type { ProcessRunner, RunResult } from '#linux';
import type { CgroupManager } from '../cgroups-path.ts';
import type { LinuxContainerResources } from '../config.ts';
import { prepareSeccomp, seccompChoice, type SeccompChoice, type SeccompRequest } from '../seccomp/prepare.ts';
import type { SeccompCompiler } from '../seccomp/compiler.ts';
import type { SpecAdjustment } from '../spec/adjustment.ts';
import { linuxResources, type ResourcesHost } from '../spec/resources.ts';
import type { LinuxResources, LinuxSeccomp } from '../spec/types.ts';
import { createCheckpoints, type Checkpoints } from './checkpoint.ts';
import type { CriuOptions } from './criu.ts';
import type { RuntimeHandler } from './handler.ts';

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/runtime.md#state */
export interface OciState {
  readonly ociVersion: string;
  readonly id: string;
  /** 'paused' is an extension that crun and runc share. */
  readonly status: 'creating' | 'created' | 'running' | 'stopped' | 'paused';
  /** 0 when it has none. */
  readonly pid: number;
  readonly bundle: string;
  readonly annotations: Readonly<Record<string, string>>;
}

type Options = { readonly signal: AbortSignal };

/** `create`, `start` and `exec` are the monitor's; what needs no monitor is here. Errors carry the runtime's own text. */
export interface Runtime {
  readonly handler: RuntimeHandler;
  /** What stands before the command, for whoever runs the binary. */
  globalArgs(): string[];
  /** Success when the runtime does not know it. `force` kills first. */
  delete(id: string, options: Options & { readonly force?: boolean }): Promise<void>;
  /** Undefined when the runtime does not know it. */
  state(id: string, options: Options): Promise<OciState | undefined>;
  /** Sets CRI's limits of a container that lives. @param options.bundle its bundle, in which a file lies meanwhile; one update at a time */
  update(id: string, resources: LinuxContainerResources, options: Options & { readonly host: ResourcesHost; readonly bundle: string }): Promise<void>;
  readonly checkpoints: Checkpoints;
  /** The seccomp part of a container's spec, compiled where this runtime takes a program. Undefined: unconfined. */
  seccomp(request: SeccompRequest, options: Options): Promise<SeccompChoice | undefined>;
  /** The annotations that hand over `profile` as a program; none where the runtime compiles itself. */
  seccompAnnotations(profile: LinuxSeccomp, options: Options): Promise<Readonly<Record<string, string>>>;
  /** Logs each kind of adjustment once in the daemon's life. */
  report(adjustments: readonly SpecAdjustment[]): void;
}

export interface RuntimeParts {
  readonly handler: RuntimeHandler;
  readonly cgroupManager: CgroupManager;
  readonly runner: ProcessRunner;
  readonly compiler: SeccompCompiler;
  readonly criu: CriuOptions;
  readonly report: (adjustments: readonly SpecAdjustment[]) => void;
}

/** Beside config.json. */
const UPDATE_FILE = 'update.json';

/** Deadlines of single commands, ms. */
const TIMEOUT_MS = { delete: 30_000, state: 10_000, update: 10_000 } as const;

export function createRuntime({ handler, cgroupManager, runner, compiler, criu, report }: RuntimeParts): Runtime {
  const globalArgs = (): string[] => ['--root', handler.root, ...(cgroupManager === 'systemd' ? ['--systemd-cgroup'] : [])];
  const run = (command: keyof typeof TIMEOUT_MS, args: readonly string[], { signal }: Options): Promise<RunResult> =>
    runner.run({ file: handler.path, args: [...globalArgs(), command, ...args], env: {}, timeoutMs: TIMEOUT_MS[command] }, { signal });
  const state = async (id: string, options: Options): Promise<OciState | undefined> => {
    const result = await run('state', [id], options);
    if (result.exitCode === 0) return parseState(handler, id, result.stdout.toString('utf8'));
    if (await isKnown(handler, id)) throw failure(handler, 'state', id, result);
    return undefined;
  };
  const programs = handler.features.seccompProgram ? compiler : undefined;
  return {
    handler,
    globalArgs,
    delete: async (id, { force = false, signal }) => {
      const result = await run('delete', [...(force ? ['--force'] : []), id], { signal });
      if (result.exitCode !== 0 && await isKnown(handler, id)) throw failure(handler, 'delete', id, result);
    },
    state,
    update: async (id, wanted, { host, bundle, signal }) => {
      const { resources, adjustments } = linuxResources(wanted, host, { minMemoryBytes: handler.minMemoryBytes });
      report(adjustments);
      // Not by standard input: crun opens /dev/stdin by name, which fails on a socket. What a daemon that is killed leaves goes with the bundle.
      const file = join(bundle, UPDATE_FILE);
      try {
        await writeFile(file, JSON.stringify(asUpdate(resources, handler, host)), { mode: 0o600 });
        const result = await run('update', ['--resources', file, id], { signal });
        if (result.exitCode !== 0) throw failure(handler, 'update', id, result);
      } finally {
        await rm(file, { force: true });
      }
    },
    checkpoints: createCheckpoints({ handler, criu, runner, globalArgs: globalArgs(), statusOf: async (id, options) => (await state(id, options))?.status }),
    seccomp: (request, options) => prepareSeccomp(request, handler, programs, options),
    seccompAnnotations: async (profile, options) => (await seccompChoice(profile, programs, options)).annotations,
    report,
  };
}

/** crun writes a negative quota as a number without sign, which version 1 refuses; it keeps no record of limits, so whoever updates may set that one himself. */
function asUpdate(resources: LinuxResources, { version }: RuntimeHandler, { cgroupKind }: ResourcesHost): LinuxResources {
  const { cpu: { quota = 0, ...cpu } = {} } = resources;
  return quota < 0 && cgroupKind !== 'v2' && version.startsWith('crun ') ? { ...resources, cpu } : resources;
}

/** Every OCI runtime of this command line keeps a container's state in <root>/<id>; its texts for "unknown" differ. */
async function isKnown(handler: RuntimeHandler, id: string): Promise<boolean> {
  return access(join(handler.root, id)).then(() => true, () => false);
}

function failure(handler: RuntimeHandler, command: string, id: string, result: RunResult): Error {
  const title = `${command} container '${id}' by runtime handler '${handler.name}' (${handler.path})`;
  if (result.timedOut) return new UnavailableError(`${title}: no answer after ${TIMEOUT_MS[command as keyof typeof TIMEOUT_MS]} ms`);
  const text = result.stderr.toString('utf8').trim();
  return new FailedPreconditionError(`${title}: ${text !== '' ? text : result.exitCode === undefined ? `ended by ${result.signal ?? 'a signal'}` : `exit code ${result.exitCode}`}`);
}

function parseState(handler: RuntimeHandler, id: string, text: string): OciState {
  try {
    const { ociVersion, status, pid, bundle, annotations } = JSON.parse(text) as Partial<OciState>;
    if (status === undefined) throw new Error('no status in it');
    return { ociVersion: ociVersion ?? '', id, status, pid: pid ?? 0, bundle: bundle ?? '', annotations: annotations ?? {} };
  } catch (error) {
    throw new InternalError(`state of container '${id}': runtime '${handler.path}' gave no state: ${errorText(error)}`, { cause: error });
  }
}
