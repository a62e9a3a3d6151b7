import { statfs } from 'node:fs/promises';
import { KeyedQueue, raceSignal, throwIfAborted } from '#async';
import { errorText, InternalError, UnavailableError } from '#errors';
import { openAttachmentRecords, type AttachedNetwork, type AttachmentRecord, type AttachmentRecords, type UnreadableRecord } from './attachment-records.ts';
import { capabilityArgs } from './capability-args.ts';
import { findPlugin } from './find-plugin.ts';
import { invokePlugin, type PluginHost } from './invoke.ts';
import type { JsonObject } from './json.ts';
import { validateAttachment, validateIdentity } from './names.ts';
import { NetworkMonitor } from './network-monitor.ts';
import { failureCode, UNKNOWN_CONTAINER } from './plugin-error.ts';
import { pluginEnvironment, pluginRequest } from './request.ts';
import { convertResult, networkResult, parseResult } from './result.ts';
import type { Attachment, Cni, CniOptions, CniStatus, NetworkResult } from './types.ts';
import { isAtLeast, PREV_RESULT_ON_DEL_SINCE } from './version.ts';

/** kubelet gives RunPodSandbox four minutes. */
const DEFAULT_TIMEOUT_MS = 180_000;
/** Plugins run iptables, ip, and programs of their own. */
const DEFAULT_PLUGIN_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
/** statfs of a pinned namespace (linux/magic.h). */
const NSFS_MAGIC = 0x6e736673;

