import { dirname, join, normalize } from 'node:path';
import { withDeadline } from '#async';
import { AlreadyExistsError, errorText, FailedPreconditionError, InvalidArgumentError, NotFoundError } from '#errors';
import { makeDirectories } from '#fs';
import type { MonitorSpec } from '#conmon';
import type { ImageView } from '#image';
import type { ContainerConfig, NamespaceOptions, Runtime } from '#oci';
import { containerCgroupsPath, createContainerSpec, namespaceOptionsIn, writeBundle } from '#oci';
import { checkProcess } from './checkpoint/compatible.ts';
import type { Checkpoint } from './checkpoint/open-checkpoint.ts';
import { originOf } from './checkpoint/origin.ts';
import { openForRestore, prepareRestore, restorableSpec } from './checkpoint/prepare-restore.ts';
import { idMapOf, mountMaker, mountsWithImages, removeIdMapped } from './container-mounts.ts';
import type { PodContext } from './context.ts';
import { bundleDir, exitRecordPath, filesOf, logDirectoryOf, newId } from './context.ts';
import { differences } from './encoding.ts';
import { watchExit } from './exit.ts';
import type { Operation } from './operation.ts';
import { hostsFile } from './pod-files.ts';
import { publish } from './publish.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { nowNs } from './record.ts';
import { withReadyMoves } from './ready-for-moves.ts';
import { releaseContainer } from './release.ts';
import { stopSignalName } from './stop-signal.ts';

/** A container of RestorePod: `checkpoint` is the archive, and what the configuration says about the process must be what was checkpointed. */
export interface FromCheckpoint { readonly checkpoint: string }

/**
 * Creates a container in a pod; one whose image is a checkpoint (an archive's absolute path, or an image that holds an archive's files) goes on from there when it is started. Equal requests (pod, name, attempt, configuration) share one
 * operation and one answer.
 * @throws NotFoundError for the pod or the image; FailedPreconditionError when the pod is not ready;
 *   AlreadyExistsError naming what differs; the runtime's own text when it refuses.
 */
export async function createContainer(context: PodContext, podId: string, config: ContainerConfig, signal: AbortSignal, from?: FromCheckpoint): Promise<string> {
  const pod = context.store.requirePod(podId);
  const { name, attempt } = config.metadata;
  const title = `create container "${name}" attempt ${attempt} in pod "${pod.id}"`;
  const existing = context.store.containersOf(pod.id).find((c) => c.phase === 'created' && c.config.metadata.name === name && c.config.metadata.attempt === attempt);
  if (existing) {
    const differing = differences({ config: existing.config, from: existing.restoredFrom ?? config.image.image }, { config, from: from?.checkpoint ?? config.image.image });
    if (differing.length > 0) throw new AlreadyExistsError(`${title}: container "${existing.id}" has this identity and differs in ${differing.join(', ')}`);
    return existing.id;
  }
  return context.operations.run(`create:${pod.id}/${name}/${attempt}`, 'CreateContainer', name, { config, ...from }, signal,
    (operation) => context.queue.run(pod.id, () => withReadyMoves(context, title, () => create(context, pod.id, config, from, operation), true)));
}

async function create(context: PodContext, podId: string, config: ContainerConfig, from: FromCheckpoint | undefined, operation: Operation): Promise<string> {
  operation.podId = podId;
  const pod = context.store.requirePod(podId);
  if (pod.phase !== 'ready') throw new FailedPreconditionError(`create container "${config.metadata.name}": pod "${podId}" is not ready`);
  await using origin = await originOf(context, config, from?.checkpoint);
  if (origin) operation.stage('read checkpoint');
  const checkpoint = origin && await openForRestore(context, pod, origin);
  const image = checkpoint ? requireBaseImage(context, checkpoint) : requireImage(context, config);
  const namespaceOptions = checkedOptions(pod, config);
  const mounts = mountsWithImages(context, config);
  const id = newId();
  operation.subject = id;
  const container = context.store.putContainer({
    id, podId, config, imageId: image.id, imageRef: image.repoDigests[0] ?? image.id, createdAt: nowNs(), bootId: pod.bootId, phase: 'creating',
    cgroupPath: containerCgroupsPath(context.config.cgroupManager, pod.cgroupPath, id).path, logPath: logPathOf(context, pod, config), pid: 0, startedAt: 0n,
    stopSignal: config.stopSignal || stopSignalName(image.config.stopSignal) || 'SIGTERM', mounts, resources: config.linux.resources,
    user: { uid: 0, gid: 0, supplementalGroups: [] }, released: false, ...(origin && { restoredFrom: origin.path }),
  });
  try {
    await bringUp(context, pod, container, { image, namespaceOptions, checkpoint, isCompared: from !== undefined }, operation);
  } catch (error) {
    operation.stage('undo');
    await takeBack(context, pod, container);
    throw error;
  }
  publish(context, id, podId, 'created');
  return id;
}

