/**
 * Taking back what a pod or a container holds on the node. The one way down: undo of a failed
 * start, stop, remove and recovery all come here. Every step is idempotent, runs although another
 * failed, and has its own deadline.
 */
import { rm } from 'node:fs/promises';
import { UndoStack } from '#async';
import type { UndoFailure } from '#async';
import { errorText, InternalError } from '#errors';
import type { HandlerIdentity } from '#oci';
import { removeIdMapped } from './container-mounts.ts';
import type { PodContext } from './context.ts';
import { attachmentOf, bundleDir, filesOf, namespacesDir, networkStepMs, STEP_TIMEOUT_MS } from './context.ts';
import { removePodFiles } from './pod-files.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { sandboxCgroup } from './cgroup-paths.ts';

/** Network, namespaces, cgroup, files. The record is the caller's to change. @throws InternalError naming every step that failed. */
export async function releasePod(context: PodContext, pod: PodRecord): Promise<void> {
  const { cgroups, cni, monitors, config } = context;
  const steps = new UndoStack();
  steps.add('pod files', () => removePodFiles(filesOf(context, pod)));
  if (pod.ownsCgroup) steps.add('pod cgroup', (signal) => cgroups.remove(pod.cgroupPath, { signal }), STEP_TIMEOUT_MS.cgroup);
  steps.add('sandbox cgroup', async (signal) => {
    await cgroups.killAll(sandboxCgroup(pod), { signal });
    await cgroups.remove(sandboxCgroup(pod), { signal });
  }, STEP_TIMEOUT_MS.cgroup);
  let attached = pod.network === 'wanted' || pod.network === 'attached';
  // Plugins find what is theirs by the namespace: it stays until they have let go.
  steps.add('pinned namespaces', async () => { if (!attached) await monitors.unpin(namespacesDir(config, pod.id)); });
  if (attached) {
    steps.add('network', async (signal) => {
      await cni.del(attachmentOf(pod, pod.cgroupPath), { signal });
      attached = false;
      context.store.patchPod(pod.id, { network: 'detached' });
    }, networkStepMs(config));
  }
  raise(`release pod "${pod.id}"`, await steps.undo());
}

/** Runtime state, monitor, mount, bundle, cgroup; the writable layer and the record stay. The container must not be running, unless `kill`. */
export async function releaseContainer(context: PodContext, container: ContainerRecord, runtime: HandlerIdentity): Promise<void> {
  const { cgroups, config, storage, runtimes } = context;
  const steps = new UndoStack();
  steps.add('bundle', () => rm(bundleDir(config, container.id), { recursive: true, force: true }));
  steps.add('mounts with mapped ids', () => removeIdMapped(context, container.id));
  steps.add('root file system mount', () => storage.rootfs.unmount(container.id));
  steps.add('monitor', async (signal) => {
    const live = context.live.get(container.id);
    if (live) await live.monitor.shutdown({ signal, force: container.phase === 'creating' });
    else await context.monitors.discard(container.id);
    context.live.delete(container.id);
  }, STEP_TIMEOUT_MS.kill);
  steps.add('cgroup', (signal) => cgroups.remove(container.cgroupPath, { signal }), STEP_TIMEOUT_MS.cgroup);
  steps.add('runtime state', (signal) => runtimes.of(runtime).delete(container.id, { signal }), STEP_TIMEOUT_MS.delete);
  // A pod's shared pid namespace lives on when a container's first process ends; what it left behind must not.
  steps.add('left-over processes', (signal) => cgroups.killAll(container.cgroupPath, { signal }), STEP_TIMEOUT_MS.cgroup);
  raise(`release container "${container.id}"`, await steps.undo());
}

function raise(what: string, failures: readonly UndoFailure[]): void {
  if (failures.length === 0) return;
  throw new InternalError(`${what}: ${failures.map((f) => `${f.step}: ${errorText(f.error)}`).join('; ')}`, { cause: failures[0]?.error });
}
