/** Whether a network can take pods: every plugin installed, a common version, and no plugin that says no to STATUS. */
import { FailedPreconditionError } from '#errors';
import { invokePlugin, type PluginHost } from './invoke.ts';
import type { NetworkConfig } from './network-config.ts';
import type { PluginVersions } from './plugin-versions.ts';
import { pluginEnvironment, pluginRequest } from './request.ts';
import { compareVersions, isAtLeast, STATUS_SINCE } from './version.ts';

const STATUS_TIMEOUT_MS = 5000;

/**
 * The newest version that the configuration allows and all its plugins support.
 * @throws UnavailableError when a plugin is not installed; FailedPreconditionError naming the plugin that supports none.
 */
export async function commonVersion(network: NetworkConfig, plugins: PluginVersions, { signal }: { signal: AbortSignal }): Promise<string> {
  const answers = await Promise.all(network.plugins.map(async ({ type }) => ({ type, supported: await plugins.of(type, { signal }) })));
  let versions = network.versions;
  for (const { type, supported } of answers) {
    const left = versions.filter((version) => supported.some((other) => compareVersions(version, other) === 0));
    if (left.length === 0) throw new FailedPreconditionError(`network "${network.name}" is configured for CNI ${versions.join(', ')}; plugin "${type}" supports ${supported.join(', ')}`);
    versions = left;
  }
  return versions[0] as string;
}

/** Asks every plugin, where the version has STATUS. @throws the first plugin's refusal. */
export async function checkStatus(host: PluginHost, network: NetworkConfig, version: string, { signal }: { signal: AbortSignal }): Promise<void> {
  if (!isAtLeast(version, STATUS_SINCE)) return;
  const deadline = Date.now() + STATUS_TIMEOUT_MS;
  const environment = pluginEnvironment('STATUS', host.pluginDirs);
  for (const plugin of network.plugins) {
    const request = pluginRequest({ network: network.name, version, plugin });
    await invokePlugin(host, { type: plugin.type, what: `STATUS of network "${network.name}"`, environment, request, deadline }, { signal });
  }
}
