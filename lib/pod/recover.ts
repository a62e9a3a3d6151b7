/**
 * Making the records true again after a restart of the daemon or of the node. Lists are right from
 * the first moment (from the store); this connects to the monitors, records the exits that were
 * missed, finishes what was half done and removes what nobody owns.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withDeadline } from '#async';
import type { Monitor } from '#conmon';
import { errorText } from '#errors';
import { containersWithIdMapped, removeIdMapped } from './container-mounts.ts';
import type { PodContext } from './context.ts';
import { bundlesDir, exitRecordPath, STEP_TIMEOUT_MS } from './context.ts';
import { namesIn } from './names-in.ts';
import { exitOf, lostExit, recordExit, releaseExited, reviveMonitor, watchExit } from './exit.ts';
import { endRestore } from './checkpoint/prepare-restore.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { containerState } from './record.ts';
import { collectNetworkGarbage } from './network-upkeep.ts';
import { releaseContainer, releasePod } from './release.ts';
import { removePodSandbox } from './remove.ts';
import { Stops } from './stop-container.ts';

export interface Recovery {
  /** Every living monitor is connected to, every missed exit recorded: from here on containers can be changed. Some milliseconds; never rejects. */
  readonly adopted: Promise<void>;
  /** Everything half done is finished or undone, what nobody owns removed; what failed is logged and stays for Stop or Remove. Never rejects. */
  readonly done: Promise<void>;
}

/** Only what is recorded at the time of the call is looked at: calls may begin new things meanwhile. */
export function recover(context: PodContext): Recovery {
  const containers = [...context.store.containers];
  const pods = [...context.store.pods];
  const adopted = Promise.all(containers.map((container) => guarded(context, `container ${container.id}`, () => adoptContainer(context, container)))).then(() => undefined);
  return { adopted, done: adopted.then(() => finish(context, containers, pods)) };
}

async function finish(context: PodContext, containers: readonly ContainerRecord[], pods: readonly PodRecord[]): Promise<void> {
  await Promise.all(containers.map((container) => guarded(context, `container ${container.id}`, () => finishContainer(context, container.id))));
  await Promise.all(pods.map((pod) => guarded(context, `pod ${pod.id}`, () => recoverPod(context, pod))));
  // Its daemon died before it could tell anybody.
  for (const { id, restoring } of pods) if (restoring) await guarded(context, `pod ${id}`, () => removePodSandbox(context, new Stops(), id, new AbortController().signal));
  await sweep(context);
  await collectNetworkGarbage(context);
}

async function adoptContainer(context: PodContext, container: ContainerRecord): Promise<void> {
  const rebooted = container.bootId !== context.config.bootId;
  if (container.released) return;
  const monitor = rebooted ? undefined : await monitorOf(context, container);
  if (monitor) watchExit(context, container.id, monitor);
  if (container.exit || container.phase === 'creating') return;
  // It has none before it is started.
  if (!monitor && !rebooted && container.restoredFrom !== undefined && container.startedAt === 0n && !await context.monitors.readExitRecord(exitRecordPath(context.config, container.id))) return;
  if (monitor) {
    // `start` may have run although the daemon died before it wrote so.
    const status = await monitor.status({ signal: AbortSignal.timeout(STEP_TIMEOUT_MS.adopt) });
    if (container.startedAt === 0n && status.startedAtNs > 0n) context.store.patchContainer(container.id, { startedAt: status.startedAtNs, pid: monitor.containerPid });
    return;
  }
  const record = await context.monitors.readExitRecord(exitRecordPath(context.config, container.id));
  if (record) {
    if (container.startedAt === 0n && record.startedAtNs > 0n) context.store.patchContainer(container.id, { startedAt: record.startedAtNs });
    recordExit(context, container.id, exitOf(record));
  } else {
    recordExit(context, container.id, rebooted ? lostExit('NodeReboot', 'the node was booted anew') : lostExit('MonitorLost', 'the monitor was gone when davit started'));
  }
}

