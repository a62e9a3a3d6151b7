/** What a demo could leave on the host, looked for by the names that are its own. */
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cgroups, firewall, links, mounts, processes } from '../../test/harness/snapshot/categories.ts';

/** The kernel takes namespaces and cgroups away a moment after their last user. */
const SETTLE_TIMEOUT_MS = 5000;
const POLL_MS = 50;

/** Lines that name one of `names` (directory, bridge, pod id): mounts, processes, links, cgroups, firewall rules. Empty when all is as before. */
export async function leftovers(directory: string, names: readonly string[]): Promise<string[]> {
  const end = performance.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    const lines = (await Promise.all([mounts(), processes(), links(), cgroups(), firewall()])).flat();
    const left = lines.filter((line) => names.some((name) => name !== '' && line.includes(name)));
    if (existsSync(directory)) left.push(directory);
    if (left.length === 0 || performance.now() > end) return left;
    await delay(POLL_MS);
  }
}
