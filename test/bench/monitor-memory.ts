/** What idle monitors take, the kernel's memory for them included, each in a memory cgroup of its own, and how often they wake up. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createMonitorHosts, type HostedContainer, type MonitorHost } from './monitor-hosts.ts';
import { COUNTERS_MS, memoryCgroupOf } from './processes.ts';

/** A monitor gives back its buffers some seconds after its last work. */
const SETTLE_MS = 6000;
/** How long wake-ups are counted. */
const WATCHED_MS = 10_000;

export interface IdleMonitors {
  /** Of each. */
  readonly bytes: readonly number[];
  /** Of each. */
  readonly wakeUpsPerMinute: readonly number[];
}

/** @returns bytes of each of `count` monitors that run at the same time */
export async function measureMonitors(count: number): Promise<readonly number[]> {
  const directory = await mkdtemp('/tmp/bench-mon-');
  try {
    await using hosts = await createMonitorHosts(directory);
    return (await measureIdle(hosts.davit, count, directory)).bytes;
  } finally {
    await rm(directory, { recursive: true });
  }
}

export async function measureIdle(host: MonitorHost, count: number, directory: string): Promise<IdleMonitors> {
  await using running = new AsyncDisposableStack();
  const containers: HostedContainer[] = [];
  for (let n = 0; n < count; n++) {
    const id = `${host.name}-idle${n}`;
    const container = await host.start(id, ['sleep', '3600'], join(directory, `${id}.log`));
    running.defer(() => container.stop());
    containers.push(container);
  }
  await delay(SETTLE_MS);
  const before = containers.map(({ monitorPid }) => wakeUps(monitorPid));
  await delay(Math.max(WATCHED_MS, COUNTERS_MS));
  return {
    wakeUpsPerMinute: containers.map(({ monitorPid }, n) => (wakeUps(monitorPid) - (before[n] ?? 0)) * 60_000 / WATCHED_MS),
    bytes: containers.map(({ monitorPid }) => {
      const cgroup = memoryCgroupOf(monitorPid);
      if (cgroup?.pids.length !== 1) throw new Error(`measure a monitor: it is not alone in ${cgroup?.path ?? 'a memory cgroup'}`);
      return cgroup.bytes;
    }),
  };
}

function wakeUps(pid: number): number {
  return Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
