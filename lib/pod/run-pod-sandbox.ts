import { AlreadyExistsError, DeadlineExceededError, errorText } from '#errors';
import { withDeadline } from '#async';
import type { Monitors, PinnedNamespaces, PinSpec } from '#conmon';
import type { PodSandboxConfig } from '#oci';
import { crioWishes, ownsPodCgroup, podCgroupPath, podHostname, podSysctls } from '#oci';
import { hostname as hostHostname } from 'node:os';
import type { PodContext } from './context.ts';
import { attachmentOf, filesOf, namespacesDir, networkStepMs, newId, STEP_TIMEOUT_MS } from './context.ts';
import { sandboxCgroup } from './cgroup-paths.ts';
import { differences } from './encoding.ts';
import { networkWishes } from './network-wishes.ts';
import type { Operation } from './operation.ts';
import { writeHostsFile, writePodFiles } from './pod-files.ts';
import { publish } from './publish.ts';
import type { PodRecord } from './record.ts';
import { nowNs } from './record.ts';
import { releasePod } from './release.ts';
import { applyPodResources, resourcesOf } from './update-resources.ts';

/**
 * Makes and starts a sandbox. Equal requests share one operation and one answer, also when the
 * first caller has gone or the pod is long up; the same identity with another request is refused.
 * @throws InvalidArgumentError for an unknown handler; AlreadyExistsError naming what differs.
 */
export async function runPodSandbox(context: PodContext, config: PodSandboxConfig, runtimeHandler: string, signal: AbortSignal, facts: Pick<PodRecord, 'restoring'> = {}): Promise<string> {
  context.runtimes.get(runtimeHandler);
  const { name, namespace, uid, attempt } = config.metadata;
  const request = { config, runtimeHandler };
  const existing = findByIdentity(context, config);
  if (existing) {
    const differing = differences({ config: existing.config, runtimeHandler: existing.runtimeHandler }, request);
    const title = `run pod "${namespace}/${name}" attempt ${attempt}`;
    if (differing.length > 0) throw new AlreadyExistsError(`${title}: pod "${existing.id}" has this identity and differs in ${differing.join(', ')}`);
    if (existing.phase === 'ready') return existing.id;
    throw new AlreadyExistsError(`${title}: pod "${existing.id}" has this identity and is not ready any more; remove it or raise the attempt`);
  }
  return context.operations.run(`run:${namespace}/${name}/${uid}/${attempt}`, 'RunPodSandbox', `${namespace}/${name}`, { ...request, ...facts }, signal,
    (operation) => start(context, config, runtimeHandler, facts, operation));
}

/** The pod that has the identity of `config`. */
export function findByIdentity(context: PodContext, config: PodSandboxConfig): PodRecord | undefined {
  const { name, namespace, uid, attempt } = config.metadata;
  for (const pod of context.store.pods) {
    const other = pod.config.metadata;
    if (pod.phase !== 'creating' && other.name === name && other.namespace === namespace && other.uid === uid && other.attempt === attempt) return pod;
  }
  return undefined;
}

async function start(context: PodContext, config: PodSandboxConfig, runtimeHandler: string, facts: Pick<PodRecord, 'restoring'>, operation: Operation): Promise<string> {
  const id = newId();
  operation.subject = id;
  const hostNetwork = config.linux.securityContext.namespaceOptions.network === 'node';
  const { name, path, root } = context.runtimes.get(runtimeHandler).handler;
  // Before anything is made: a wish that cannot be granted is the caller's to correct.
  wishesOf(context, config, runtimeHandler);
  const pod = context.store.putPod({
    id, config, runtimeHandler, runtime: { name, path, root }, createdAt: nowNs(), bootId: context.config.bootId, phase: 'creating',
    cgroupPath: podCgroupPath(context.config.cgroupManager, config.linux.cgroupParent, id), ownsCgroup: ownsPodCgroup(config.linux.cgroupParent),
    namespaces: {}, network: hostNetwork ? 'host' : 'wanted', ips: [], released: false, ...facts,
  });
  return context.queue.run(id, async () => {
    try {
      await bringUp(context, pod, operation);
    } catch (error) {
      operation.stage('undo');
      await takeBack(context, id, error);
      throw error;
    }
    publish(context, id, id, 'created');
    publish(context, id, id, 'started');
    return id;
  });
}

function wishesOf(context: PodContext, config: PodSandboxConfig, runtimeHandler: string): ReturnType<typeof crioWishes> {
  return crioWishes(config.annotations, context.runtimes.get(runtimeHandler).handler.allowedAnnotations);
}

