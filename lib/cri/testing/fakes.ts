/** Pods and images by hand for the tests of this folder: they keep what they were asked and answer from tables. */
import type { Images, ImageView } from '#image';
import type { ContainerFigures, ContainerStats, ContainerStatus, Metric, PodMetrics, Pods, PodStats, PodStatus } from '#pod';
import { NotFoundError } from '#errors';
import type { RuntimeInfo } from '../info.ts';
import type { StreamUrls } from '../stream-urls.ts';

export interface Recorded { readonly name: string; readonly args: readonly unknown[] }

/** Nanoseconds beyond what a double holds exactly. */
export const TIME = 1_759_999_999_123_456_789n;
export const IMAGE_ID = `sha256:${'1'.repeat(64)}`;

export const CONTAINER: ContainerStatus = {
  id: 'c1', podSandboxId: 'p1', metadata: { name: 'web', attempt: 2 },
  image: { image: 'example.org/web:1', annotations: {}, userSpecifiedImage: 'web', runtimeHandler: '', imageRef: '' },
  imageRef: IMAGE_ID, imageId: IMAGE_ID, state: 'exited', createdAt: TIME, labels: { app: 'web' }, annotations: { note: 'ä' },
  startedAt: TIME + 1n, finishedAt: TIME + 2n, exitCode: 137, reason: 'OOMKilled', message: 'out of memory',
  mounts: [{
    containerPath: '/data', hostPath: '/srv', readonly: true, selinuxRelabel: false, propagation: 'hostToContainer', uidMappings: [], gidMappings: [], recursiveReadOnly: false,
    imageSubPath: '', mountOptions: ['noexec'],
  }],
  logPath: '/var/log/pods/x/web/2.log',
  resources: {
    cpuPeriod: 100_000, cpuQuota: -1, cpuShares: 512, memoryLimitInBytes: 2 ** 40, oomScoreAdj: -998, cpusetCpus: '0-1', cpusetMems: '', hugepageLimits: [{ pageSize: '2MB', limit: 4 }],
    unified: { 'memory.high': 'max' }, memorySwapLimitInBytes: -1,
  },
  user: { uid: 1000, gid: 1000, supplementalGroups: [5, 6] }, stopSignal: 'SIGRTMIN+3', info: { pid: 42, runtimeSpec: { ociVersion: '1.2.0', at: TIME } },
};

export const POD: PodStatus = {
  id: 'p1', metadata: { name: 'web', namespace: 'default', uid: 'u1', attempt: 1 }, state: 'ready', createdAt: TIME, labels: { app: 'web' }, annotations: {}, runtimeHandler: 'crun',
  ips: ['10.0.0.2', 'fd00::2'], namespaceOptions: { network: 'pod', pid: 'node', ipc: 'pod', targetId: '' }, timestamp: TIME, containers: [CONTAINER], info: { info: { stage: 'ready' } },
};

const LINE = { totalUs: 7n, avg10: 1.5, avg60: 0.5, avg300: 0.25 };
const psi = { some: LINE, full: { ...LINE, totalUs: 3n } };
export const CONTAINER_FIGURES: ContainerFigures = {
  attributes: { id: 'c1', metadata: CONTAINER.metadata, labels: {}, annotations: {} },
  cpu: { usageCoreNanoSeconds: 2n ** 60n + 1n, usageNanoCores: 7n, psi },
  memory: { workingSetBytes: 1n, availableBytes: 2n, usageBytes: 3n, rssBytes: 4n, pageFaults: 5n, majorPageFaults: 6n, psi }, io: { psi },
  writableLayer: { mountpoint: '/var/lib/davit', usedBytes: 8n, inodesUsed: 9n },
  swap: { availableBytes: 10n, usageBytes: 11n },
};
export const CONTAINER_STATS: ContainerStats = { timestamp: TIME, figures: CONTAINER_FIGURES, isSleeping: false };

const INTERFACE = { name: 'eth0', rxBytes: 1n, rxErrors: 2n, txBytes: 3n, txErrors: 4n };
export const POD_STATS: PodStats = {
  timestamp: TIME, attributes: { id: 'p1', metadata: POD.metadata, labels: {}, annotations: {} }, cpu: CONTAINER_FIGURES.cpu, memory: CONTAINER_FIGURES.memory,
  network: { default: INTERFACE, interfaces: [INTERFACE] }, processCount: 12n, io: { psi }, containers: [CONTAINER_STATS],
};

const METRIC: Metric = { of: { name: 'container_file_descriptors', type: 'gauge' }, labels: ['c1'], value: 2n ** 63n };
const RECEIVED: Metric = { of: { name: 'container_network_receive_bytes_total', type: 'counter' }, labels: ['', 'eth0'], value: 0n };
export const POD_METRICS: PodMetrics = {
  podSandboxId: 'p1', metrics: { timestamp: TIME, labels: ['POD'], samples: [RECEIVED, { ...RECEIVED, labels: ['', 'eth1'] }] },
  containers: [{ id: 'c1', metrics: { timestamp: TIME, labels: ['web'], samples: [METRIC] } }, { id: 'c2', metrics: { timestamp: TIME + 1n, labels: ['ä', ''], samples: [METRIC] } }],
};

