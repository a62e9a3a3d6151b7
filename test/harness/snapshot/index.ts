/** What is on the host before and after a test, and what is left. */
import { AssertionError } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import { cgroups, firewall, links, mounts, networkNamespaces, paths, processes, ZOMBIE } from './categories.ts';

/** Sorted lines by category. */
export type HostSnapshot = Readonly<Record<Category, readonly string[]>>;
export type Category = 'mounts' | 'processes' | 'networkNamespaces' | 'links' | 'firewall' | 'cgroups' | 'paths';

export interface SnapshotOptions {
  /** Further directories whose whole content counts: a daemon's root, its CNI state. */
  readonly directories?: readonly string[];
  /** Lines that may come and go. */
  readonly ignore?: readonly RegExp[];
  /** Whether what has gone is wrong too (the default). Not where the first snapshot is of a daemon that may still try out its host: those processes and files go. */
  readonly lost?: boolean;
}

/** Where runtimes and plugins keep state whatever they are told. */
const SHARED_STATE = ['/run/crun', '/run/runc', '/run/netns', '/run/cni', '/var/lib/cni'];
/** The kernel removes a network namespace, PID 1 reaps and a daemon empties its trash a moment after the last user has gone; on a starved host (seen in the virtual machine) after more than a minute. */
const SETTLE_TIMEOUT_MS = 180_000;
const POLL_MS = 100;
const MAX_SHOWN_LINES = 40;

/** Reads everything that a runtime could leave behind. */
export async function hostSnapshot(options: SnapshotOptions = {}): Promise<HostSnapshot> {
  const ignored = (line: string): boolean => options.ignore?.some((pattern) => pattern.test(line)) ?? false;
  const all = await Promise.all([mounts(), processes(), networkNamespaces(), links(), firewall(), cgroups(), paths([...SHARED_STATE, ...options.directories ?? []])]);
  const [m, p, n, l, f, c, d] = all.map((lines) => lines.filter((line) => !ignored(line)));
  return { mounts: m ?? [], processes: p ?? [], networkNamespaces: n ?? [], links: l ?? [], firewall: f ?? [], cgroups: c ?? [], paths: d ?? [] };
}

/** One line for each thing that came or went, with its category. Equal lines are counted. */
export function compareSnapshots(before: HostSnapshot, after: HostSnapshot, { lost = true }: Pick<SnapshotOptions, 'lost'> = {}): string[] {
  return (Object.keys(before) as Category[]).flatMap((category) => [
    ...without(after[category], before[category]).map((line) => `${category}: left: ${line}`),
    // A process that had ended before and is reaped by now is no loss.
    ...(lost ? without(before[category], after[category]) : []).filter((line) => !line.endsWith(ZOMBIE)).map((line) => `${category}: lost: ${line}`),
  ]);
}

/**
 * Waits until the host is as it was, for as long as the kernel may take to clean up.
 * @throws AssertionError that lists what is left or lost.
 */
export async function assertNothingLeft(before: HostSnapshot, options: SnapshotOptions & { readonly timeoutMs?: number } = {}): Promise<void> {
  const end = performance.now() + (options.timeoutMs ?? SETTLE_TIMEOUT_MS);
  for (;;) {
    const differences = compareSnapshots(before, await hostSnapshot(options), options);
    if (differences.length === 0) return;
    if (performance.now() > end) throw new AssertionError({ message: `the host is not as it was:\n  ${shown(differences).join('\n  ')}` });
    await delay(POLL_MS);
  }
}

function shown(differences: readonly string[]): string[] {
  const more = differences.length - MAX_SHOWN_LINES;
  return more > 0 ? [...differences.slice(0, MAX_SHOWN_LINES), `and ${more} more`] : [...differences];
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  });
}
