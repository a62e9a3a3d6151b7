/** UpdateContainerResources and UpdatePodSandboxResources: all of an update, or nothing of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { errnoOf, errorText, FailedPreconditionError } from '#errors';
import type { LinuxContainerResources, LinuxResources } from '#oci';
import { linuxResources, oomScoreAdj, ownsPodCgroup } from '#oci';
import type { PodResources } from './api.ts';
import type { PodContext } from './context.ts';
import { bundleDir } from './context.ts';
import type { Operation } from './operation.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { containerState } from './record.ts';

/**
 * Changes the limits of a container that is created or runs; what the update does not set stays. When anything of it
 * is refused, or cannot be recorded, the limits that held before are set again.
 * @throws FailedPreconditionError when the container has ended, uses more memory than the new limit, or in the runtime's words.
 */
export async function updateContainerResources(context: PodContext, id: string, update: LinuxContainerResources, operation: Operation): Promise<void> {
  const container = context.store.requireContainer(id);
  if (container.exit) throw new FailedPreconditionError(`update container "${id}": it is ${containerState(container)}, expected running`);
  const change = { ...update, ...memoryOf(update, container.resources) };
  checkMemory(context, container, update.memoryLimitInBytes);
  const runtime = context.runtimes.of(context.store.requirePod(container.podId).runtime);
  const options = { signal: new AbortController().signal, host: context.host, bundle: bundleDir(context.config, id) };
  const { resources } = linuxResources(change, context.host);
  const putBack = context.cgroups.heldLimits(container.cgroupPath, resources);
  const putScoresBack = update.oomScoreAdj === 0 ? () => undefined : await heldOomScores(context, container);
  operation.stage('runtime update');
  try {
    context.cgroups.applyResources(container.cgroupPath, notByRuntimes(resources, context.host));
    await runtime.update(id, change, options);
    await setOomScore(context, container, update.oomScoreAdj);
    context.store.patchContainer(id, { resources: merged(container.resources, change) });
  } catch (error) {
    operation.stage('undo');
    // The runtime's own record, and systemd's; the kernel's is put back in any case.
    await runtime.update(id, undoing(update, container.resources), options)
      .catch((failure: unknown) => context.log.warn('the runtime does not take back a refused update', { container: id, error: errorText(failure) }));
    await takeBack(context, { container: id }, putBack);
    await takeBack(context, { container: id }, putScoresBack);
    throw error;
  } finally {
    context.cgroups.limitsChanged(container.cgroupPath);
  }
}

/** What runtimes do not set of an update: runc no limit of huge pages, crun no quota of none on version 1 (lib/oci/runtimes). */
function notByRuntimes({ cpu, hugepageLimits }: LinuxResources, { cgroupKind }: PodContext['host']): Pick<LinuxResources, 'cpu' | 'hugepageLimits'> {
  const noQuota = cgroupKind !== 'v2' && cpu?.quota !== undefined && cpu.quota < 0;
  return { ...hugepageLimits && { hugepageLimits }, ...noQuota && { cpu: { quota: cpu.quota } } };
}

/** Memory and swap go together: what an update leaves out is what holds, as far as it fits the new limit. None without either. */
function memoryOf({ memoryLimitInBytes: limit, memorySwapLimitInBytes: swap }: LinuxContainerResources, before: LinuxContainerResources): Partial<LinuxContainerResources> {
  if (limit === 0 && swap === 0) return {};
  const memory = limit || before.memoryLimitInBytes;
  const held = before.memorySwapLimitInBytes;
  const kept = memory > 0 && held > 0 ? Math.max(held, memory) : held;
  return { memoryLimitInBytes: memory, memorySwapLimitInBytes: swap || kept };
}

/** What held before, with the kernel's own where nothing was set. */
function undoing(update: LinuxContainerResources, before: LinuxContainerResources): LinuxContainerResources {
  const unset = (['cpuPeriod', 'cpuQuota', 'cpuShares', 'memoryLimitInBytes'] as const).filter((field) => update[field] !== 0 && before[field] === 0);
  return { ...before, ...Object.fromEntries(unset.map((field) => [field, KERNEL_DEFAULTS[field]])) };
}

const KERNEL_DEFAULTS = { cpuPeriod: 100_000, cpuQuota: -1, cpuShares: 1024, memoryLimitInBytes: -1 } as const;

/**
 * Takes note of a pod's new limits. kubelet has changed the pod's cgroup before it tells; a cgroup that is ours, of a pod
 * that named no parent, gets the limits of resources and overhead together here.
 * @throws FailedPreconditionError when the pod is not ready, or the kernel refuses a limit: then those from before hold.
 */
export async function updatePodResources(context: PodContext, id: string, update: PodResources, operation: Operation): Promise<void> {
  const pod = context.store.requirePod(id);
  if (pod.phase !== 'ready') throw new FailedPreconditionError(`update pod "${id}": it is not ready`);
  const before = resourcesOf(pod);
  const after: PodResources = {
    ...(update.resources ?? before.resources) && { resources: merged(before.resources, update.resources) },
    ...(update.overhead ?? before.overhead) && { overhead: merged(before.overhead, update.overhead) },
  };
  operation.stage('cgroup');
  try {
    const putBack = applyPodResources(context, pod, after);
    try {
      context.store.patchPod(id, { resources: after });
    } catch (error) {
      await takeBack(context, { pod: id }, putBack);
      throw error;
    }
  } finally {
    context.cgroups.limitsChanged(pod.cgroupPath);
  }
}