async function bringUp(context: PodContext, pod: PodRecord, operation: Operation): Promise<void> {
  const { cni, monitors, config } = context;
  const spec = pinSpec(context, pod);
  const { shmSizeBytes } = wishesOf(context, pod.config, pod.runtimeHandler);
  const hostname = spec.hostname || hostHostname();

  operation.stage('cgroup and namespaces');
  const cgroup = makeCgroups(context, pod, spec);
  const [namespaces, ...others] = await Promise.allSettled([
    makeNamespaces(monitors, spec, cgroup), cgroup, writePodFiles(filesOf(context, pod), hostname, pod.config, shmSizeBytes),
  ]);
  // All have ended: what undo takes away is not made behind its back.
  if (namespaces.status === 'rejected') throw namespaces.reason;
  const pinned = context.store.patchPod(pod.id, { namespaces: absolute(namespaces.value, namespacesDir(config, pod.id)) }) ?? pod;
  for (const other of others) if (other.status === 'rejected') throw other.reason;

  let ips: readonly string[] = [];
  if (pod.network === 'wanted') {
    operation.stage('network');
    const wishes = networkWishes(pod.config.annotations, context.runtimes.get(pod.runtimeHandler).handler.allowedAnnotations);
    const result = await withDeadline('CNI ADD', networkStepMs(config), new AbortController().signal, (signal) => cni.add({ ...attachmentOf(pinned, pod.cgroupPath), ...wishes }, { signal }));
    ips = result.ips;
  }
  await writeHostsFile(filesOf(context, pod), hostname, ips, pod.config);
  context.store.patchPod(pod.id, { phase: 'ready', ips, network: pod.network === 'host' ? 'host' : 'attached' });
}

async function makeCgroups(context: PodContext, pod: PodRecord, { pause }: PinSpec): Promise<void> {
  if (pod.ownsCgroup) await context.cgroups.create(pod.cgroupPath);
  applyPodResources(context, pod, resourcesOf(pod));
  if (pause) await context.cgroups.create(sandboxCgroup(pod));
}

/** @param cgroup made when it settles; the pause process goes into one */
async function makeNamespaces(monitors: Monitors, spec: PinSpec, cgroup: Promise<void>): Promise<PinnedNamespaces> {
  if (spec.pause) await cgroup;
  return needsPin(spec) ? withDeadline('make the pod\'s namespaces', STEP_TIMEOUT_MS.pin, new AbortController().signal, (signal) => monitors.pin(spec, { signal })) : {};
}

/** After a failed start: what cannot be taken back stays as a NotReady pod, which a later Stop or Remove finishes. */
async function takeBack(context: PodContext, id: string, cause: unknown): Promise<void> {
  const pod = context.store.getPod(id);
  if (!pod) return;
  try {
    await releasePod(context, pod);
    context.store.deletePod(id);
  } catch (error) {
    context.store.patchPod(id, { phase: 'notReady' });
    const why = cause instanceof DeadlineExceededError ? 'deadline' : 'failure';
    context.log.error('failed pod is not fully taken back; it stays as NotReady', { pod: id, why, cause: errorText(cause), error: errorText(error) });
  }
}

function pinSpec(context: PodContext, pod: PodRecord): PinSpec {
  const { namespaceOptions } = pod.config.linux.securityContext;
  const hostNetwork = namespaceOptions.network === 'node';
  const sharedPid = namespaceOptions.pid === 'pod';
  return {
    directory: namespacesDir(context.config, pod.id),
    net: !hostNetwork, ipc: namespaceOptions.ipc !== 'node',
    // A pod on the host's network has the host's name too, as kubelet expects.
    uts: !hostNetwork,
    hostname: hostNetwork ? '' : podHostname(pod.config, pod.id),
    sysctls: podSysctls(pod.config, context.config.defaultSysctls),
    loopback: !hostNetwork,
    ...(namespaceOptions.usernsOptions?.mode === 'pod' ? { user: { uids: [...namespaceOptions.usernsOptions.uids], gids: [...namespaceOptions.usernsOptions.gids] } } : {}),
    ...(sharedPid ? { pause: { cgroupDirs: [...context.cgroups.directories(sandboxCgroup(pod))], oomScoreAdj: PAUSE_OOM_SCORE_ADJ } } : {}),
  };
}

/** The pause process dies last in its pod, as kubelet's -998 for infrastructure containers. */
const PAUSE_OOM_SCORE_ADJ = -998;

function needsPin(spec: PinSpec): boolean {
  return spec.net || spec.ipc || spec.uts || spec.user !== undefined || spec.pause !== undefined;
}

function absolute(namespaces: PinnedNamespaces, directory: string): PinnedNamespaces {
  for (const path of [namespaces.net, namespaces.ipc, namespaces.uts, namespaces.user, namespaces.pid]) {
    if (path !== undefined && !path.startsWith(`${directory}/`)) throw new TypeError(`pinned namespace "${path}" is not in "${directory}"`);
  }
  return namespaces;
}
