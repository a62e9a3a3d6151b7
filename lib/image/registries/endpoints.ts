import { FailedPreconditionError, InvalidArgumentError } from '#errors';
import { formatReference, parseReference } from '../reference.ts';
import type { Reference } from '../reference.ts';
import type { MirrorRule, RegistriesConfig, RegistryRule } from './registries-config.ts';

/** One place to ask for an image: the reference as that host knows it. */
export interface Endpoint {
  readonly reference: Reference;
  readonly insecure: boolean;
  readonly isMirror: boolean;
}

/**
 * Where to pull `reference` from, in order: the mirrors of the longest matching prefix, then its location.
 * @throws FailedPreconditionError naming the file when the registry is blocked.
 */
export function endpointsOf(reference: Reference, config: RegistriesConfig): Endpoint[] {
  const full = formatReference(reference);
  const found = longestMatch(full, config.registries);
  if (!found) return [{ reference, insecure: false, isMirror: false }];
  const { rule, length } = found;
  if (rule.blocked) throw new FailedPreconditionError(`pull image "${full}": registry "${rule.prefix}" is blocked in ${rule.file}`);
  const mirrors = rule.mirrors.filter((m) => serves(m, reference)).map((m) => endpoint(full, length, m.location, m.insecure, true, rule));
  return [...mirrors, endpoint(full, length, rule.location, rule.insecure, false, rule)];
}

function serves(mirror: MirrorRule, reference: Reference): boolean {
  return mirror.pullFrom === 'all' || (mirror.pullFrom === 'digest-only') === (reference.digest !== undefined);
}

function endpoint(full: string, length: number, location: string, insecure: boolean, isMirror: boolean, rule: RegistryRule): Endpoint {
  const rewritten = location === '' ? full : location + full.slice(length);
  try {
    return { reference: parseReference(rewritten), insecure, isMirror };
  } catch (error) {
    throw new InvalidArgumentError(`pull image "${full}": location "${location}" in ${rule.file} makes it "${rewritten}"`, { cause: error });
  }
}

function longestMatch(full: string, rules: readonly RegistryRule[]): { rule: RegistryRule; length: number } | undefined {
  let best: { rule: RegistryRule; length: number; weight: number } | undefined;
  for (const rule of rules) {
    const length = matchLength(full, rule.prefix);
    if (length > 0 && (!best || rule.prefix.length > best.weight)) best = { rule, length, weight: rule.prefix.length };
  }
  return best;
}

/** How many characters of the reference `prefix` stands for; 0: no match. */
export function matchLength(full: string, prefix: string): number {
  if (prefix.startsWith('*.')) {
    const host = full.slice(0, full.indexOf('/'));
    return host.replace(/:\d+$/, '').endsWith(prefix.slice(1)) ? host.length : 0;
  }
  if (!full.startsWith(prefix)) return 0;
  const next = full[prefix.length];
  // A colon after a bare host would be the port of another server.
  const boundary = next === undefined || next === '/' || (prefix.includes('/') && (next === ':' || next === '@'));
  return boundary ? prefix.length : 0;
}
