/** Counters of pods' network interfaces, seen through any process in each network namespace. */
import type { ReadFiles } from '#linux';
import type { NetworkInterfaceUsage } from './api.ts';
import type { ContainerRecord, PodRecord } from './record.ts';

export interface InterfaceCounters extends NetworkInterfaceUsage {
  readonly rxPackets: bigint;
  readonly rxDropped: bigint;
  readonly txPackets: bigint;
  readonly txDropped: bigint;
}

/** Room for /proc/PID/net/dev of one pod: two lines of headings and one for each interface, of some 130 bytes. What does not fit is left out. */
const NET_DEV_BYTES = 16_384;

/**
 * Of each pod, in their order: all but the loopback. Empty on the host's network, and while no process of the pod runs.
 * @param containersOf of a pod
 */
export async function podInterfaces(pods: readonly PodRecord[], containersOf: (pod: PodRecord) => readonly ContainerRecord[], readFiles: ReadFiles): Promise<InterfaceCounters[][]> {
  const pids = pods.map((pod) => (pod.network === 'attached' ? pod.namespaces.pausePid ?? containersOf(pod).find((c) => !c.exit && c.pid > 0)?.pid : undefined));
  const files = pids.flatMap((pid) => (pid === undefined ? [] : `/proc/${pid}/net/dev`));
  const [text, lengths] = [Buffer.allocUnsafe(files.length * NET_DEV_BYTES), new Int32Array(files.length)];
  if (files.length > 0) await readFiles(files, text, lengths);
  let [next, end] = [0, 0];
  return pids.map((pid) => {
    if (pid === undefined) return [];
    // Below zero: the process is gone.
    const length = Math.max(0, lengths[next++] ?? 0);
    return parseNetDev(text.toString('latin1', end, end += length));
  });
}

/** The counters of /proc/net/dev, proc(5): eight of receiving, then eight of sending. Of all interfaces but the loopback. */
export function parseNetDev(text: string): InterfaceCounters[] {
  return Array.from(text.matchAll(LINE), ([, name = '', ...counters]) => {
    const [rxBytes = 0n, rxPackets = 0n, rxErrors = 0n, rxDropped = 0n, txBytes = 0n, txPackets = 0n, txErrors = 0n, txDropped = 0n] = counters.map(BigInt);
    return { name, rxBytes, rxPackets, rxErrors, rxDropped, txBytes, txPackets, txErrors, txDropped };
  });
}

const LINE = /^\s*(?!lo:)([^:\s]+):\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)(?:\s+\d+){4}\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/gm;
