/** Which call a client makes next, what may come of it, and what must hold when it has succeeded. */
import { strict as assert } from 'node:assert';
import type { CriClient } from '#cri';
import { DavitError } from '#errors';
import type { ErrorCode } from '#errors';
import type { Random } from '../random-calls/random.ts';
import { hasProgram } from './world.ts';
import type { World } from './world.ts';

/** CRI's ContainerState and PodSandboxState. */
export const [CREATED, RUNNING, EXITED] = [0, 1, 2];
export const NOT_READY = 1;

interface Options { readonly timeoutMs: number; readonly signal?: AbortSignal }

export interface Call {
  readonly title: string;
  /** Makes it, and again when it is called again: an equal request. */
  readonly make: (client: CriClient, options: Options) => Promise<unknown>;
  /** What else may come of it than success, whatever the others do. */
  readonly mayFail: readonly ErrorCode[];
  /** Looks at what must hold now. */
  readonly check?: (client: CriClient, answer: unknown) => Promise<void>;
}

const KINDS = ['run', 'run', 'create', 'create', 'create', 'start', 'start', 'start', 'exec', 'exec', 'stop', 'stop', 'remove', 'status', 'update', 'stopPod', 'removePod'] as const;
type Kind = (typeof KINDS)[number];
/** For as long as somebody might wait. */
const GRACES_S = [0n, 0n, 1n, 2n];

/** The next call of a client that knows what all of them know. */
export function nextCall(world: World, random: Random): Call {
  const kind: Kind = world.podIds.length === 0 ? 'run' : random.pick(KINDS);
  if (kind === 'run') return run(world, random);
  const podSandboxId = recent(world.podIds, random);
  if (kind === 'stopPod') return stopPod(podSandboxId);
  if (kind === 'removePod') return removePod(podSandboxId);
  if (kind === 'create' || world.containerIds.length === 0) return create(world, random, podSandboxId);
  return onContainer(kind, recent(world.containerIds, random), random);
}

function onContainer(kind: Exclude<Kind, 'run' | 'create' | 'stopPod' | 'removePod'>, containerId: string, random: Random): Call {
  switch (kind) {
    case 'start': return start(containerId);
    case 'exec': return exec(containerId);
    case 'stop': return stop(containerId, random.pick(GRACES_S));
    case 'remove': return remove(containerId);
    case 'status': return status(containerId);
    case 'update': return update(containerId, BigInt(100 + random.integer(3)));
  }
}

function run(world: World, random: Random): Call {
  const { config, runtimeHandler } = random.pick(world.pods);
  return {
    title: `RunPodSandbox ${config.metadata?.name} ${config.metadata?.attempt}`,
    make: async (client, options) => {
      const { podSandboxId } = await client.call('RunPodSandbox', { config, runtimeHandler }, options);
      if (!world.configOf.has(podSandboxId)) world.podIds.push(podSandboxId);
      world.configOf.set(podSandboxId, config);
    },
    // One of this identity is there and has been stopped.
    mayFail: ['AlreadyExists'],
  };
}

function create(world: World, random: Random, podSandboxId: string): Call {
  const config = random.pick(world.containers);
  const sandboxConfig = world.configOf.get(podSandboxId) ?? null;
  return {
    title: `CreateContainer ${config.metadata?.name} ${config.metadata?.attempt} in ${podSandboxId.slice(0, 12)}`,
    make: async (client, options) => {
      const { containerId } = await client.call('CreateContainer', { podSandboxId, config, sandboxConfig }, options);
      if (!world.containerIds.includes(containerId)) world.containerIds.push(containerId);
    },
    mayFail: ['NotFound', 'FailedPrecondition', ...hasProgram(config) ? [] : ['Unknown' as const]],
  };
}

function start(containerId: string): Call {
  return {
    title: `StartContainer ${containerId.slice(0, 12)}`,
    make: (client, options) => client.call('StartContainer', { containerId }, options),
    mayFail: ['NotFound', 'FailedPrecondition'],
    check: async (client) => { await expectState(client, containerId, [RUNNING, EXITED]); },
  };
}

