/** Resource limits, both ways. */
import type { LinuxContainerResources } from '#oci';
import type { Input, LinuxContainerResources as Message } from '../generated/cri.js';
import { InvalidArgumentError } from '#errors';
import { toLimit, toSize, within } from './number.ts';

const MAX_OOM_SCORE_ADJ = 1000;
const PAGE_SIZE = { form: /^[1-9]\d*[KMG]B$/, example: '2MB' };
const CGROUP_FILE = { form: /^[a-z]\w*(\.\w+)+$/i, example: 'memory.high' };
const CPU_LIST = { form: /^[\d,\s-]*$/, example: '0-3,7' };

/** @param message null stands for nothing set */
export function toResources(message: Message | null, at: string): LinuxContainerResources {
  return {
    cpuPeriod: toSize(message?.cpuPeriod ?? 0n, `${at}.cpu_period`),
    cpuQuota: toLimit(message?.cpuQuota ?? 0n, `${at}.cpu_quota`),
    cpuShares: toSize(message?.cpuShares ?? 0n, `${at}.cpu_shares`),
    memoryLimitInBytes: toLimit(message?.memoryLimitInBytes ?? 0n, `${at}.memory_limit_in_bytes`),
    oomScoreAdj: within(message?.oomScoreAdj ?? 0n, -MAX_OOM_SCORE_ADJ, MAX_OOM_SCORE_ADJ, `${at}.oom_score_adj`),
    cpusetCpus: matching(CPU_LIST, message?.cpusetCpus ?? '', `${at}.cpuset_cpus`),
    cpusetMems: matching(CPU_LIST, message?.cpusetMems ?? '', `${at}.cpuset_mems`),
    hugepageLimits: (message?.hugepageLimits ?? []).map(({ pageSize, limit }, i) => ({
      pageSize: matching(PAGE_SIZE, pageSize, `${at}.hugepage_limits[${i}].page_size`), limit: toSize(limit, `${at}.hugepage_limits[${i}].limit`),
    })),
    unified: toUnified(message?.unified ?? {}, `${at}.unified`),
    memorySwapLimitInBytes: toLimit(message?.memorySwapLimitInBytes ?? 0n, `${at}.memory_swap_limit_in_bytes`),
  };
}

/** Keys are names of files in a cgroup: a key with a slash would be one elsewhere. */
function toUnified(unified: Readonly<Record<string, string>>, at: string): Readonly<Record<string, string>> {
  for (const key of Object.keys(unified)) matching(CGROUP_FILE, key, at);
  return unified;
}

function matching({ form, example }: { readonly form: RegExp; readonly example: string }, text: string, at: string): string {
  if (!form.test(text)) throw new InvalidArgumentError(`${at}: ${JSON.stringify(text)}, expected something as ${JSON.stringify(example)}`);
  return text;
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
