/** Kubernetes' bandwidth annotations as the arguments of the bandwidth plugin. */
import { InvalidArgumentError } from '#errors';
import type { Bandwidth } from './types.ts';

const INGRESS = 'kubernetes.io/ingress-bandwidth';
const EGRESS = 'kubernetes.io/egress-bandwidth';
const MIN_BITS_PER_SECOND = 1000;
const MAX_BITS_PER_SECOND = 1e15;
/** The plugin refuses a burst of 4 GiB or more. */
const MAX_BURST_BITS = (2 ** 32 - 1) * 8 - 1;
const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50,
};

/** Undefined when the pod asks for no limit. @throws InvalidArgumentError when a value is no quantity or out of 1k to 1P bits per second. */
export function bandwidthFromAnnotations(annotations: Readonly<Record<string, string>>): Bandwidth | undefined {
  const ingressRate = rate(annotations, INGRESS);
  const egressRate = rate(annotations, EGRESS);
  if (ingressRate === undefined && egressRate === undefined) return undefined;
  return { ...(ingressRate !== undefined && { ingressRate }), ...(egressRate !== undefined && { egressRate }) };
}

/** The plugin takes a rate only with a burst: where none is given, what passes in one second. */
export function withBursts(bandwidth: Bandwidth): Bandwidth {
  const { ingressRate = 0, egressRate = 0, ingressBurst = ingressRate, egressBurst = egressRate } = bandwidth;
  return {
    ...(ingressRate > 0 && { ingressRate, ingressBurst: Math.min(ingressBurst, MAX_BURST_BITS) }),
    ...(egressRate > 0 && { egressRate, egressBurst: Math.min(egressBurst, MAX_BURST_BITS) }),
  };
}

function rate(annotations: Readonly<Record<string, string>>, key: string): number | undefined {
  const text = annotations[key];
  if (text === undefined) return undefined;
  const match = /^(\d{1,18}(?:\.\d{0,9})?)(?:([eE]\d{1,2})|(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?)$/.exec(text);
  const bits = match ? Math.ceil(Number(`${match[1]}${match[2] ?? ''}`) * (SUFFIXES[match[3] ?? ''] ?? NaN)) : NaN;
  if (bits >= MIN_BITS_PER_SECOND && bits <= MAX_BITS_PER_SECOND) return bits;
  throw new InvalidArgumentError(`read annotation ${key} "${text}": not a quantity between 1k and 1P bits per second`);
}
