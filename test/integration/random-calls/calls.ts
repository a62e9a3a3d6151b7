/** Which call comes next, with which request: mostly one that a client might make, bent in a place or two; now and then anything at all. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BUSYBOX_IMAGE } from '../../harness/index.ts';
import { createMessages } from './messages.ts';
import type { Message, MessageFactory } from './messages.ts';
import type { Random } from './random.ts';

/** Ids that the daemon has given out. */
export interface Known { readonly pods: string[]; readonly containers: string[] }

export interface NextCall { readonly rpc: string; readonly stream: boolean; readonly request: Message }

export interface CallSource { next(random: Random, known: Known): NextCall }

/** How often each is made; the others once each. */
const WEIGHTS: Readonly<Record<string, number>> = { RunPodSandbox: 5, CreateContainer: 10, StartContainer: 6, StopContainer: 4, RemoveContainer: 4, StopPodSandbox: 2, RemovePodSandbox: 3, ExecSync: 4, UpdateContainerResources: 3, PullImage: 2, RemoveImage: 1 };
/** Of requests: as a client would make it; bent; anything. */
const [PLAIN, BENT] = [0.45, 0.85];
const MAX_BENDS = 3;
const UNKNOWN_IDS = ['', 'f'.repeat(64), 'zz', '../x', 'a\0b', 'x'.repeat(300), '0'];

/** @param directory everything that a request may make on the host lies below it */
export function createCalls(directory: string): CallSource {
  const known: { current: Known } = { current: { pods: [], containers: [] } };
  const messages = createMessages((name) => poolOf(name, directory, known.current));
  const bag = messages.calls.flatMap(({ name, stream }) => Array.from({ length: WEIGHTS[name] ?? 1 }, () => ({ name, stream })));
  return {
    next: (random, ids) => {
      known.current = ids;
      const { name, stream } = random.pick(bag);
      return { rpc: name, stream, request: requestOf(messages, name, random, directory, ids) };
    },
  };
}

function requestOf(messages: MessageFactory, rpc: string, random: Random, directory: string, ids: Known): Message {
  const type = messages.requestType(rpc);
  const kind = random.number();
  if (kind >= BENT) return messages.any(type, random);
  let request = plain(rpc, random, directory, ids);
  if (kind >= PLAIN) for (let bends = 1 + random.integer(MAX_BENDS); bends > 0; bends--) request = messages.mutated(type, request, random);
  return request;
}

function plain(rpc: string, random: Random, directory: string, { pods, containers }: Known): Message {
  const [podSandboxId, containerId] = [pods.at(random.integer(pods.length)) ?? 'none', containers.at(random.integer(containers.length)) ?? 'none'];
  const image = { image: BUSYBOX_IMAGE };
  switch (rpc) {
    case 'RunPodSandbox': return { config: podConfig(random, directory), runtimeHandler: random.pick(['', 'crun', 'runc']) };
    case 'CreateContainer': return { podSandboxId, config: containerConfig(random) };
    case 'ExecSync': return { containerId, cmd: random.pick(COMMANDS), timeout: BigInt(1 + random.integer(2)) };
    case 'StopContainer': return { containerId, timeout: BigInt(random.integer(3)) };
    case 'UpdateContainerResources': return { containerId, linux: { cpuShares: BigInt(2 + random.integer(2000)), memoryLimitInBytes: BigInt(16 + random.integer(100)) << 20n } };
    case 'PullImage': case 'ImageStatus': case 'RemoveImage': return { image };
    default: return { podSandboxId, containerId, verbose: random.chance(0.3) };
  }
}

/** Names repeat, so that requests meet pods and containers that are there. */
function podConfig(random: Random, directory: string): Message {
  const name = `pod-${random.integer(12)}`;
  return {
    metadata: { name, namespace: 'random', uid: `uid-${name}`, attempt: random.integer(3) }, hostname: name, logDirectory: join(directory, 'logs', name), labels: { name },
    linux: { securityContext: { namespaceOptions: { network: random.pick([0, 0, 2]), pid: random.pick([0, 1, 2]), ipc: random.pick([0, 0, 2]) } } },
  };
}

function containerConfig(random: Random): Message {
  const name = `c-${random.integer(4)}`;
  return { metadata: { name, attempt: random.integer(3) }, image: { image: BUSYBOX_IMAGE }, command: random.pick(COMMANDS), logPath: `${name}.log`, labels: { name }, tty: random.chance(0.2), stdin: random.chance(0.2) };
}

/** None does anything to the host, whatever rights it gets. */
const COMMANDS = [['sleep', '1000'], ['sleep', '0.1'], ['true'], ['false'], ['sh', '-c', 'trap "" TERM; echo hello; sleep 1000'], ['sh', '-c', 'yes | head -c 200000; exit 7'], ['/no/such/program'], ['sh', '-c', 'kill -SEGV $$']];
const TIMEOUTS = [0n, 1n, 2n, -1n, 2n ** 40n, 2n ** 62n];

/** Values for what could reach out of the test: paths on the host, programs, registries; and for what must match something to have an effect. */
function poolOf(name: string, directory: string, { pods, containers }: Known): readonly unknown[] | undefined {
  const [message = '', field = ''] = name.split('.');
  const paths = ['', 'relative/path', join(directory, 'a'), join(directory, 'a/b/c'), `${join(directory, 'nul')}\0`, join(directory, 'x'.repeat(300)), '/proc/self/nothing/here'];
  if (field === 'podSandboxId') return [...pods, ...pods.slice(0, 3).map((id) => id.slice(0, 9)), ...UNKNOWN_IDS];
  if (field === 'containerId' || field === 'targetId' || field === 'containerIds') return message === 'IDMapping' ? [0, 1, 2 ** 31] : [...containers, ...containers.slice(0, 3).map((id) => id.slice(0, 9)), ...UNKNOWN_IDS];
  if (field === 'hostPath') return message === 'Device' ? ['/dev/null', '/dev/zero', '/dev/nothing', '/etc', ...paths] : paths;
  if (['logDirectory', 'location', 'outputPath', 'checkpointPath'].includes(field)) return paths;
  if (field === 'localhostRef' || field === 'seccompProfilePath') return [...paths, ...paths.map((path) => `localhost/${path}`), 'unconfined', 'runtime/default'];
  if (field === 'logPath') return ['', 'c.log', 'deep/er/c.log', '../out.log', '/abs.log', 'nul\0.log', 'x'.repeat(300), '.'];
  if (field === 'cgroupParent') return ['', '../../out', 'a.slice', 'nul\0', '/./a'];
  if (field === 'command' || field === 'cmd' || field === 'args') return ['sleep', 'true', '1', '', 'nul\0', 'x'.repeat(3000)];
  if (field === 'timeout') return TIMEOUTS;
  if (name === 'ImageSpec.image') return [BUSYBOX_IMAGE, BUSYBOX_IMAGE, 'registry.k8s.io/no/such:image', 'UPPER/case', 'sha256:00', '', 'a b', '../x', `${BUSYBOX_IMAGE}@sha256:${'0'.repeat(64)}`];
  if (field === 'runtimeHandler') return ['', '', 'crun', 'runc', 'none', '../crun'];
  if (field === 'uid') return [randomUUID(), 'uid', '', '../uid'];
  return undefined;
}