function exec(containerId: string): Call {
  return {
    title: `ExecSync ${containerId.slice(0, 12)}`,
    make: async (client, options) => {
      const { stdout, exitCode } = await client.call('ExecSync', { containerId, cmd: ['echo', 'here'], timeout: 20n }, options);
      // Killed with its container, or whole.
      if (exitCode !== 137) assert.deepEqual([Buffer.from(stdout).toString(), exitCode], ['here\n', 0]);
    },
    mayFail: ['NotFound', 'FailedPrecondition'],
  };
}

function stop(containerId: string, timeout: bigint): Call {
  return {
    title: `StopContainer ${containerId.slice(0, 12)} ${timeout} s`,
    make: (client, options) => client.call('StopContainer', { containerId, timeout }, options),
    mayFail: [],
    check: async (client) => { await expectState(client, containerId, [EXITED]); },
  };
}

function remove(containerId: string): Call {
  return {
    title: `RemoveContainer ${containerId.slice(0, 12)}`,
    make: (client, options) => client.call('RemoveContainer', { containerId }, options),
    mayFail: [],
    check: async (client) => { await expectState(client, containerId, []); },
  };
}

function status(containerId: string): Call {
  return { title: `ContainerStatus ${containerId.slice(0, 12)}`, make: (client) => expectState(client, containerId, [CREATED, RUNNING, EXITED]), mayFail: [] };
}

function update(containerId: string, cpuShares: bigint): Call {
  return { title: `UpdateContainerResources ${containerId.slice(0, 12)}`, make: (client, options) => client.call('UpdateContainerResources', { containerId, linux: { cpuShares } }, options), mayFail: ['NotFound', 'FailedPrecondition'] };
}

function stopPod(podSandboxId: string): Call {
  return {
    title: `StopPodSandbox ${podSandboxId.slice(0, 12)}`,
    make: (client, options) => client.call('StopPodSandbox', { podSandboxId }, options),
    mayFail: [],
    check: async (client) => {
      const { items } = await client.call('ListPodSandbox', { filter: { id: podSandboxId } });
      const { containers } = await client.call('ListContainers', { filter: { podSandboxId } });
      assert.deepEqual([...items, ...containers].map(({ id, state }) => [id, state]).filter(([id, state]) => state !== (id === podSandboxId ? NOT_READY : EXITED)), [], `after StopPodSandbox ${podSandboxId}`);
    },
  };
}

function removePod(podSandboxId: string): Call {
  return {
    title: `RemovePodSandbox ${podSandboxId.slice(0, 12)}`,
    make: (client, options) => client.call('RemovePodSandbox', { podSandboxId }, options),
    mayFail: [],
    check: async (client) => {
      const { items } = await client.call('ListPodSandbox', { filter: { id: podSandboxId } });
      const { containers } = await client.call('ListContainers', { filter: { podSandboxId } });
      assert.deepEqual([...items, ...containers].map(({ id }) => id), [], `after RemovePodSandbox ${podSandboxId}`);
    },
  };
}

/** Gone is as well as any of the states. */
async function expectState(client: CriClient, containerId: string, states: readonly number[]): Promise<void> {
  try {
    const { status: found } = await client.call('ContainerStatus', { containerId });
    assert.ok(found && states.includes(found.state), `container ${containerId} is in state ${found?.state}, expected ${states.join(' or ') || 'none'}`);
    if (found.state === EXITED) assert.ok(found.finishedAt >= found.startedAt && found.reason !== '', `container ${containerId} has exited without a reason, or before its start`);
  } catch (error) {
    if (!(error instanceof DavitError && error.code === 'NotFound')) throw error;
  }
}

/** Mostly what was told last: it is there. */
function recent(ids: readonly string[], random: Random): string {
  const back = random.chance(0.85) ? random.integer(Math.min(ids.length, 4)) : random.integer(ids.length);
  return ids[ids.length - 1 - back] ?? '';
}
