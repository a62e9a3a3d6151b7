import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyedQueue, raceSignal, withDeadline } from '#async';
import { errorText, FailedPreconditionError } from '#errors';
import { reservePath } from '#fs';
import { descriptorCounter, fileReader } from '#linux';
import type { CallOptions, ContainerFilter, PodFilter, Pods } from './api.ts';
import { checkpointContainer } from './checkpoint/checkpoint-container.ts';
import { checkpointPod } from './checkpoint/checkpoint-pod.ts';
import { restorePod } from './checkpoint/restore-pod.ts';
import { startCheckpoints } from './wal-checkpoints.ts';
import type { PodContext, PodsDeps } from './context.ts';
import { bundlesDir, STEP_TIMEOUT_MS } from './context.ts';
import { createContainer } from './create-container.ts';
import { encode } from './encoding.ts';
import { EventRing } from './events.ts';
import { execSync } from './exec-sync.ts';
import { explain } from './explain.ts';
import { metricDescriptors, podMetrics } from './metrics/index.ts';
import { startNetworkUpkeep } from './network-upkeep.ts';
import { Operations } from './operation.ts';
import type { ContainerRecord } from './record.ts';
import { containerState } from './record.ts';
import { recover } from './recover.ts';
import { rememberingLists } from './remembered-lists.ts';
import { remembering } from './remembering.ts';
import { removeContainer, removePodSandbox } from './remove.ts';
import { runPodSandbox } from './run-pod-sandbox.ts';
import { startContainer } from './start-container.ts';
import { StatsReader } from './stats.ts';
import { stopContainer, Stops } from './stop-container.ts';
import { stopPodSandbox } from './stop-pod-sandbox.ts';
import { PodStore } from './store.ts';
import { attachStart, execStart, portForwardStart } from './streams.ts';
import { updateContainerResources, updatePodResources } from './update-resources.ts';
import { containerStatus, containerSummary, isVisible, matchesContainer, matchesPod, podStatus, podSummary } from './view.ts';

/** The pods of a node, with what only the daemon's life cycle needs. */
export interface PodService extends Pods, AsyncDisposable {
  /** Settles when the records have been made true after the start; lists are served meanwhile. */
  readonly recovered: Promise<void>;
  /** Waits for the operations under way and for what is done without a caller, as long as `signal` allows. */
  drained(options: CallOptions): Promise<void>;
}

/** How long the end of a daemon waits for exits that it has been told of. */
const CLOSE_TIMEOUT_MS = 5000;

/**
 * Opens <root>/pods.db and begins recovery. Dispose closes the store and the connections to the
 * monitors; containers keep running.
 */
export async function createPods(deps: PodsDeps): Promise<PodService> {
  const { config } = deps;
  for (const directory of [bundlesDir(config), join(config.runroot, 'pods'), join(config.runroot, 'ns')]) await mkdir(directory, { recursive: true, mode: 0o711 });
  const store = new PodStore(join(config.root, 'pods.db'), reservePath(config.root));
  const checkpoints = startCheckpoints(store, deps.log);
  const context: PodContext = { ...deps, store, operations: new Operations(), queue: new KeyedQueue(), events: new EventRing(), live: new Map(), releasing: new Set(), restoring: new Map(), readFiles: fileReader(), countDescriptors: descriptorCounter() };
  const recovery = recover(context);
  const upkeep = startNetworkUpkeep(context, recovery.done);
  return {
    ...reading(context), ...changing(context, new Stops(), recovery.adopted), recovered: recovery.done,
    drained: async ({ signal }) => {
      await context.operations.drained(signal);
      await raceSignal(recovery.done.then(() => context.queue.idle()), signal, 'wait for recovery and for the release of containers that have ended');
    },
    async [Symbol.asyncDispose]() {
      upkeep[Symbol.dispose]();
      checkpoints[Symbol.dispose]();
      const live = [...context.live.values()];
      context.live.clear();
      for (const { monitor } of live) await monitor[Symbol.asyncDispose]();
      // An exit that has just been told is recorded, and what its container held is given back, before the records can be written no more.
      const ends = Promise.allSettled(live.map(({ exited }) => exited)).then(() => Promise.all(context.releasing));
      await withDeadline('record the last exits', CLOSE_TIMEOUT_MS, new AbortController().signal, (signal) => raceSignal(ends, signal, 'record the last exits'))
        .catch((error: unknown) => { deps.log.warn('containers end while the daemon does; the next start finishes', { error: errorText(error) }); });
      store[Symbol.dispose]();
    },
  };
}