export const IMAGE: ImageView = {
  id: IMAGE_ID, repoTags: ['example.org/web:1'], repoDigests: [`example.org/web@sha256:${'2'.repeat(64)}`], sizeBytes: 2 ** 33, uid: 0, username: '', pinned: false, chainIDs: ['sha256:3'],
  config: {
    os: 'linux', architecture: 'amd64', created: '', env: ['A=b'], cmd: [], entrypoint: ['/web'], workingDir: '', user: '0', volumes: ['/data'], stopSignal: '', labels: { a: 'b' },
    exposedPorts: [], diffIDs: ['sha256:3'],
  },
};

function neverStarted(): Promise<never> {
  return Promise.reject(new Error('a fake has no streams'));
}

/** @param overrides methods that a test answers itself */
export function fakePods(calls: Recorded[], overrides: Partial<Pods> = {}): Pods {
  const pods: Pods = {
    runPodSandbox: async () => 'p1', stopPodSandbox: async () => undefined, removePodSandbox: async () => undefined,
    podSandboxStatus: (id) => found(POD, id), listPodSandboxes: () => [POD],
    createContainer: async () => 'c1', startContainer: async () => undefined, stopContainer: async () => undefined, removeContainer: async () => undefined,
    containerStatus: (id) => found(CONTAINER, id), listContainers: () => [CONTAINER],
    updateContainerResources: async () => undefined, updatePodSandboxResources: async () => undefined, reopenContainerLog: async () => undefined, checkpointContainer: async () => undefined, checkpointPod: async () => undefined,
    restorePod: async ({ containerConfigs }) => ({ podSandboxId: 'p1', containers: containerConfigs.map(({ metadata: { name } }) => ({ name, containerId: 'c1' })) }),
    execSync: async () => ({ stdout: Buffer.from('out'), stderr: Buffer.from([0xff, 0]), exitCode: 3 }),
    exec: async () => neverStarted, attach: async () => ({ stdinOnce: true, start: neverStarted }), portForward: async () => ({ podSandboxId: 'p1', dial: neverStarted }),
    containerStats: async () => CONTAINER_STATS, listContainerStats: async () => [CONTAINER_STATS],
    podSandboxStats: async () => POD_STATS, listPodSandboxStats: async () => [POD_STATS],
    metricDescriptors: () => [{ name: METRIC.of.name, help: 'open files', labelKeys: ['container', 'name'] }], listPodSandboxMetrics: async function* () { yield POD_METRICS; },
    events: async function* () { yield { containerId: 'c1', type: 'stopped', createdAt: TIME, podStatus: POD }; },
    operations: () => [{ kind: 'RunPodSandbox', id: 'p2', stage: 'network', elapsedMs: 5, stages: [] }],
    explain: () => [],
    ...overrides,
  };
  return recording(pods, calls);
}

export function fakeImages(calls: Recorded[], overrides: Partial<Images> = {}): Images {
  const images: Images = {
    pull: async () => ({ imageId: IMAGE_ID }),
    load: async function* () { yield { imageId: IMAGE_ID, names: [] }; },
    resolve: (reference) => ([IMAGE.id, ...IMAGE.repoTags].includes(reference) ? IMAGE : undefined),
    annotations: async () => ({}), list: () => [IMAGE], remove: async () => undefined,
    fsInfo: () => ({ mountpoint: '/var/lib/davit', usedBytes: 5, inodesUsed: 6, timestampMs: 7 }),
    progress: () => [],
    [Symbol.asyncDispose]: async () => undefined,
    ...overrides,
  };
  return recording(images, calls);
}

export function fakeInfo(calls: Recorded[], overrides: Partial<RuntimeInfo> = {}): RuntimeInfo {
  return recording<RuntimeInfo>({
    runtimeName: 'davit', runtimeVersion: '9.8.7', cgroupDriver: 'cgroupfs', defaultHandler: 'crun',
    features: { supplementalGroupsPolicy: true, userNamespacesHostNetwork: false, mountOptions: true },
    runtimeCondition: () => ({ ready: true, reason: '', message: '' }),
    networkCondition: () => ({ ready: false, reason: 'NetworkPluginNotReady', message: 'no network configuration in "/etc/cni/net.d"' }),
    handlers: () => [{ name: 'crun', features: { recursiveReadOnlyMounts: true, userNamespaces: true } }, { name: 'runc', features: { recursiveReadOnlyMounts: false, userNamespaces: false } }],
    describe: () => ({ stateDir: '/var/lib/davit', sandboxImage: '' }),
    setPodCidr: () => undefined,
    ...overrides,
  }, calls);
}

export function fakeStreams(calls: Recorded[]): StreamUrls {
  return recording<StreamUrls>({ exec: () => 'http://127.0.0.1:1/exec/t', attach: () => 'http://127.0.0.1:1/attach/t', portForward: () => 'http://127.0.0.1:1/portforward/t' }, calls);
}

function found<T extends { readonly id: string }>(thing: T, id: string): T {
  if (id !== thing.id) throw new NotFoundError(`no such id ${JSON.stringify(id)}`);
  return thing;
}

function recording<T extends object>(target: T, calls: Recorded[]): T {
  return Object.fromEntries(Object.entries(target).map(([name, value]: [string, unknown]) => [name, typeof value === 'function'
    ? (...args: unknown[]): unknown => { calls.push({ name, args }); return (value as (...a: unknown[]) => unknown)(...args); } : value])) as T;
}
