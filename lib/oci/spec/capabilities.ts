import { InvalidArgumentError } from '#errors';
import { CAPABILITY_NAMES } from '#linux';
import type { Capabilities } from '../config.ts';
import type { SpecAdjustment } from './adjustment.ts';
import type { ProcessCapabilities } from './types.ts';

/** What an unprivileged container gets when nobody says otherwise: CRI-O's nine, without NET_RAW. */
export const DEFAULT_CAPABILITIES: readonly string[] = [
  'CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FSETID', 'CAP_FOWNER', 'CAP_SETGID', 'CAP_SETUID', 'CAP_SETPCAP', 'CAP_NET_BIND_SERVICE', 'CAP_KILL',
];

export interface CapabilitiesInput {
  readonly capabilities: Capabilities | undefined;
  readonly privileged: boolean;
  readonly defaults: readonly string[];
  /** What this daemon can hand on; a runtime fails on anything beyond it. */
  readonly available: ReadonlySet<string>;
}

/**
 * CRI's wishes over the defaults: first add ALL, then drop ALL, then single names, drops last; nothing that the daemon
 * does not have itself. Inheritable is empty but for ambient ones, which the kernel wants in both.
 * @throws InvalidArgumentError for a name that is no capability.
 */
export function processCapabilities({ capabilities, privileged, defaults, available }: CapabilitiesInput): { capabilities: ProcessCapabilities; adjustments: SpecAdjustment[] } {
  const everything = CAPABILITY_NAMES.filter((name) => available.has(name));
  const add = (capabilities?.addCapabilities ?? []).map(canonical);
  const drop = new Set((capabilities?.dropCapabilities ?? []).map(canonical));
  const ambient = (capabilities?.addAmbientCapabilities ?? []).map(canonical).flatMap((name) => name === ALL ? everything : [name]);
  const base = privileged ? everything : drop.has(ALL) ? [] : add.includes(ALL) ? everything : defaults.map(canonical);
  const wanted = new Set([...base, ...add.filter((name) => name !== ALL), ...ambient]);
  if (!privileged) for (const name of drop) wanted.delete(name);
  const granted = CAPABILITY_NAMES.filter((name) => wanted.has(name) && available.has(name));
  const grantedAmbient = granted.filter((name) => ambient.includes(name));
  return {
    capabilities: { bounding: granted, effective: granted, permitted: granted, inheritable: grantedAmbient, ambient: grantedAmbient },
    adjustments: [...wanted].filter((name) => !available.has(name))
      .map((name) => ({ key: `capability ${name}`, message: `capability ${name} is not in this daemon's own set: containers that ask for it run without it` })),
  };
}

const ALL = 'ALL';

function canonical(name: string): string {
  const upper = name.toUpperCase();
  if (upper === ALL || upper === `CAP_${ALL}`) return ALL;
  const full = upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
  if (!CAPABILITY_NAMES.includes(full)) throw new InvalidArgumentError(`capability '${name}': no such capability`);
  return full;
}