/** The limits that hold for a pod: those of its configuration, or of the last update. */
export function resourcesOf({ config, resources }: Pick<PodRecord, 'config' | 'resources'>): PodResources {
  const { resources: configured, overhead } = config.linux;
  return resources ?? { ...configured && { resources: configured }, ...overhead && { overhead } };
}

/** Sets the limits of a pod's cgroup if it is ours. @returns puts back what was. @throws FailedPreconditionError naming file and value */
export function applyPodResources({ cgroups, host }: PodContext, pod: Pick<PodRecord, 'config' | 'cgroupPath'>, limits: PodResources): () => void {
  if (!ownsPodCgroup(pod.config.linux.cgroupParent) || (limits.resources ?? limits.overhead) === undefined) return () => undefined;
  return cgroups.applyResources(pod.cgroupPath, linuxResources(withOverhead(limits), host).resources);
}

async function takeBack(context: PodContext, whose: object, putBack: () => void | Promise<void>): Promise<void> {
  try {
    await putBack();
  } catch (error) {
    context.log.error('limits of a refused update are not taken back', { ...whose, error: errorText(error) });
  }
}

/** A limit holds for containers and overhead together; overhead alone limits nothing. */
function withOverhead({ resources, overhead }: PodResources): LinuxContainerResources {
  const limits = resources ?? NO_LIMITS;
  const plus = (field: 'cpuQuota' | 'cpuShares' | 'memoryLimitInBytes' | 'memorySwapLimitInBytes'): number => (limits[field] > 0 ? limits[field] + Math.max(overhead?.[field] ?? 0, 0) : limits[field]);
  return { ...limits, cpuQuota: plus('cpuQuota'), cpuShares: plus('cpuShares'), memoryLimitInBytes: plus('memoryLimitInBytes'), memorySwapLimitInBytes: plus('memorySwapLimitInBytes') };
}

const NO_LIMITS: LinuxContainerResources = {
  cpuPeriod: 0, cpuQuota: 0, cpuShares: 0, memoryLimitInBytes: 0, oomScoreAdj: 0, cpusetCpus: '', cpusetMems: '', hugepageLimits: [], unified: {}, memorySwapLimitInBytes: 0,
};

/** The kernel would refuse on version 1, and kill on version 2. File pages can be dropped and do not count. */
function checkMemory({ cgroups }: PodContext, { id, cgroupPath }: ContainerRecord, limit: number): void {
  const used = cgroups.stats(cgroupPath)?.memory.workingSet ?? 0n;
  if (limit > 0 && used > BigInt(limit)) throw new FailedPreconditionError(`update container "${id}": memory limit ${limit} is below the ${used.toString()} bytes that it uses`);
}

/** Not among what runtimes update. 0 in an update means not set. */
async function setOomScore(context: PodContext, container: ContainerRecord, wanted: number): Promise<void> {
  if (wanted === 0 || wanted === container.resources.oomScoreAdj) return;
  const { value, adjustments } = oomScoreAdj(wanted, context.host);
  context.runtimes.of(context.store.requirePod(container.podId).runtime).report(adjustments);
  for (const pid of context.cgroups.processes(container.cgroupPath)) await writeOomScore(pid, String(value), container.id);
}

/** What gives the processes the scores that they have now; one that is born meanwhile has its parent's, and gets that of the first. */
async function heldOomScores({ cgroups }: PodContext, { id, cgroupPath }: ContainerRecord): Promise<() => Promise<void>> {
  const held = new Map<number, string>();
  for (const pid of cgroups.processes(cgroupPath)) await unlessEnded(async () => held.set(pid, await readFile(oomScoreFile(pid), 'utf8')));
  const [first] = held.values();
  return async () => {
    for (const pid of cgroups.processes(cgroupPath)) {
      const score = held.get(pid) ?? first;
      if (score !== undefined) await writeOomScore(pid, score, id);
    }
  };
}

async function writeOomScore(pid: number, score: string, containerId: string): Promise<void> {
  try {
    await unlessEnded(() => writeFile(oomScoreFile(pid), score));
  } catch (error) {
    throw new FailedPreconditionError(`set oom_score_adj of process ${pid} of container "${containerId}" to ${score.trim()}`, { cause: error });
  }
}

const oomScoreFile = (pid: number): string => `/proc/${pid}/oom_score_adj`;

/** Of a process that has ended since its pid was read nothing is done. */
async function unlessEnded(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes(errnoOf(error) ?? '')) throw error;
  }
}

/** Zero and empty fields of an update leave what was (CRI UpdateContainerResources). */
function merged(before: LinuxContainerResources = NO_LIMITS, update: LinuxContainerResources = NO_LIMITS): LinuxContainerResources {
  const given = Object.entries(update).filter(([, value]) => value !== 0 && value !== '');
  const others = before.hugepageLimits.filter(({ pageSize }) => !update.hugepageLimits.some((limit) => limit.pageSize === pageSize));
  return { ...before, ...Object.fromEntries(given), hugepageLimits: [...others, ...update.hugepageLimits], unified: { ...before.unified, ...update.unified } };
}
