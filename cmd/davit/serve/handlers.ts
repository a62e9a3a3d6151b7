/** The handlers of the configuration as lib/oci takes them: binaries found, directories chosen. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { HandlerConfig } from '#oci';
import type { Config } from '../config/schema.ts';
import { BUILT_IN_HANDLERS } from '../config/schema.ts';

const MS_PER_SECOND = 1000;
/** Where a binary that is nowhere is said to be missing. */
const DEFAULT_BIN_DIR = '/usr/bin';

/**
 * Handlers by name. A built-in one that nothing configures and no directory of `searchPath` has is left out, unless it is the default:
 * any other that is missing is reported when it is used.
 * @param searchPath directories joined by ':', as in PATH.
 */
export async function resolveHandlers(config: Config, searchPath: string): Promise<Record<string, HandlerConfig>> {
  const { default_runtime: byDefault } = config.runtime;
  const resolved = await Promise.all(Object.entries(config.handlers).map(async ([name, handler]): Promise<[string, HandlerConfig] | undefined> => {
    // Its binary, and its state directory where it names one: containers of both are told apart by their ids.
    const inherited = handler.inherit_default_runtime ? byDefault : name;
    const { runtime_path, runtime_root } = config.handlers[inherited] ?? handler;
    const path = runtime_path === '' ? await findBinary(inherited, searchPath) : runtime_path;
    if (path === undefined && BUILT_IN_HANDLERS.includes(name) && name !== config.runtime.default_runtime) return undefined;
    return [name, {
      path: path ?? join(DEFAULT_BIN_DIR, inherited),
      root: runtime_root === '' ? join(config.crio.runroot, 'runtimes', inherited) : runtime_root,
      type: 'oci',
      allowedAnnotations: handler.allowed_annotations,
      defaultAnnotations: handler.default_annotations,
      minMemoryBytes: handler.container_min_memory,
      privilegedWithoutHostDevices: handler.privileged_without_host_devices,
      seccompProfile: handler.seccomp_profile === '' ? config.runtime.seccomp_profile : handler.seccomp_profile,
      privilegedSeccompProfile: config.runtime.privileged_seccomp_profile,
      createTimeoutMs: handler.container_create_timeout * MS_PER_SECOND,
    }];
  }));
  return Object.fromEntries(resolved.filter((entry) => entry !== undefined));
}

async function findBinary(name: string, searchPath: string): Promise<string | undefined> {
  for (const directory of searchPath.split(':').filter((d) => d.startsWith('/'))) {
    const path = join(directory, name);
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  }
  return undefined;
}
