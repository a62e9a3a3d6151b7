import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorText, FailedPreconditionError, InvalidArgumentError } from '#errors';
import type { ProcessRunner } from '#linux';
import type { Logger } from '#log';
import type { CgroupManager } from '../cgroups-path.ts';
import { createSeccompCompiler } from '../seccomp/compiler.ts';
import { defaultSeccompProfile } from '../seccomp/default-profile.ts';
import type { SpecAdjustment } from '../spec/adjustment.ts';
import type { CriuOptions } from './criu.ts';
import { DEFAULT_CREATE_TIMEOUT_MS, type HandlerConfig, type HandlerIdentity, type RuntimeFeatures, type RuntimeHandler } from './handler.ts';
import { NO_FEATURES, probeRuntime, type RuntimeProbe } from './probe.ts';
import { createRuntime, type Runtime } from './runtime.ts';

export interface RuntimesOptions {
  readonly handlers: Readonly<Record<string, HandlerConfig>>;
  /** A name of `handlers`; CRI's empty handler name means it. */
  readonly defaultHandler: string;
  readonly cgroupManager: CgroupManager;
  readonly runner: ProcessRunner;
  readonly log: Logger;
  /** Compiled seccomp programs; default 'seccomp' beside the default handler's root. */
  readonly seccompCacheDir?: string;
  /** Default: CRIU where runtimes look for it, everything allowed. */
  readonly criu?: CriuOptions;
}

/** Whether containers of a handler can be checkpointed and restored: with which CRIU, or what is missing. */
export interface CheckpointSupport { readonly supported: boolean; readonly words: string }

/** The handler table. */
export interface Runtimes {
  /**
   * @param name '' is the default handler.
   * @throws InvalidArgumentError for an unknown name, FailedPreconditionError when its binary is missing at this moment.
   */
  get(name: string): Runtime;
  /**
   * The runtime of containers that exist: the configured handler where it is still the same, else one of the same state directory, by the
   * binary that made them or, when that is gone, by what the configuration has under the name now.
   * @throws FailedPreconditionError when no binary is there.
   */
  of(identity: HandlerIdentity): Runtime;
  /** For Status: the default handler under '' first, then every handler by its name. */
  list(): { readonly name: string; readonly features: RuntimeFeatures }[];
  /** By handler, as found after the start; empty until then. */
  checkpointSupport(): Readonly<Record<string, CheckpointSupport>>;
  /** Compiles the default seccomp profile where a runtime takes programs, so that the first pod does not wait some 200 ms for it; has CRIU try the kernel. */
  warmUp(options: { signal: AbortSignal }): Promise<void>;
}

/** Asks every binary what it can; one that is missing is told to the log, and to whoever uses its handler. */
export async function createRuntimes(options: RuntimesOptions): Promise<Runtimes> {
  const { handlers, defaultHandler, cgroupManager, runner, log } = options;
  const byDefault = handlers[defaultHandler];
  if (!byDefault) throw new InvalidArgumentError(`default runtime '${defaultHandler}': no such runtime handler, known are ${names(handlers)}`);
  const compiler = createSeccompCompiler({ cacheDir: options.seccompCacheDir ?? join(dirname(byDefault.root), 'seccomp'), runner });
  const report = onceEach(log);
  const make = (handler: RuntimeHandler): Runtime => createRuntime({ handler, cgroupManager, runner, compiler, criu: options.criu ?? ANY_CRIU, report });
  const entries = new Map(await Promise.all(Object.entries(handlers).map(async ([name, config]) => {
    const entry = new Entry(name, config, make, runner, log);
    await entry.probe();
    return [name, entry] as const;
  })));
  const find = (name: string): Entry => {
    const entry = entries.get(name === '' ? defaultHandler : name);
    if (!entry) throw new InvalidArgumentError(`runtime handler '${name}': not configured, known are ${names(handlers)}`);
    return entry;
  };
  let support: Readonly<Record<string, CheckpointSupport>> = {};
  return {
    get: (name) => find(name).get(),
    of: (identity) => {
      const configured = entries.get(identity.name);
      if (configured?.is(identity)) return configured.get();
      return former(identity, configured?.path, make);
    },
    list: () => ['', ...entries.keys()].map((name) => ({ name, features: find(name).features })),
    checkpointSupport: () => support,
    warmUp: async (o) => {
      if ([...entries.values()].some((entry) => entry.features.seccompProgram)) await compiler.compile(defaultSeccompProfile(), o);
      support = Object.fromEntries(await Promise.all([...entries.keys()].map(async (name) => [name, await supportOf(() => find(name).get(), o)] as const)));
    },
  };
}