/** The container's monitor, or another one if that has died while no daemon was there. */
async function monitorOf(context: PodContext, container: ContainerRecord): Promise<Monitor | undefined> {
  const monitor = await withDeadline('connect to the monitor', STEP_TIMEOUT_MS.adopt, new AbortController().signal, (signal) => context.monitors.adopt(container.id, { signal }));
  if (monitor || container.exit || container.phase === 'creating' || (container.restoredFrom !== undefined && container.startedAt === 0n)) return monitor;
  return reviveMonitor(context, container.id, 'it was gone when davit started');
}

/** In the pod's queue, where a call that came meanwhile may have done it. */
async function finishContainer(context: PodContext, id: string): Promise<void> {
  const container = context.store.getContainer(id);
  if (container?.capturing?.length) await context.queue.run(container.podId, () => endCapture(context, id));
  if (!container || container.released) return;
  if (container.restoredFrom !== undefined && containerState(container) === 'running') await endRestore(context, id);
  // A monitor that outlived its container's record waits to be dismissed.
  if (container.exit) await context.queue.run(container.podId, () => releaseExited(context, id));
  // Its id was never told to anybody.
  else if (container.phase === 'creating') await context.queue.run(container.podId, () => discardContainer(context, container));
}

/** A checkpoint that its daemon did not finish: what it froze goes on, what it wrote goes. */
async function endCapture(context: PodContext, id: string): Promise<void> {
  const container = context.store.getContainer(id);
  if (!container?.capturing?.length) return;
  const { checkpoints } = context.runtimes.of(context.store.requirePod(container.podId).runtime);
  await checkpoints.resume(id, { signal: AbortSignal.timeout(STEP_TIMEOUT_MS.cgroup) });
  for (const path of container.capturing) await rm(path, { recursive: true, force: true });
  context.store.patchContainer(id, { capturing: [] });
}

async function discardContainer(context: PodContext, container: ContainerRecord): Promise<void> {
  await context.cgroups.killAll(container.cgroupPath, { signal: AbortSignal.timeout(STEP_TIMEOUT_MS.cgroup) });
  await releaseContainer(context, container, context.store.requirePod(container.podId).runtime);
  await context.storage.rootfs.remove(container.id);
  context.store.deleteContainer(container.id);
}

async function recoverPod(context: PodContext, pod: PodRecord): Promise<void> {
  const rebooted = pod.bootId !== context.config.bootId;
  if (pod.phase === 'ready' && !rebooted) return;
  if (pod.released) return;
  // The namespace died with the node; DEL frees what the plugins remember.
  const current = rebooted ? context.store.patchPod(pod.id, { phase: 'notReady', namespaces: {} }) : pod;
  if (!current) return;
  await context.queue.run(pod.id, async () => {
    if (context.store.containersOf(pod.id).some((c) => !c.exit)) return;
    await releasePod(context, current);
    if (pod.phase === 'creating') context.store.deletePod(pod.id);
    else context.store.patchPod(pod.id, { released: true });
  });
}

/** What belongs to a pod or container that has no record: one by one, although another cannot go. Network attachments are the upkeep's. */
async function sweep(context: PodContext): Promise<void> {
  const { config, store, storage } = context;
  const namespaces = join(config.runroot, 'ns');
  const ofNobody = async (what: string, list: () => Promise<readonly string[]>, remove: (id: string) => Promise<void>): Promise<void> => {
    await guarded(context, `${what} without an owner`, async () => {
      for (const id of await list()) if (!store.getContainer(id) && !store.getPod(id)) await guarded(context, `${what} ${id} without an owner`, () => remove(id));
    });
  };
  await ofNobody('root file system', async () => storage.rootfs.list(), (id) => storage.rootfs.remove(id));
  await ofNobody('mounts with mapped ids', () => containersWithIdMapped(context), (id) => removeIdMapped(context, id));
  await ofNobody('bundle', () => namesIn(bundlesDir(config)), (id) => rm(join(bundlesDir(config), id), { recursive: true, force: true }));
  // A name with a dot is not a pod's: `pin` marks its mount so.
  await ofNobody('namespaces', async () => (await namesIn(namespaces)).filter((id) => !id.startsWith('.')), (id) => context.monitors.unpin(join(namespaces, id)));
}

async function guarded(context: PodContext, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.log.error('recovery is not complete', { what, error: errorText(error) });
  }
}
