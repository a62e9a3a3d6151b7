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
import type { HandlerConfig, RuntimeFeatures, RuntimeHandler } from './handler.ts';
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
}

/** The handler table. */
export interface Runtimes {
  /**
   * @param name '' is the default handler.
   * @throws InvalidArgumentError for an unknown name, FailedPreconditionError when its binary is missing at this moment.
   */
  get(name: string): Runtime;
  /** For Status: the default handler under '' first, then every handler by its name. */
  list(): { readonly name: string; readonly features: RuntimeFeatures }[];
  /** Compiles the default seccomp profile where a runtime takes programs, so that the first pod does not wait some 200 ms for it. */
  warmUp(options: { signal: AbortSignal }): Promise<void>;
}

/** Asks every binary what it can; one that is missing is told to the log, and to whoever uses its handler. */
export async function createRuntimes(options: RuntimesOptions): Promise<Runtimes> {
  const { handlers, defaultHandler, cgroupManager, runner, log } = options;
  const byDefault = handlers[defaultHandler];
  if (!byDefault) throw new InvalidArgumentError(`default runtime '${defaultHandler}': no such runtime handler, known are ${names(handlers)}`);
  const compiler = createSeccompCompiler({ cacheDir: options.seccompCacheDir ?? join(dirname(byDefault.root), 'seccomp'), runner });
  const report = onceEach(log);
  const entries = new Map(await Promise.all(Object.entries(handlers).map(async ([name, config]) => {
    const entry = new Entry(name, config, (handler) => createRuntime({ handler, cgroupManager, runner, compiler, report }), runner, log);
    await entry.probe();
    return [name, entry] as const;
  })));
  const find = (name: string): Entry => {
    const entry = entries.get(name === '' ? defaultHandler : name);
    if (!entry) throw new InvalidArgumentError(`runtime handler '${name}': not configured, known are ${names(handlers)}`);
    return entry;
  };
  return {
    get: (name) => find(name).get(),
    // Pods with user namespaces need a rootfs with mapped owners, which storage does not give: no handler offers them, whatever its runtime can.
    list: () => ['', ...entries.keys()].map((name) => ({ name, features: { ...find(name).features, userNamespaces: false } })),
    warmUp: async (o) => { if ([...entries.values()].some((entry) => entry.features.seccompProgram)) await compiler.compile(defaultSeccompProfile(), o); },
  };
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
      throw new FailedPreconditionError(`runtime handler '${this.#name}': cannot execute its binary '${path}'`, { cause: error });
    }
    // Installed since the start of the daemon: this use works without optional features, later ones have them.
    if (!this.#probe) void this.probe();
    return this.#runtime ??= this.#make(this.#handler());
  }

  #handler(): RuntimeHandler {
    const { path, root, allowedAnnotations = [], defaultAnnotations = {}, minMemoryBytes = 0, privilegedWithoutHostDevices = false } = this.#config;
    return { name: this.#name, path, root, features: this.features, version: this.#probe?.version ?? '', allowedAnnotations, defaultAnnotations, minMemoryBytes, privilegedWithoutHostDevices };
  }
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
