/** A node of memory for tests of lib/pod: counts what is held, fails and hangs on demand. Files go to a temporary directory. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Attachment } from '#cni';
import { MonitorLostError } from '#conmon';
import type { ExitRecord, Monitor } from '#conmon';
import { CancelledError, FailedPreconditionError } from '#errors';
import { silentLogger } from '#log';
import type { ContainerConfig, PodSandboxConfig } from '#oci';
import type { PodsDeps } from './context.ts';
import type { PodService } from './pods.ts';
import { createPods } from './pods.ts';

/** One container's monitor and process; lives on when the daemon goes. */
interface FakeProcess { state: 'created' | 'running' | 'exited'; exit?: ExitRecord; readonly watchers: Set<(exit: ExitRecord) => void>; readonly losers: Set<(error: Error) => void>; readonly ignoresTerm: boolean; signals: number[] }

export class FakeNode implements AsyncDisposable {
  readonly directory: string;
  /** Held things by kind and id, e.g. 'network p1'; empty when nothing is leaked. */
  readonly held = new Set<string>();
  readonly processes = new Map<string, FakeProcess>();
  readonly records = new Map<string, ExitRecord>();
  /** Names of steps that fail: 'pin', 'add', 'del', 'unpin', 'rootfs', 'create', 'start', 'unmount', 'remove', 'delete'. */
  readonly failing = new Set<string>();
  /** Steps that wait for this before they go on. */
  readonly gates = new Map<string, Promise<void>>();
  /** Containers of which processes stay when the first one has ended. */
  readonly strays = new Set<string>();
  /** What daemons have warned of. */
  readonly warnings: string[] = [];
  /** Of which cgroups statistics were told that they have other limits. */
  readonly changedLimits: string[] = [];
  /** Processes of the kernel's that every cgroup has. */
  pids: readonly number[] = [];
  /** Limits set of cgroups and by the runtime, in order. */
  readonly limits: { readonly of: string; readonly resources: object }[] = [];
  /** Working set of every cgroup, bytes. */
  usedMemory = 0n;
  /** Calls that delay early syncs of layers. */
  syncDelays = 0;
  ignoreTerm = false;
  /** Whether another monitor can go on where one has died. */
  revives = false;
  bootId = 'boot-1';
  networkGcIntervalMs = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  static async create(): Promise<FakeNode> {
    return new FakeNode(await mkdtemp(join(tmpdir(), 'davit-pod-')));
  }

  /** A daemon on this node; the next one finds what this one left. */
  async startDaemon(): Promise<PodService> {
    const pods = await this.openDaemon();
    await pods.recovered;
    return pods;
  }

