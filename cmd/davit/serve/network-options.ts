import type { CniOptions, HandlerNetwork } from '#cni';
import { durationMs } from '../config/duration.ts';
import type { Config } from '../config/schema.ts';

/** What the configuration says about pod networks, apart from its directories. */
export function networkOptions({ network, runtime, handlers }: Pick<Config, 'network' | 'runtime' | 'handlers'>): Pick<CniOptions, 'defaultNetwork' | 'handlers' | 'timeoutMs' | 'gracePeriodMs' | 'ipOrder' | 'hostPorts'> {
  const own = Object.entries(handlers).flatMap(([name, { cni_conf_dir: confDir, cni_default_network: defaultNetwork }]): [string, HandlerNetwork][] => (
    confDir === '' && defaultNetwork === '' ? [] : [[name, { ...(confDir !== '' && { confDir }), ...(defaultNetwork !== '' && { defaultNetwork }) }]]
  ));
  return {
    defaultNetwork: network.cni_default_network, handlers: Object.fromEntries(own), ipOrder: network.pod_ip_order, hostPorts: !runtime.disable_hostport_mapping,
    timeoutMs: durationMs(network.cni_timeout), gracePeriodMs: durationMs(network.cni_status_grace_period),
  };
}
