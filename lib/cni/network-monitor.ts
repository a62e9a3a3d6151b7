/** The network that pods get, and whether it is ready: kept current by a watch, with a poll as its back-up. */
import { errorText } from '#errors';
import type { Logger } from '#log';
import { loadDirectory, type LoadedDirectory, type NetworkFile } from './config-directory.ts';
import { DirectoryWatch } from './directory-watch.ts';
import type { PluginHost } from './invoke.ts';
import type { NetworkConfig } from './network-config.ts';
import { PluginVersions } from './plugin-versions.ts';
import { checkStatus, commonVersion } from './readiness.ts';
import type { CniStatus, NetworkChoiceOverview } from './types.ts';

const READY_POLL_MS = 10_000;
/** CNI add-ons put configuration and plugins in place while kubelet waits. */
const NOT_READY_POLL_MS = 1000;
/** A file is often created empty and then written. */
const SETTLE_MS = 50;
/** kubelet and its users know the word from other runtimes. */
const NOT_READY_REASON = 'NetworkPluginNotReady';

export interface SelectedNetwork {
  readonly network: NetworkConfig;
  /** The version that requests are made in. */
  readonly version: string;
}

interface MonitorOptions {
  readonly confDir: string;
  /** '' for the first. */
  readonly defaultNetwork: string;
  /** How long a network that was ready may fail before it is not. */
  readonly gracePeriodMs: number;
  readonly host: PluginHost;
  readonly log: Logger;
}

/** Start it with `refresh`, end it with dispose. */
export class NetworkMonitor implements AsyncDisposable {
  readonly #options: MonitorOptions;
  readonly #versions: PluginVersions;
  readonly #watch: DirectoryWatch;
  readonly #closing = new AbortController();
  #loaded: LoadedDirectory = { networks: [], skipped: [] };
  #selected: SelectedNetwork | undefined;
  #status: CniStatus = { ready: false, reason: NOT_READY_REASON, message: 'network configuration is not loaded yet', skipped: [] };
  /** When it was last seen without fault, by performance.now(). */
  #wellAt = 0;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#versions = new PluginVersions(options.host);
    this.#watch = new DirectoryWatch(options.confDir, () => this.#schedule(SETTLE_MS));
  }

  get selected(): SelectedNetwork | undefined {
    return this.#selected;
  }

  get status(): CniStatus {
    return this.#status;
  }

  describe(): Omit<NetworkChoiceOverview, 'handlers'> {
    const { confDir, defaultNetwork } = this.#options;
    const networks = this.#loaded.networks.map(({ file, network: { name, plugins, versions } }) => ({
      name, file, versions, plugins: plugins.map(({ type }) => type), ...(this.#selected?.network.name === name && { inUse: this.#selected.version }),
    }));
    return { confDir, defaultNetwork, status: this.#status, networks };
  }

  /** Reads everything again; joins a reading that is under way. Never throws. */
  refresh(): Promise<void> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined;
      if (!this.#closing.signal.aborted) this.#schedule(this.#status.failure === undefined ? READY_POLL_MS : NOT_READY_POLL_MS);
    });
    return this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    this.#watch[Symbol.dispose]();
    await this.#running;
  }

  #schedule(afterMs: number): void {
    if (this.#closing.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { void this.#again(); }, afterMs).unref();
  }

  /** A change may have come after a running reading had passed it. */
  async #again(): Promise<void> {
    await this.#running;
    if (!this.#closing.signal.aborted) await this.refresh();
  }

  async #refresh(): Promise<void> {
    // Armed before reading: a change during the reading causes another one.
    await this.#watch.rearm();
    this.#loaded = await loadDirectory(this.#options.confDir, this.#loaded.networks);
    const chosen = choose(this.#loaded.networks, this.#options.defaultNetwork);
    this.#versions.retain(new Set(this.#loaded.networks.flatMap(({ network }) => network.plugins.map(({ type }) => type))));
    const failure = chosen ? await this.#probe(chosen.network) : this.#nothing();
    if (!chosen) this.#selected = undefined;
    if (!this.#closing.signal.aborted) this.#announce(failure, chosen?.network.name);
  }

  /** @returns why the network cannot take pods; '' when it can. */
  async #probe(network: NetworkConfig): Promise<string> {
    const { signal } = this.#closing;
    // Pods may be started although a plugin's STATUS says no: the specification allows ADD then.
    let selected: SelectedNetwork = { network, version: network.versions[0] as string };
    try {
      selected = { network, version: await commonVersion(network, this.#versions, { signal }) };
      await checkStatus(this.#options.host, network, selected.version, { signal });
      return '';
    } catch (error) {
      return errorText(error);
    } finally {
      this.#selected = selected;
    }
  }

  #nothing(): string {
    const { confDir, defaultNetwork } = this.#options;
    const wanted = defaultNetwork === '' ? 'no CNI network configuration' : `no CNI network "${defaultNetwork}"`;
    const bad = this.#loaded.skipped.map(({ file, error }) => `${file}: ${error}`).join('; ');
    return `${wanted} in ${confDir}${bad === '' ? '' : ` (${bad})`}`;
  }

  #announce(failure: string, network: string | undefined): void {
    const before = this.#status;
    const now = performance.now();
    if (failure === '') this.#wellAt = now;
    const ready = failure === '' || (before.ready && now - this.#wellAt < this.#options.gracePeriodMs);
    const message = ready ? '' : `Network plugin returns error: ${failure}`;
    this.#status = {
      ready, reason: ready ? '' : NOT_READY_REASON, message, ...(network !== undefined && { network }), ...(failure !== '' && { failure }), skipped: this.#loaded.skipped,
    };
    const { log } = this.#options;
    if (ready && (!before.ready || before.network !== network)) log.info('pod network is ready', { network, version: this.#selected?.version });
    if (failure !== '' && (before.failure !== failure || before.ready !== ready)) log.warn(ready ? 'pod network fails; it counts as ready for the grace period' : 'pod network is not ready', { network, error: failure });
    for (const { file, error } of this.#loaded.skipped) {
      if (!before.skipped.some((old) => old.file === file && old.error === error)) log.warn('CNI configuration file is skipped', { file, error });
    }
  }
}

/** A network of nothing but the loopback plugin is no network of pods unless it is asked for by name. */
function choose(networks: readonly NetworkFile[], name: string): NetworkFile | undefined {
  if (name !== '') return networks.find(({ network }) => network.name === name);
  return networks.find(({ network }) => network.plugins.some(({ type }) => type !== 'loopback'));
}
