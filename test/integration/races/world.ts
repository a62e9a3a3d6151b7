/** What the clients of a round act on: a few identities of pods and containers, as one kubelet would have them, and the ids that the daemon gave out. */
import { BUSYBOX_IMAGE, containerConfig, podConfig } from '../../harness/index.ts';
import type { ContainerConfig, Davit, PodConfig } from '../../harness/index.ts';
import type { Random } from '../random-calls/random.ts';

/** One of CRI's NamespaceMode. */
const [POD, CONTAINER, NODE] = [0, 1, 2];
const ATTEMPTS = 2;

/** Few, so that the clients meet at each of them. The first has a network of its own, the second a pid namespace that its containers share, the third another runtime. */
const KINDS = [
  { namespaceOptions: { network: POD, pid: CONTAINER, ipc: POD }, runtimeHandler: 'crun' }, { namespaceOptions: { network: NODE, pid: POD, ipc: NODE }, runtimeHandler: 'crun' },
  { namespaceOptions: { network: NODE, pid: CONTAINER, ipc: NODE }, runtimeHandler: 'runc' },
];

/** How containers live: for ever, until they are asked, at once, not at all. */
const COMMANDS = [
  ['sleep', '1000'],
  ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.02; done'],
  ['sh', '-c', 'yes | head -c 50000; exit 7'],
  ['true'],
];
/** The runtime refuses it, in its own words. */
const MISSING_PROGRAM = ['/no/such/program'];

export interface PodRequest { readonly config: PodConfig; readonly runtimeHandler: string }

export interface World {
  /** Requests to choose from; equal ones are the same object. */
  readonly pods: readonly PodRequest[];
  readonly containers: readonly ContainerConfig[];
  /** Every id that was ever told. */
  readonly podIds: string[];
  readonly containerIds: string[];
  /** The request that a pod was run by. */
  readonly configOf: Map<string, PodConfig>;
}

/** Pods of other uids than any round before. */
export function createWorld(davit: Davit, random: Random): World {
  const pods = KINDS.flatMap(({ namespaceOptions, runtimeHandler }, i) => {
    const config = podConfig(davit, { name: `race${i}`, linux: { securityContext: { namespaceOptions } } });
    return attempts().map((attempt) => ({ config: { ...config, metadata: { ...config.metadata, attempt } }, runtimeHandler }));
  });
  const containers = ['x', 'y', 'z'].flatMap((name) => attempts().map((attempt) => {
    const command = random.chance(0.08) ? MISSING_PROGRAM : random.pick(COMMANDS);
    return { ...containerConfig({ name, command, image: { image: BUSYBOX_IMAGE } }), metadata: { name, attempt }, logPath: `${name}-${attempt}.log` };
  }));
  return { pods, containers, podIds: [], containerIds: [], configOf: new Map() };
}

/** Whether the runtime may refuse it with words of its own. */
export function hasProgram(config: ContainerConfig): boolean {
  return config.command?.[0] !== MISSING_PROGRAM[0];
}

function attempts(): number[] {
  return Array.from({ length: ATTEMPTS }, (_, attempt) => attempt);
}
