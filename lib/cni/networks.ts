/** The network that each runtime handler's pods get: a common one, and those of handlers with a choice of their own. */
import { isIPv4 } from 'node:net';
import type { Logger } from '#log';
import type { PluginHost } from './invoke.ts';
import { NetworkMonitor, type SelectedNetwork } from './network-monitor.ts';
import type { CniOptions, CniStatus, HandlerNetwork, IpOrder, NetworkResult } from './types.ts';

/** Handlers share a monitor where they share a choice. */
export interface Networks extends AsyncDisposable {
  /** Undefined while there is none. @param handler '' or absent: the common one */
  selected(handler?: string): SelectedNetwork | undefined;
  status(handler?: string): CniStatus;
  /** Once each, by the network's name. */
  allSelected(): SelectedNetwork[];
  /** The common choice first, then those of handlers. */
  choices(): NetworkChoice[];
  /** With the addresses in the order that clients are to see. */
  inOrder(result: NetworkResult): NetworkResult;
}

export interface NetworkChoice {
  /** '' for the common one. */
  readonly handlers: readonly string[];
  readonly monitor: NetworkMonitor;
}

/** Loads every directory once. The caller disposes. */
export async function openNetworks(options: Pick<CniOptions, 'confDir' | 'defaultNetwork' | 'handlers' | 'gracePeriodMs' | 'ipOrder'>, host: PluginHost, log: Logger): Promise<Networks> {
  const { confDir, defaultNetwork = '', handlers = {}, gracePeriodMs = 0, ipOrder = 'cni' } = options;
  const choices = new Map<string, { handlers: string[]; monitor: NetworkMonitor }>();
  const choose = (name: string, own: HandlerNetwork): void => {
    const wanted = { confDir: own.confDir ?? confDir, defaultNetwork: own.defaultNetwork ?? (own.confDir === undefined ? defaultNetwork : '') };
    const key = JSON.stringify([wanted.confDir, wanted.defaultNetwork]);
    const choice = choices.get(key);
    if (choice) choice.handlers.push(name);
    else choices.set(key, { handlers: [name], monitor: new NetworkMonitor({ ...wanted, gracePeriodMs, host, log }) });
  };
  choose('', {});
  for (const [name, own] of Object.entries(handlers)) choose(name, own);
  const all = [...choices.values()];
  await Promise.all(all.map(({ monitor }) => monitor.refresh()));
  const monitorOf = (handler = ''): NetworkMonitor => {
    const found = all.find((choice) => choice.handlers.includes(handler)) ?? all[0];
    if (!found) throw new TypeError('no common network choice');
    return found.monitor;
  };
  return {
    selected: (handler) => monitorOf(handler).selected,
    status: (handler) => monitorOf(handler).status,
    allSelected: () => [...new Map(all.flatMap(({ monitor }) => (monitor.selected ? [[monitor.selected.network.name, monitor.selected] as const] : []))).values()],
    choices: () => all,
    inOrder: (result) => ({ ...result, ips: inOrder(result.ips, ipOrder) }),
    [Symbol.asyncDispose]: async () => { await Promise.all(all.map(({ monitor }) => monitor[Symbol.asyncDispose]())); },
  };
}

/** Stable within a family; 'cni' is as the plugins have it. */
export function inOrder(ips: readonly string[], order: IpOrder): readonly string[] {
  if (order === 'cni') return ips;
  const first = (ip: string): boolean => isIPv4(ip) === (order === 'ipv4');
  return [...ips.filter(first), ...ips.filter((ip) => !first(ip))];
}