/** What create() found out before it began. */
interface Plan {
  readonly image: ImageView;
  readonly namespaceOptions: NamespaceOptions;
  readonly checkpoint: Checkpoint | undefined;
  /** Whether the configuration's process must be the checkpoint's. */
  readonly isCompared: boolean;
}

async function bringUp(context: PodContext, pod: PodRecord, container: ContainerRecord, plan: Plan, operation: Operation): Promise<void> {
  const { id, config } = container;
  const { image, namespaceOptions, checkpoint } = plan;
  operation.stage('root file system');
  const idMap = idMapOf(pod);
  const unlimited = new AbortController().signal;
  if (container.logPath !== '') await makeLogDirectory(dirname(container.logPath));
  await using written = await checkpoint?.stageDiff(context.storage);
  const rootfs = await context.storage.rootfs.create(id, image.chainIDs, { signal: unlimited, ...(idMap && { idMap }), ...(written && { upper: written }) });

  operation.stage('configuration');
  const runtime = context.runtimes.of(pod.runtime);
  const files = filesOf(context, pod);
  const hosts = await hostsFile(files);
  const { spec, user, adjustments } = await createContainerSpec({
    id, sandboxId: pod.id, config, sandbox: pod.config, image: image.config, rootfsPath: rootfs.path, namespaceOptions, namespaces: namespacesOf(context, pod, config, namespaceOptions),
    cgroupsPath: containerCgroupsPath(context.config.cgroupManager, pod.cgroupPath, id).cgroupsPath,
    ...(idMap && { idMappings: idMap }), files: { resolvConf: files.resolvConf, hostname: files.hostname, shm: files.shm, ...hosts !== undefined && { hosts } },
    host: context.host, runtime, defaults: context.config.containerDefaults, absentSourcesToReject: context.config.absentMountSourcesToReject,
    mountMaker: mountMaker(context, pod, id), cdiSpecDirs: context.config.cdiSpecDirs, blockIoConfigFile: context.config.blockIoConfigFile,
  }, { signal: unlimited });
  const bundle = bundleDir(context.config, id);
  await writeBundle(bundle, checkpoint ? restorableSpec(context, id, spec) : spec);
  const facts = { user: { uid: user.uid, gid: user.gid, supplementalGroups: user.additionalGids }, process: spec.process, ...adjustments.length > 0 && { warnings: adjustments.map(({ message }) => message) } };
  if (checkpoint) {
    context.store.patchContainer(id, facts);
    if (plan.isCompared) checkProcess(checkpoint, config, context.images.resolve(config.image.image), spec);
    operation.stage('checkpoint');
    await prepareRestore(context, pod, id, checkpoint, spec);
    context.store.patchContainer(id, { phase: 'created' });
    return;
  }

  operation.stage('runtime create');
  const monitor = await withDeadline('create the container', runtime.handler.createTimeoutMs, unlimited,
    (signal) => context.monitors.create(monitorSpec(context, container, runtime, bundle), { signal }));
  if (idMap) await removeIdMapped(context, id);
  context.store.patchContainer(id, { ...facts, phase: 'created', pid: monitor.containerPid });
  watchExit(context, id, monitor);
}

/** kubelet makes it before; other clients may not. */
async function makeLogDirectory(directory: string): Promise<void> {
  try {
    await makeDirectories(directory, 0o755);
  } catch (error) {
    throw new FailedPreconditionError(`make the log directory "${directory}"`, { cause: error });
  }
}