/** Calls that wait for nothing but, for statistics, a few files. */
function reading(context: PodContext) {
  const { store } = context;
  const bundles = bundlesDir(context.config);
  const stats = new StatsReader(context);
  // Lists are asked for every second: a record that has not changed is the same object, and so is what clients see of it.
  const [summaryOfPod, summaryOfContainer] = [remembering(podSummary), remembering(containerSummary)];
  const listPodSandboxes = rememberingLists(() => store.version, (filter: PodFilter) => [...store.pods].filter((pod) => matchesPod(pod, filter)).map(summaryOfPod));
  const listContainers = rememberingLists(() => store.version, (filter: ContainerFilter) => [...store.containers].filter((c) => matchesContainer(c, filter)).map(summaryOfContainer));
  return {
    podSandboxStatus: (id) => {
      const pod = store.requirePod(id);
      const status = podStatus(pod, store.containersOf(pod.id), bundles);
      return {
        ...status,
        // Only verbose callers read it.
        get info() {
          const { underWay, ended, next } = explain(context, pod.id)[0] ?? {};
          return { info: { ...status.info['info'] as object, operations: underWay, endedOperations: ended, next } };
        },
      };
    },
    listPodSandboxes,
    containerStatus: (id) => containerStatus(store.requireContainer(id), bundles),
    listContainers,
    containerStats: async (id) => stats.container(store.requireContainer(id)),
    listContainerStats: async (filter) => stats.containers([...store.containers].filter((c) => matchesContainer(c, filter))),
    podSandboxStats: async (id) => stats.pod(store.requirePod(id)),
    listPodSandboxStats: async (filter) => stats.pods([...store.pods].filter((p) => p.phase === 'ready' && matchesPod(p, filter))),
    metricDescriptors,
    listPodSandboxMetrics: (options) => podMetrics(context, [...store.pods].filter((p) => p.phase === 'ready'), options),
    events: ({ signal }) => context.events.subscribe(signal),
    operations: () => context.operations.views(),
    explain: (text) => explain(context, text),
  } satisfies Partial<Pods>;
}

