/** Counters of a pod's network interfaces, seen through any process in its network namespace. */
import { readFileSync } from 'node:fs';
import { errnoOf } from '#errors';
import type { NetworkInterfaceUsage } from './api.ts';
import type { ContainerRecord, PodRecord } from './record.ts';

export interface InterfaceCounters extends NetworkInterfaceUsage {
  readonly rxPackets: bigint;
  readonly rxDropped: bigint;
  readonly txPackets: bigint;
  readonly txDropped: bigint;
}

/** All but the loopback. Empty on the host's network, and while no process of the pod runs. Some 0.05 ms: the kernel writes the file from memory. */
export function podInterfaces(pod: PodRecord, containers: readonly ContainerRecord[]): InterfaceCounters[] {
  if (pod.network !== 'attached') return [];
  const pid = pod.namespaces.pausePid ?? containers.find((c) => !c.exit && c.pid > 0)?.pid;
  if (pid === undefined) return [];
  return parseNetDev(netDevOf(pid)).filter((i) => i.name !== 'lo');
}

/** Empty when the process is gone. */
function netDevOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/net/dev`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EINVAL'].includes(errnoOf(error) ?? '')) return '';
    throw error;
  }
}

/** The counters of /proc/net/dev, proc(5): eight of receiving, then eight of sending. */
export function parseNetDev(text: string): InterfaceCounters[] {
  return text.split('\n').slice(2).flatMap((line) => {
    const match = /^\s*([^:\s]+):\s*(.+)$/.exec(line);
    if (!match?.[1] || !match[2]) return [];
    const [rxBytes = 0n, rxPackets = 0n, rxErrors = 0n, rxDropped = 0n, , , , , txBytes = 0n, txPackets = 0n, txErrors = 0n, txDropped = 0n] = match[2].trim().split(/\s+/).map(BigInt);
    return [{ name: match[1], rxBytes, rxPackets, rxErrors, rxDropped, txBytes, txPackets, txErrors, txDropped }];
  });
}