  /** One that is still recovering. */
  async openDaemon(): Promise<PodService> {
    await mkdir(join(this.directory, 'root'), { recursive: true });
    return createPods(this.#deps());
  }

  /** Another program lets nobody change records of this kind, as a broken disk does. @returns ends that */
  refuseChanges(kind: 'pod' | 'container'): () => void {
    const change = (sql: string): void => {
      const db = new Database(join(this.directory, 'root', 'pods.db'));
      db.exec(sql);
      db.close();
    };
    change(`CREATE TRIGGER refuse BEFORE UPDATE ON record WHEN NEW.kind = '${kind}' BEGIN SELECT RAISE(ABORT, 'refused on purpose'); END`);
    return () => { change('DROP TRIGGER refuse'); };
  }

  /** The process of a container ends by itself. */
  exit(containerId: string, ended: { exitCode?: number; signal?: number; finishedAtNs?: bigint } = {}): void {
    const process = this.processes.get(containerId);
    if (!process || process.state === 'exited') return;
    process.state = 'exited';
    const record = { exitCode: 0, signal: 0, oomKilled: false, startedAtNs: 5n, finishedAtNs: 10n, logLostLines: 0, logLostBytes: 0, ...ended };
    process.exit = record;
    this.records.set(containerId, record);
    for (const watcher of process.watchers) watcher(record);
  }

  /** The monitor of a container dies; its process goes on. */
  loseMonitor(containerId: string): void {
    this.held.delete(`monitor ${containerId}`);
    const process = this.processes.get(containerId);
    process?.watchers.clear();
    for (const lose of process?.losers ?? []) lose(new MonitorLostError('the connection ended'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  async #step(name: string): Promise<void> {
    await this.gates.get(name);
    if (this.failing.has(name)) throw new Error(`${name} failed on purpose`);
  }

  #deps(): PodsDeps {
    const putBack = (of: string) => (): void => { this.limits.push({ of, resources: { putBack: true } }); };
    const deps = {
      storage: { rootfs: this.#rootfs(), layers: { delayEarlySyncs: () => this.#delayEarlySyncs() } },
      images: { resolve: (name: string) => (name === 'busybox' ? IMAGE : undefined) },
      cni: this.#cni(), monitors: this.#monitors(), runtimes: { get: () => this.#runtime(), of: () => this.#runtime(), list: () => [] },
      cgroups: {
        kind: 'v2', hierarchies: [], controllers: new Set<string>(),
        create: async (path: string) => { this.held.add(`cgroup ${path}`); await this.#step('cgroup'); }, readyForMoves: () => this.#step('moves'), directories: () => [],
        remove: async (path: string) => {
          if ([...this.strays].some((id) => path.includes(id))) throw new Error(`${path} has processes`);
          this.held.delete(`cgroup ${path}`);
        },
        killAll: async (path: string) => { for (const id of this.strays) if (path.includes(id)) this.strays.delete(id); }, processes: () => this.pids,
        applyResources: (path: string, resources: object) => {
          if (Object.keys(resources).length > 0) this.limits.push({ of: path, resources });
          if (this.failing.has('limit')) throw new FailedPreconditionError('limit failed on purpose');
          return putBack(path);
        },
        heldLimits: putBack,
        limitsChanged: (path: string) => { this.changedLimits.push(path); },
        addProcess: async () => undefined, stats: () => ({ memory: { workingSet: this.usedMemory } }), allFigures: async (paths: string[]) => paths.map(() => undefined), allStats: async (paths: string[]) => paths.map(() => ({ timestampNs: 0n, version: undefined, stats: () => undefined })),
      },
      host: { capabilities: new Set<string>(), cgroupKind: 'v2', controllers: new Set<string>(), swapAccounting: false, oomScoreAdj: 0, apparmor: false, selinux: false },
      log: { ...silentLogger, warn: (message: string) => { this.warnings.push(message); } },
      config: {
        root: join(this.directory, 'root'), runroot: join(this.directory, 'run'), cgroupManager: 'cgroupfs', logDir: join(this.directory, 'logs'), networkTimeoutMs: 10_000, networkGcIntervalMs: this.networkGcIntervalMs,
        containerDefaults: {}, defaultSysctls: {}, absentMountSourcesToReject: [], cdiSpecDirs: [], blockIoConfigFile: '', bootId: this.bootId,
      },
    };
    // Only what lib/pod calls is there; a call of anything else fails the test with a TypeError.
    return deps as unknown as PodsDeps;
  }

  #delayEarlySyncs(): Disposable {
    this.syncDelays++;
    return { [Symbol.dispose]: () => { this.syncDelays--; } };
  }

  #rootfs() {
    const mounted = (id: string): string => `mount ${id}`;
    return {
      create: async (id: string) => {
        this.held.add(`rootfs ${id}`);
        await this.#step('rootfs');
        const path = join(this.directory, 'root', 'containers', id, 'rootfs');
        await mkdir(path, { recursive: true });
        this.held.add(mounted(id));
        return { path, upper: '' };
      },
      unmount: async (id: string) => { await this.#step('unmount'); this.held.delete(mounted(id)); },
      remove: async (id: string) => { await this.#step('remove'); this.held.delete(mounted(id)); this.held.delete(`rootfs ${id}`); },
      list: () => [...this.held].filter((h) => h.startsWith('rootfs ')).map((h) => h.slice('rootfs '.length)),
    };
  }

  #cni() {
    return {
      add: async (attachment: Attachment) => { this.held.add(`network ${attachment.sandboxId}`); await this.#step('add'); return { ips: ['10.1.0.2'], interfaces: [], raw: {} }; },
      del: async (attachment: Attachment) => { await this.#step('del'); this.held.delete(`network ${attachment.sandboxId}`); },
      check: async () => { await this.#step('check'); return 'in order'; },
      collect: async (isWanted: (id: string) => boolean) => {
        const stale = [...this.held].filter((h) => h.startsWith('network ') && !isWanted(h.slice('network '.length)));
        for (const held of stale) this.held.delete(held);
        return { detached: stale.length, networks: [], failures: [] };
      },
    };
  }

  #monitors() {
    return {
      pin: async ({ directory }: { directory: string }) => { this.held.add(`ns ${directory}`); await this.#step('pin'); return { net: `${directory}/net`, ipc: `${directory}/ipc`, uts: `${directory}/uts` }; },
      unpin: async (directory: string) => { await this.#step('unpin'); this.held.delete(`ns ${directory}`); await rm(directory, { recursive: true, force: true }); },
      create: async ({ id }: { id: string }) => {
        await this.#step('create');
        this.held.add(`monitor ${id}`).add(`runtime ${id}`);
        this.processes.set(id, { state: 'created', watchers: new Set(), losers: new Set(), ignoresTerm: this.ignoreTerm, signals: [] });
        return this.#connect(id);
      },
      adopt: async (id: string) => { await this.#step('adopt'); return this.processes.has(id) && this.held.has(`monitor ${id}`) ? this.#connect(id) : undefined; },
      revive: async (id: string) => {
        await this.#step('revive');
        if (!this.revives || !this.processes.has(id) || this.records.has(id)) return undefined;
        this.held.add(`monitor ${id}`);
        return this.#connect(id);
      },
      discard: async (id: string) => { this.held.delete(`monitor ${id}`); },
      readExitRecord: async (path: string) => this.records.get(path.split('/').at(-2) ?? ''),
    };
  }

  #connect(id: string): Monitor {
    const process = this.processes.get(id);
    if (!process) throw new TypeError(`no process ${id}`);
    const exited = Promise.withResolvers<ExitRecord>();
    exited.promise.catch(() => undefined);
    if (process.exit) exited.resolve(process.exit);
    else process.watchers.add(exited.resolve);
    process.losers.add(exited.reject);
    return {
      id, monitorPid: 1, containerPid: 2, exited: exited.promise,
      start: async () => { await this.#step('start'); process.state = 'running'; },
      kill: async (signal: number) => {
        process.signals.push(signal);
        if (signal === 9 || !process.ignoresTerm) this.exit(id, { exitCode: 128 + signal, signal });
      },
      status: async () => ({ startedAtNs: process.state === 'running' ? 7n : 0n }),
      shutdown: async () => { this.exit(id, { exitCode: 137, signal: 9 }); this.held.delete(`monitor ${id}`); },
      [Symbol.asyncDispose]: async () => { process.watchers.delete(exited.resolve); exited.reject(new CancelledError('closed')); },
    } as unknown as Monitor;
  }

  #runtime() {
    return {
      handler: { name: 'crun', path: '/bin/crun', root: '/run/crun', version: '', allowedAnnotations: [], defaultAnnotations: {}, minMemoryBytes: 0, privilegedWithoutHostDevices: false, createTimeoutMs: 10_000, features: {} },
      globalArgs: () => [], seccomp: async () => undefined, report: () => undefined,
      update: async (id: string, resources: object) => { this.limits.push({ of: id, resources }); await this.#step('update'); },
      delete: async (id: string) => { await this.#step('delete'); this.held.delete(`runtime ${id}`); },
    };
  }
}

const IMAGE = {
  id: 'sha256:1', repoTags: [], repoDigests: [], sizeBytes: 1, username: '', pinned: false, chainIDs: [],
  config: { env: [], entrypoint: [], cmd: ['sh'], workingDir: '', user: '', volumes: ['/data'], stopSignal: '', labels: {} },
};

/** On the node's IPC, so that no /dev/shm has to be mounted. */
export function podConfig(name = 'pod', hostname = 'host'): PodSandboxConfig {
  return {
    metadata: { name, uid: 'u', namespace: 'ns', attempt: 0 }, hostname, logDirectory: '', portMappings: [], labels: { app: name }, annotations: {},
    linux: {
      cgroupParent: '', sysctls: {},
      securityContext: {
        namespaceOptions: { network: 'pod', pid: 'container', ipc: 'node', targetId: '' }, readonlyRootfs: false, supplementalGroups: [], supplementalGroupsPolicy: 'merge', privileged: false,
      },
    },
  };
}

export function containerConfig(name = 'c'): ContainerConfig {
  const { securityContext } = podConfig().linux;
  return {
    metadata: { name, attempt: 0 }, image: { image: 'busybox', annotations: {}, userSpecifiedImage: '', runtimeHandler: '', imageRef: '' }, command: ['sh'], args: [], workingDir: '', envs: [],
    mounts: [], devices: [], cdiDevices: [], labels: {}, annotations: {}, logPath: '', stdin: false, stdinOnce: false, tty: false, stopSignal: '',
    linux: {
      resources: {
        cpuPeriod: 0, cpuQuota: 0, cpuShares: 0, memoryLimitInBytes: 0, oomScoreAdj: 0, cpusetCpus: '', cpusetMems: '', hugepageLimits: [], unified: {}, memorySwapLimitInBytes: 0,
      },
      securityContext: { ...securityContext, runAsUsername: '', noNewPrivs: false, maskedPaths: [], readonlyPaths: [] },
    },
  };
}