/** Calls that change containers wait until the monitors of an earlier daemon are connected to: one not yet known would be taken for gone. */
function changing(context: PodContext, stops: Stops, adopted: Promise<void>) {
  const { store } = context;
  const ready = (signal: AbortSignal): Promise<void> => raceSignal(adopted, signal, 'wait for the monitors of running containers');
  /** Images that are pulled meanwhile give way. */
  const starting = async <T>(work: () => Promise<T>): Promise<T> => {
    using held = new DisposableStack();
    held.use(context.storage.layers.delayEarlySyncs());
    return await work();
  };
  return {
    runPodSandbox: async (config, handler, { signal }) => starting(() => runPodSandbox(context, config, handler, signal)),
    stopPodSandbox: async (id, { signal }) => { await ready(signal); await stopPodSandbox(context, stops, id, signal); },
    removePodSandbox: async (id, { signal }) => { await ready(signal); await removePodSandbox(context, stops, id, signal); },
    createContainer: async (podId, config, { signal }) => starting(() => createContainer(context, podId, config, signal)),
    startContainer: async (id, { signal }) => starting(async () => { await ready(signal); await startContainer(context, id, signal); }),
    stopContainer: async (id, timeoutSeconds, { signal }) => {
      await ready(signal);
      const container = store.findContainer(id);
      if (container) await stopContainer(context, stops, container, Math.max(0, timeoutSeconds) * 1000, signal);
    },
    removeContainer: async (id, { signal }) => { await ready(signal); await removeContainer(context, stops, id, signal); },
    updateContainerResources: async (id, resources, { signal }) => {
      await ready(signal);
      const { id: found, podId } = requireAlive(context, id, 'update');
      await context.operations.run(`update:${found}/${encode(resources)}`, 'UpdateContainerResources', found, resources, signal, (operation) => context.queue.run(podId, () => updateContainerResources(context, found, resources, operation)));
    },
    checkpointContainer: async (id, location, timeoutSeconds, { signal }) => {
      await ready(signal);
      const { id: found, podId } = requireAlive(context, id, 'checkpoint');
      await context.operations.run(`checkpoint:${found}/${location}`, 'CheckpointContainer', found, { timeoutSeconds }, signal, (operation) => context.queue.run(podId, () => checkpointContainer(context, found, location, timeoutSeconds * 1000, operation)));
    },
    checkpointPod: async (id, request, { signal, timeoutMs }) => {
      await ready(signal);
      const { id: found } = store.requirePod(id);
      await context.operations.run(`checkpointPod:${found}`, 'CheckpointPod', found, request, signal, (operation, ending) =>
        withDeadline('checkpoint the pod', timeoutMs, ending, (step) => context.queue.run(found, () => checkpointPod(context, found, request, { signal: step, timeoutMs }, operation))), { endsWithCallers: true });
    },
    restorePod: async (request, { signal, timeoutMs }) => {
      await ready(signal);
      const { name, namespace, uid, attempt } = request.config.metadata;
      return context.operations.run(`restorePod:${namespace}/${name}/${uid}/${attempt}`, 'RestorePod', `${namespace}/${name}`, request, signal, (operation, ending) =>
        withDeadline('restore the pod', timeoutMs, ending, (step) => restorePod(context, stops, request, step, operation)), { endsWithCallers: true });
    },
    updatePodSandboxResources: async (id, resources, { signal }) => {
      const { id: found } = store.requirePod(id);
      await context.operations.run(`updatePod:${found}/${encode(resources)}`, 'UpdatePodSandboxResources', found, resources, signal, (operation) => context.queue.run(found, () => updatePodResources(context, found, resources, operation)));
    },
    reopenContainerLog: async (id, { signal }) => {
      await ready(signal);
      const container = requireAlive(context, id, 'reopen the log of');
      await withDeadline('reopen the log', STEP_TIMEOUT_MS.reopenLog, signal, async (step) => context.live.get(container.id)?.monitor.reopenLog({ signal: step }));
    },
    execSync: async (id, command, timeoutSeconds, { signal }) => { await ready(signal); return execSync(context, requireAlive(context, id, 'run a command in'), command, timeoutSeconds, signal); },
    exec: async (id, command, streams, { signal }) => { await ready(signal); return execStart(context, requireAlive(context, id, 'run a command in'), command, streams); },
    attach: async (id, streams, { signal }) => { await ready(signal); return attachStart(context, requireAlive(context, id, 'attach to'), streams); },
    portForward: async (id) => portForwardStart(context, store.requirePod(id)),
  } satisfies Partial<Pods>;
}

/** @throws NotFoundError, or FailedPreconditionError when the container does not run. */
function requireAlive(context: PodContext, id: string, action: string): ContainerRecord {
  const container = context.store.requireContainer(id);
  const state = containerState(container);
  if (!isVisible(container) || (state !== 'running' && !(action === 'update' && state === 'created')) || !context.live.has(container.id)) {
    throw new FailedPreconditionError(`${action} container "${container.id}": it is ${state}, expected running`);
  }
  return container;
}