const ANY_CRIU: CriuOptions = { program: '', allowed: 'checkpoint_restore' };

async function supportOf(runtime: () => Runtime, options: { signal: AbortSignal }): Promise<CheckpointSupport> {
  try {
    return { supported: true, words: `CRIU ${await runtime().checkpoints.ensure('checkpoint', options)}` };
  } catch (error) {
    return { supported: false, words: errorText(error) };
  }
}

/** One handler, probed when its binary is first seen. */
class Entry {
  readonly #name: string;
  readonly #config: HandlerConfig;
  readonly #make: (handler: RuntimeHandler) => Runtime;
  readonly #runner: ProcessRunner;
  readonly #log: Logger;
  #probe: RuntimeProbe | undefined;
  #runtime: Runtime | undefined;
  #probing = false;

  constructor(name: string, config: HandlerConfig, make: (handler: RuntimeHandler) => Runtime, runner: ProcessRunner, log: Logger) {
    this.#name = name;
    this.#config = config;
    this.#make = make;
    this.#runner = runner;
    this.#log = log;
  }

  get path(): string {
    return this.#config.path;
  }

  /** Whether containers of `identity` are this handler's. */
  is({ path, root }: HandlerIdentity): boolean {
    return this.#config.path === path && this.#config.root === root;
  }

  get features(): RuntimeFeatures {
    return this.#probe?.features ?? NO_FEATURES;
  }

  /** Never rejects: a handler that cannot be asked works without optional features. */
  async probe(): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    try {
      await mkdir(this.#config.root, { recursive: true, mode: 0o700 });
      this.#probe = await probeRuntime(this.#config.path, this.#runner, { signal: new AbortController().signal });
      this.#runtime = undefined;
    } catch (error) {
      this.#log.warn('runtime handler does not answer', { handler: this.#name, path: this.#config.path, error: errorText(error) });
    } finally {
      this.#probing = false;
    }
  }

  get(): Runtime {
    const { path } = this.#config;
    try {
      accessSync(path, constants.X_OK);
    } catch (error) {
      throw unusable(this.#name, path, error);
    }
    // Installed since the start of the daemon: this use works without optional features, later ones have them.
    if (!this.#probe) void this.probe();
    return this.#runtime ??= this.#make(handlerOf(this.#name, this.#config, this.#probe));
  }

}

/** Of a handler that the configuration does not have any more, or not so: enough to stop and remove what it made. */
function former(identity: HandlerIdentity, configuredPath: string | undefined, make: (handler: RuntimeHandler) => Runtime): Runtime {
  const { name, root } = identity;
  const path = [identity.path, configuredPath].find((candidate) => candidate !== undefined && isExecutable(candidate));
  if (path === undefined) throw unusable(name, identity.path);
  return make(handlerOf(name, { path, root, type: 'oci' }, undefined));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unusable(name: string, path: string, cause?: unknown): FailedPreconditionError {
  return new FailedPreconditionError(`runtime handler '${name}': cannot execute its binary '${path}'`, { cause });
}

function handlerOf(name: string, config: HandlerConfig, probe: RuntimeProbe | undefined): RuntimeHandler {
  const { path, root, allowedAnnotations = [], defaultAnnotations = {}, minMemoryBytes = 0, privilegedWithoutHostDevices = false, seccompProfile = '', privilegedSeccompProfile = '', createTimeoutMs = DEFAULT_CREATE_TIMEOUT_MS } = config;
  return {
    name, path, root, features: probe?.features ?? NO_FEATURES, version: probe?.version ?? '', allowedAnnotations, defaultAnnotations, minMemoryBytes, privilegedWithoutHostDevices,
    seccompProfile, privilegedSeccompProfile, createTimeoutMs,
  };
}

function onceEach(log: Logger): (adjustments: readonly SpecAdjustment[]) => void {
  const reported = new Set<string>();
  return (adjustments) => {
    for (const { key, message } of adjustments) {
      if (reported.has(key)) continue;
      reported.add(key);
      log.warn(message);
    }
  };
}

function names(handlers: Readonly<Record<string, HandlerConfig>>): string {
  return Object.keys(handlers).map((name) => `'${name}'`).join(', ');
}
