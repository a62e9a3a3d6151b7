import { FailedPreconditionError, InvalidArgumentError } from '#errors';
import type { CgroupKind } from '#linux';
import type { LinuxContainerResources } from '../config.ts';
import type { SpecAdjustment } from './adjustment.ts';
import type { LinuxResources } from './types.ts';

export interface ResourcesHost {
  readonly cgroupKind: CgroupKind;
  readonly controllers: ReadonlySet<string>;
  readonly swapAccounting: boolean;
}

/** The smallest cpu quota and period that the kernel takes, µs. */
const CPU_MIN_US = 1000;

/**
 * CRI's limits as the runtime-spec has them; 0 and '' mean not set. Shares to weight is the runtime's conversion.
 * Without a swap limit of its own a container with a memory limit gets no swap.
 * @throws InvalidArgumentError for values that contradict each other, FailedPreconditionError for version 2 keys on another node.
 */
export function linuxResources(resources: LinuxContainerResources, host: ResourcesHost, limits: { readonly pidsLimit?: number; readonly minMemoryBytes?: number } = {}): { resources: LinuxResources; adjustments: SpecAdjustment[] } {
  const { hugepageLimits, adjustments } = hugepages(resources, host);
  const [cpu, memory] = [cpuLimits(resources), memoryLimits(resources, host, limits.minMemoryBytes ?? 0)];
  const unified = unifiedKeys(resources, host, memory);
  return {
    resources: {
      ...(Object.keys(cpu).length > 0 && { cpu }),
      ...(Object.keys(memory).length > 0 && { memory }),
      // -1 means no limit to CRI-O's configuration; crun 1.8.1 fails on it, and no entry says the same.
      ...(limits.pidsLimit !== undefined && limits.pidsLimit > 0 && { pids: { limit: limits.pidsLimit } }),
      ...(hugepageLimits.length > 0 && { hugepageLimits }),
      ...(unified && { unified }),
    },
    adjustments,
  };
}

function cpuLimits(r: LinuxContainerResources): NonNullable<LinuxResources['cpu']> {
  if (r.cpuQuota > 0 && r.cpuQuota < CPU_MIN_US) throw new InvalidArgumentError(`cpu_quota ${r.cpuQuota}: must be at least ${CPU_MIN_US} µs, or negative for no limit`);
  if (r.cpuPeriod < 0 || r.cpuShares < 0) throw new InvalidArgumentError(`cpu_period ${r.cpuPeriod}, cpu_shares ${r.cpuShares}: must not be negative`);
  return {
    ...(r.cpuShares !== 0 && { shares: r.cpuShares }),
    ...(r.cpuQuota !== 0 && { quota: r.cpuQuota }),
    ...(r.cpuPeriod !== 0 && { period: r.cpuPeriod }),
    ...(r.cpusetCpus !== '' && { cpus: r.cpusetCpus }),
    ...(r.cpusetMems !== '' && { mems: r.cpusetMems }),
  };
}

function memoryLimits(r: LinuxContainerResources, host: ResourcesHost, minimum: number): NonNullable<LinuxResources['memory']> {
  const [limit, swap] = [r.memoryLimitInBytes, r.memorySwapLimitInBytes];
  if (limit > 0 && limit < minimum) throw new InvalidArgumentError(`memory limit ${limit}: must be at least ${minimum} bytes, or the OCI runtime itself does not fit`);
  if (limit > 0 && swap > 0 && swap < limit) throw new InvalidArgumentError(`memory swap limit ${swap}: counts memory too, so it must be at least the memory limit ${limit}`);
  return {
    ...(limit !== 0 && { limit }),
    ...(host.swapAccounting && (swap !== 0 ? { swap } : limit !== 0 ? { swap: limit } : {})),
  };
}

function hugepages(r: LinuxContainerResources, host: ResourcesHost): { hugepageLimits: readonly { pageSize: string; limit: number }[]; adjustments: SpecAdjustment[] } {
  if (r.hugepageLimits.length === 0 || host.controllers.has('hugetlb')) return { hugepageLimits: r.hugepageLimits, adjustments: [] };
  return { hugepageLimits: [], adjustments: [{ key: 'hugetlb', message: 'this node has no hugetlb cgroup controller: limits of huge pages have no effect' }] };
}

function unifiedKeys(r: LinuxContainerResources, host: ResourcesHost, { limit, swap }: NonNullable<LinuxResources['memory']>): Readonly<Record<string, string>> | undefined {
  const keys = Object.keys(r.unified);
  // runc writes it into the cgroup and does not tell systemd, whose next reload gives back the swap of before, or all of it. This it tells.
  if (host.cgroupKind === 'v2' && limit !== undefined && limit > 0 && swap === limit) return { 'memory.swap.max': '0', ...r.unified };
  if (keys.length === 0) return undefined;
  if (host.cgroupKind !== 'v2') throw new FailedPreconditionError(`cgroup key '${keys[0] ?? ''}': needs cgroup version 2, this node runs ${host.cgroupKind}`);
  return r.unified;
}
