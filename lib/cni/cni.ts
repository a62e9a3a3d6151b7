import { KeyedQueue, raceSignal, throwIfAborted } from '#async';
import { errorText } from '#errors';
import { openAttachmentRecords, type AttachmentRecord, type UnreadableRecord } from './attachment-records.ts';
import { attach } from './attach.ts';
import { capabilityArgs } from './capability-args.ts';
import { check } from './check.ts';
import { CollectGate } from './collect-gate.ts';
import type { NetworkContext } from './context.ts';
import { detach } from './detach.ts';
import { detachStale, networksWithGC, tellValidAttachments } from './garbage.ts';
import { HostPorts } from './hostport/host-ports.ts';
import type { HostPortRule } from './hostport/rules.ts';
import { DEFAULT_PLUGIN_ENVIRONMENT, type PluginHost } from './invoke.ts';
import { validateAttachment, validateIdentity } from './names.ts';
import { openNetworks } from './networks.ts';
import { describeNetworks } from './overview.ts';
import { failureCode } from './plugin-error.ts';
import { networkResult } from './result.ts';
import type { Attachment, CheckOutcome, Cni, CniOptions, CniStatus, Collected, NetworkResult, NetworksOverview } from './types.ts';

/** kubelet gives RunPodSandbox four minutes. */
const DEFAULT_TIMEOUT_MS = 180_000;

/** Loads the configuration, asks the plugins once, and watches both from then on. The caller disposes. */
export async function createCni(options: CniOptions): Promise<Cni> {
  const { runner, pluginDirs, pluginEnvironment: environment = DEFAULT_PLUGIN_ENVIRONMENT, log } = options;
  const host: PluginHost = { runner, pluginDirs, environment, log };
  const records = await openAttachmentRecords(options.cacheDir);
  const recorded = await records.list();
  const hostPorts = options.hostPorts === false ? undefined : new HostPorts({ runner, log }, recordedHostPorts(recorded));
  const networks = await openNetworks(options, host, log);
  const cni = new PodNetworks({ host, records, networks, hostPorts, interrupted: new Set(recorded.map(({ attachment }) => attachment.sandboxId)), timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS });
  await cni.refreshHostPorts();
  return cni;
}

class PodNetworks implements Cni {
  readonly #context: NetworkContext;
  readonly #queue = new KeyedQueue();
  readonly #gate = new CollectGate();
  /** What CHECK last complained about, by sandbox. */
  readonly #complaints = new Map<string, string>();

  constructor(context: NetworkContext) {
    this.#context = context;
  }

  status(handler?: string): CniStatus {
    return this.#context.networks.status(handler);
  }

  async add(attachment: Attachment, { signal }: { signal: AbortSignal }): Promise<NetworkResult> {
    validateAttachment(attachment);
    // Wishes that no plugin can be given are refused before anything is done.
    capabilityArgs(attachment);
    return this.#oneAtATime(`attach sandbox "${attachment.sandboxId}"`, attachment, signal, () => attach(this.#context, attachment, signal));
  }

  async del(attachment: Attachment, { signal }: { signal: AbortSignal }): Promise<void> {
    validateIdentity(attachment);
    await this.#oneAtATime(`detach sandbox "${attachment.sandboxId}"`, attachment, signal, () => detach(this.#context, attachment, signal));
    this.#complaints.delete(attachment.sandboxId);
  }

  async check(attachment: Pick<Attachment, 'sandboxId' | 'ifName'>, { signal }: { signal: AbortSignal }): Promise<CheckOutcome> {
    validateIdentity({ ...attachment, netnsPath: '' });
    const { sandboxId } = attachment;
    try {
      const outcome = await this.#oneAtATime(`check the network of sandbox "${sandboxId}"`, attachment, signal, () => check(this.#context, attachment, signal));
      this.#complaints.delete(sandboxId);
      return outcome;
    } catch (error) {
      // A plugin that crashed instead (bandwidth 1.1.1 without limits does) has said nothing about the sandbox.
      if (failureCode(error) !== undefined) this.#complaints.set(sandboxId, errorText(error));
      throw error;
    }
  }

  async collect(isWanted: (sandboxId: string) => boolean, { signal }: { signal: AbortSignal }): Promise<Collected> {
    const stale = (await this.cachedAttachments()).filter(({ sandboxId }) => !isWanted(sandboxId));
    const { detached, failures } = await detachStale(stale, (attachment, step) => this.del(attachment, { signal: step }), this.#context.timeoutMs, signal);
    const selected = networksWithGC(this.#context);
    if (selected.length > 0) failures.push(...await this.#gate.collect(() => tellValidAttachments(this.#context, selected, signal), signal));
    await this.refreshHostPorts();
    return { detached, networks: selected.map(({ network }) => network.name), failures };
  }

  /** As recorded, whatever a daemon that was killed or somebody else left. What fails is logged: the next collection tries again. */
  async refreshHostPorts(): Promise<void> {
    const { hostPorts, host } = this.#context;
    await hostPorts?.refresh().catch((error: unknown) => host.log.warn('host ports are not in place', { error: errorText(error) }));
  }

  overview(): Promise<NetworksOverview> {
    return describeNetworks(this.#context, () => this.#context.records.list(), this.#complaints);
  }

  async cachedAttachments(): Promise<Attachment[]> {
    return (await this.#context.records.list()).map(({ attachment }) => attachment);
  }

  async cachedResult(sandboxId: string): Promise<NetworkResult | undefined> {
    const { records, networks } = this.#context;
    for (const record of await records.list(sandboxId)) {
      if ('network' in record && record.result) return networks.inOrder(networkResult(record.result, record.attachment.ifName));
    }
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.networks[Symbol.asyncDispose]();
    await this.#queue.idle();
  }

  /** A caller that leaves ends its own wait; what runs is killed by the same signal, and the next operation waits for its end. */
  #oneAtATime<T>(what: string, { sandboxId }: Pick<Attachment, 'sandboxId'>, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const run = this.#queue.run(sandboxId, () => this.#gate.pass(async () => {
      throwIfAborted(signal, what);
      return task();
    }));
    return raceSignal(run, signal, what);
  }
}

function recordedHostPorts(all: readonly (AttachmentRecord | UnreadableRecord)[]): [string, readonly HostPortRule[]][] {
  return all.flatMap((record) => ('network' in record && record.hostPorts ? [[record.attachment.sandboxId, record.hostPorts]] : []));
}
