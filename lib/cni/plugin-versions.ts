/** Which versions of CNI a plugin binary supports, asked once per binary. */
import { InternalError } from '#errors';
import { findPlugin } from './find-plugin.ts';
import { invokePlugin, type PluginHost } from './invoke.ts';
import { isJsonObject } from './json.ts';
import { versionEnvironment } from './request.ts';
import { NEWEST_VERSION, OLDEST_VERSION } from './version.ts';

const VERSION_TIMEOUT_MS = 3000;
/** What a plugin of before 0.2.0 answers. */
const UNKNOWN_COMMAND = /unknown CNI_COMMAND: VERSION/;

/** Remembers answers until a binary's inode, size or times change. */
export class PluginVersions {
  readonly #host: PluginHost;
  readonly #known = new Map<string, { identity: string; versions: readonly string[] }>();

  constructor(host: PluginHost) {
    this.#host = host;
  }

  /** @throws UnavailableError when the plugin is not installed; InternalError when its answer is none. */
  async of(type: string, { signal }: { signal: AbortSignal }): Promise<readonly string[]> {
    const { path, identity } = await findPlugin(type, this.#host.pluginDirs);
    const known = this.#known.get(path);
    if (known?.identity === identity) return known.versions;
    const versions = await this.#ask(type, path, signal);
    this.#known.set(path, { identity, versions });
    return versions;
  }

  /** Forgets the binaries that no configuration names any more. */
  retain(types: ReadonlySet<string>): void {
    for (const path of this.#known.keys()) if (!types.has(path.slice(path.lastIndexOf('/') + 1))) this.#known.delete(path);
  }

  async #ask(type: string, path: string, signal: AbortSignal): Promise<readonly string[]> {
    const invocation = { type, path, what: 'VERSION', environment: versionEnvironment(), request: { cniVersion: NEWEST_VERSION }, deadline: Date.now() + VERSION_TIMEOUT_MS };
    try {
      return parseVersions(await invokePlugin(this.#host, invocation, { signal }), type);
    } catch (error) {
      if (error instanceof Error && UNKNOWN_COMMAND.test(error.message)) return [OLDEST_VERSION];
      throw error;
    }
  }
}

/** @throws InternalError */
export function parseVersions(stdout: Buffer, type: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(stdout.toString('utf8'));
  } catch (error) {
    throw new InternalError(`CNI plugin "${type}": its answer to VERSION is not JSON`, { cause: error });
  }
  const { cniVersion, supportedVersions } = isJsonObject(value) ? value : {};
  if (Array.isArray(supportedVersions) && supportedVersions.every((version) => typeof version === 'string') && supportedVersions.length > 0) return supportedVersions;
  if (cniVersion === '0.2.0') return ['0.1.0', '0.2.0'];
  throw new InternalError(`CNI plugin "${type}": its answer to VERSION has no list "supportedVersions"`);
}