/** How its monitor is started. */
export function monitorSpec(context: PodContext, container: ContainerRecord, runtime: Runtime, bundle: string): MonitorSpec {
  const { config } = container;
  return {
    id: container.id, bundle, exitRecordPath: exitRecordPath(context.config, container.id), logPath: container.logPath, runtime: { path: runtime.handler.path, globalArgs: runtime.globalArgs() },
    terminal: config.tty, stdin: config.stdin, stdinOnce: config.stdinOnce,
    // The launcher has been put into the monitors' cgroup; what it starts is born there.
    monitorCgroupDirs: [], createTimeoutMs: runtime.handler.createTimeoutMs,
  };
}

/** @throws InvalidArgumentError for what the pod does not allow its containers. */
function checkedOptions(pod: PodRecord, config: ContainerConfig): NamespaceOptions {
  const [ofPod, own] = [pod.config.linux.securityContext, config.linux.securityContext];
  if (own.privileged && !ofPod.privileged) throw new InvalidArgumentError(`create container "${config.metadata.name}": security_context.privileged: the pod was not run for privileged containers (its own security_context.privileged is false)`);
  return namespaceOptionsIn(ofPod.namespaceOptions, own.namespaceOptions);
}

function requireImage(context: PodContext, config: ContainerConfig): ImageView {
  const { image } = config.image;
  if (image === '') throw new InvalidArgumentError(`create container "${config.metadata.name}": config.image.image is empty, expected a name or an id`);
  const found = context.images.resolve(image);
  if (!found) throw new NotFoundError(`create container "${config.metadata.name}": image "${image}" is not on this node, pull it first`);
  return found;
}

/** What the checkpointed container was made of. */
function requireBaseImage(context: PodContext, { path, description: { rootfsImage, rootfsImageRef } }: Checkpoint): ImageView {
  const found = context.images.resolve(rootfsImage);
  if (!found) throw new NotFoundError(`restore "${path}": its image ${rootfsImage} is not on this node, pull "${rootfsImageRef}" first`);
  return found;
}

/** Namespaces to join: the pod's pinned ones, the host's (absent), or another container's pid namespace. */
function namespacesOf(context: PodContext, pod: PodRecord, config: ContainerConfig, { pid, targetId }: NamespaceOptions): PodRecord['namespaces'] {
  const { pid: podPid, ...rest } = pod.namespaces;
  if (pid === 'pod') return podPid === undefined ? rest : { ...rest, pid: podPid };
  if (pid !== 'target') return rest;
  const target = context.store.findContainer(targetId);
  if (!target || target.podId !== pod.id) throw new InvalidArgumentError(`create container "${config.metadata.name}": targetId "${targetId}" is no container of pod "${pod.id}"`);
  if (target.exit || target.pid === 0) throw new FailedPreconditionError(`create container "${config.metadata.name}": target container "${target.id}" does not run`);
  return { ...rest, pid: `/proc/${target.pid}/ns/pid` };
}

/** Absolute path of the log; a client's relative path stays inside the pod's log directory. */
function logPathOf(context: PodContext, pod: PodRecord, config: ContainerConfig): string {
  if (config.logPath === '') return '';
  const [first] = normalize(config.logPath).split('/');
  // '' begins an absolute path.
  if (first === '' || first === '..') throw new InvalidArgumentError(`create container "${config.metadata.name}": log_path "${config.logPath}" leaves the pod's log directory`);
  if (normalize(config.logPath) === '.' || config.logPath.endsWith('/')) throw new InvalidArgumentError(`create container "${config.metadata.name}": log_path "${config.logPath}" is a directory, expected a file`);
  return join(logDirectoryOf(context.config, pod), config.logPath);
}

/** After a failed create; what cannot be taken back stays recorded, and removing the pod finishes it. */
async function takeBack(context: PodContext, pod: PodRecord, container: ContainerRecord): Promise<void> {
  try {
    await releaseContainer(context, container, pod.runtime);
    await context.storage.rootfs.remove(container.id);
    context.store.deleteContainer(container.id);
  } catch (error) {
    context.log.error('failed container is not fully taken back; removing its pod finishes it', { container: container.id, pod: pod.id, error: errorText(error) });
  }
}
