/** Resource limits, both ways. */
import type { LinuxContainerResources } from '#oci';
import type { Input, LinuxContainerResources as Message } from '../generated/cri.js';
import { toLimit, toSize, within } from './number.ts';

const MAX_OOM_SCORE_ADJ = 1000;

/** @param message null stands for nothing set */
export function toResources(message: Message | null, at: string): LinuxContainerResources {
  return {
    cpuPeriod: toSize(message?.cpuPeriod ?? 0n, `${at}.cpu_period`),
    cpuQuota: toLimit(message?.cpuQuota ?? 0n, `${at}.cpu_quota`),
    cpuShares: toSize(message?.cpuShares ?? 0n, `${at}.cpu_shares`),
    memoryLimitInBytes: toLimit(message?.memoryLimitInBytes ?? 0n, `${at}.memory_limit_in_bytes`),
    oomScoreAdj: within(message?.oomScoreAdj ?? 0n, -MAX_OOM_SCORE_ADJ, MAX_OOM_SCORE_ADJ, `${at}.oom_score_adj`),
    cpusetCpus: message?.cpusetCpus ?? '',
    cpusetMems: message?.cpusetMems ?? '',
    hugepageLimits: (message?.hugepageLimits ?? []).map(({ pageSize, limit }, i) => ({ pageSize, limit: toSize(limit, `${at}.hugepage_limits[${i}].limit`) })),
    unified: message?.unified ?? {},
    memorySwapLimitInBytes: toLimit(message?.memorySwapLimitInBytes ?? 0n, `${at}.memory_swap_limit_in_bytes`),
  };
}

export function fromResources(resources: LinuxContainerResources): Input<Message> {
  return {
    cpuPeriod: BigInt(resources.cpuPeriod),
    cpuQuota: BigInt(resources.cpuQuota),
    cpuShares: BigInt(resources.cpuShares),
    memoryLimitInBytes: BigInt(resources.memoryLimitInBytes),
    oomScoreAdj: BigInt(resources.oomScoreAdj),
    cpusetCpus: resources.cpusetCpus,
    cpusetMems: resources.cpusetMems,
    hugepageLimits: resources.hugepageLimits.map(({ pageSize, limit }) => ({ pageSize, limit: BigInt(limit) })),
    unified: resources.unified,
    memorySwapLimitInBytes: BigInt(resources.memorySwapLimitInBytes),
  };
}