/** Loads the configuration, asks the plugins once, and watches both from then on. The caller disposes. */
export async function createCni(options: CniOptions): Promise<Cni> {
  const { runner, pluginDirs, confDir, defaultNetwork = '', pluginEnvironment: environment = DEFAULT_PLUGIN_ENVIRONMENT, log } = options;
  const host: PluginHost = { runner, pluginDirs, environment, log };
  const records = await openAttachmentRecords(options.cacheDir);
  const monitor = new NetworkMonitor({ confDir, defaultNetwork, host, log });
  await monitor.refresh();
  return new PodNetworks(host, records, monitor, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
}

class PodNetworks implements Cni {
  readonly #host: PluginHost;
  readonly #records: AttachmentRecords;
  readonly #monitor: NetworkMonitor;
  readonly #timeoutMs: number;
  readonly #queue = new KeyedQueue();

  constructor(host: PluginHost, records: AttachmentRecords, monitor: NetworkMonitor, timeoutMs: number) {
    this.#host = host;
    this.#records = records;
    this.#monitor = monitor;
    this.#timeoutMs = timeoutMs;
  }

  status(): CniStatus {
    return this.#monitor.status;
  }

  async add(attachment: Attachment, { signal }: { signal: AbortSignal }): Promise<NetworkResult> {
    validateAttachment(attachment);
    const args = capabilityArgs(attachment);
    return this.#oneAtATime(`attach sandbox "${attachment.sandboxId}"`, attachment, signal, () => this.#add(attachment, args, signal));
  }

  async del(attachment: Attachment, { signal }: { signal: AbortSignal }): Promise<void> {
    validateIdentity(attachment);
    await this.#oneAtATime(`detach sandbox "${attachment.sandboxId}"`, attachment, signal, () => this.#del(attachment, signal));
  }

  async cachedAttachments(): Promise<Attachment[]> {
    return (await this.#records.list()).map(({ attachment }) => attachment);
  }

  async cachedResult(sandboxId: string): Promise<NetworkResult | undefined> {
    for (const record of await this.#records.list(sandboxId)) {
      if ('network' in record && record.result) return networkResult(record.result, record.attachment.ifName);
    }
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#monitor[Symbol.asyncDispose]();
    await this.#queue.idle();
  }

  /** A caller that leaves ends its own wait; what runs is killed by the same signal, and the next operation waits for its end. */
  #oneAtATime<T>(what: string, { sandboxId }: Attachment, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const run = this.#queue.run(sandboxId, async () => {
      throwIfAborted(signal, what);
      return task();
    });
    return raceSignal(run, signal, what);
  }

  async #add(attachment: Attachment, args: JsonObject, signal: AbortSignal): Promise<NetworkResult> {
    const selected = this.#monitor.selected;
    if (!selected) throw new UnavailableError(`attach sandbox "${attachment.sandboxId}": ${this.#monitor.status.message}`);
    const { version, network: { name, plugins } } = selected;
    const network: AttachedNetwork = { name, version, plugins };
    const [binaries] = await Promise.all([Promise.all(plugins.map(({ type }) => findPlugin(type, this.#host.pluginDirs))), this.#records.create({ attachment, network })]);
    const deadline = Date.now() + this.#timeoutMs;
    const environment = pluginEnvironment('ADD', this.#host.pluginDirs, attachment);
    const what = `ADD sandbox "${attachment.sandboxId}" to network "${name}"`;
    let result: JsonObject | undefined;
    for (const [index, plugin] of plugins.entries()) {
      const request = pluginRequest({ network: name, version, plugin, prevResult: result, capabilityArgs: args });
      const path = binaries[index]?.path;
      const stdout = await invokePlugin(this.#host, { type: plugin.type, what, environment, request, deadline, ...(path !== undefined && { path }) }, { signal });
      result = resultOf(stdout, version, plugin.type, what);
    }
    if (!result) throw new InternalError(`${what}: the network has no plugins`);
    await this.#records.replace({ attachment, network, result });
    return networkResult(result, attachment.ifName);
  }

  async #del(given: Attachment, signal: AbortSignal): Promise<void> {
    const record = await this.#records.read(given.sandboxId, given.ifName);
    if (!record) return;
    const network = 'network' in record ? record.network : this.#networkOfUnreadable(record);
    const attachment = { ...('network' in record ? record.attachment : given), netnsPath: await liveNamespace(given.netnsPath) };
    const prevResult = 'network' in record ? this.#resultForDel(record) : undefined;
    const args = capabilityArgs(attachment);
    const environment = pluginEnvironment('DEL', this.#host.pluginDirs, attachment);
    const deadline = Date.now() + this.#timeoutMs;
    const what = `DEL sandbox "${attachment.sandboxId}" from network "${network.name}"`;
    for (const plugin of network.plugins.toReversed()) {
      const request = pluginRequest({ network: network.name, version: network.version, plugin, prevResult, capabilityArgs: args });
      try {
        await invokePlugin(this.#host, { type: plugin.type, what, environment, request, deadline }, { signal });
      } catch (error) {
        if (failureCode(error) !== UNKNOWN_CONTAINER) throw error;
        this.#host.log.debug('CNI plugin does not know the sandbox: nothing to take back', { plugin: plugin.type, sandbox: attachment.sandboxId });
      }
    }
    await this.#records.remove(given.sandboxId, given.ifName);
  }

  #networkOfUnreadable({ unreadable, attachment: { sandboxId } }: UnreadableRecord): AttachedNetwork {
    const selected = this.#monitor.selected;
    this.#host.log.warn('record of a network attachment is unreadable; detaching by the present configuration', { sandbox: sandboxId, error: unreadable });
    if (!selected) throw new UnavailableError(`detach sandbox "${sandboxId}": its record is unreadable (${unreadable}), and there is ${this.#monitor.status.message}`);
    return { name: selected.network.name, version: selected.version, plugins: selected.network.plugins };
  }

  #resultForDel({ attachment, network, result }: AttachmentRecord): JsonObject | undefined {
    if (!result || !isAtLeast(network.version, PREV_RESULT_ON_DEL_SINCE)) return undefined;
    try {
      return convertResult(result, network.version);
    } catch (error) {
      this.#host.log.warn('recorded result of a network attachment is unreadable; detaching without it', { sandbox: attachment.sandboxId, error: errorText(error) });
      return undefined;
    }
  }
}

function resultOf(stdout: Buffer, version: string, type: string, what: string): JsonObject {
  try {
    return parseResult(stdout, version);
  } catch (error) {
    throw new InternalError(`CNI plugin "${type}": ${what}: ${errorText(error)}`, { cause: error });
  }
}

/** '' for a path that is no pinned namespace any more: plugins then clean up what is on the host's side. */
async function liveNamespace(path: string): Promise<string> {
  if (path === '') return '';
  const found = await statfs(path).catch(() => undefined);
  return found?.type === NSFS_MAGIC ? path : '';
}
