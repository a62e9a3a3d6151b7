/** For this folder's kernel tests: a launcher, monitors, and containers with one static program in them, all of it taken away at the end. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { detectCgroups } from '#linux';
import { silentLogger } from '#log';
import type { Monitor, Monitors, MonitorSpec } from './api.ts';
import { createLauncher } from './launcher.ts';
import type { Launcher } from './launcher.ts';
import { parseLogLine } from './log-line.ts';
import type { LogLine } from './log-line.ts';
import { createMonitors } from './monitors.ts';

const ROOT = join(import.meta.dirname, '../..');
export const BINARY = join(ROOT, 'build/davit-monitor');
const TOOL = join(ROOT, 'build/davit-test-tool');
/** More than any step of a test takes on a slow machine. */
const STEP_TIMEOUT_MS = 60_000;
const POLL_MS = 5;

export const RUNTIMES = [{ name: 'crun', path: '/usr/bin/crun' }, { name: 'runc', path: '/usr/sbin/runc' }] as const;
export type RuntimeName = typeof RUNTIMES[number]['name'];

export interface ContainerOptions {
  readonly id?: string;
  readonly runtime?: RuntimeName;
  readonly terminal?: boolean;
  readonly uid?: number;
  readonly namespaces?: readonly { type: string; path?: string }[];
  readonly memoryLimit?: number;
  readonly oomScoreAdj?: number;
  readonly spec?: Partial<MonitorSpec>;
}

export function deadline(): AbortSignal {
  return AbortSignal.timeout(STEP_TIMEOUT_MS);
}

/** Builds what is not built, once at a time. */
export async function buildBinaries(): Promise<void> {
  await mkdir(join(ROOT, 'build'), { recursive: true });
  await promisify(execFile)('flock', [join(ROOT, 'build/.lock'), 'make', '-s', '-C', join(ROOT, 'cmd/davit-monitor'), 'all', 'test-tool']);
}

export async function createTestNode(): Promise<TestNode> {
  await buildBinaries();
  const directory = await mkdtemp('/tmp/davit-c-');
  const launcher = await createLauncher({ binary: BINARY, lockFile: join(directory, 'launcher.lock'), log: silentLogger });
  return new TestNode(directory, launcher);
}

export class TestNode implements AsyncDisposable {
  readonly directory: string;
  readonly launcher: Launcher;
  readonly monitors: Monitors;
  readonly cgroup: string;
  readonly #cgroups = detectCgroups();
  readonly #runtimes = new Map<string, string>();
  #count = 0;

  constructor(directory: string, launcher: Launcher) {
    this.directory = directory;
    this.launcher = launcher;
    this.cgroup = `/davit-test-${directory.slice(-6)}`;
    this.monitors = createMonitors({ binary: BINARY, runDir: join(directory, 'run'), launcher, log: silentLogger });
  }

  /** A created container that will do `words` (see cmd/davit-monitor/test/tool.c). */
  async create(words: readonly string[], options: ContainerOptions = {}): Promise<Monitor> {
    return this.monitors.create(await this.prepare(words, options), { signal: deadline() });
  }

  /** Created and started. */
  async run(words: readonly string[], options: ContainerOptions = {}): Promise<Monitor> {
    const monitor = await this.create(words, options);
    await monitor.start({ signal: deadline() });
    return monitor;
  }

  /** Its bundle, and what create() wants to know. */
  async prepare(words: readonly string[], options: ContainerOptions = {}): Promise<MonitorSpec> {
    const id = options.id ?? `c${++this.#count}`;
    const runtime = RUNTIMES.find((r) => r.name === (options.runtime ?? 'crun')) ?? RUNTIMES[0];
    const bundle = join(this.directory, 'bundles', id);
    for (const name of ['proc', 'dev', 'tmp']) await mkdir(join(bundle, 'rootfs', name), { recursive: true, mode: 0o777 });
    await copyFile(TOOL, join(bundle, 'rootfs/tool'));
    await writeFile(join(bundle, 'config.json'), JSON.stringify(this.#config(id, words, options)));
    this.#runtimes.set(id, runtime.path);
    return {
      id, bundle, exitRecordPath: this.path(`${id}.exit`), logPath: this.logPath(id), runtime: { path: runtime.path, globalArgs: [`--root=${this.path('runtime')}`] },
      terminal: options.terminal ?? false, stdin: false, stdinOnce: false, monitorCgroupDirs: [], createTimeoutMs: 20_000, ...options.spec,
    };
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  logPath(id: string): string {
    return this.path(`${id}.log`);
  }

  /** The container's log; throws at a line that is not of the format. */
  async log(id: string): Promise<LogLine[]> {
    const text = await readFile(this.logPath(id), 'utf8');
    if (text !== '' && !text.endsWith('\n')) throw new Error(`log of ${id} ends in a torn record: ${JSON.stringify(text.slice(-80))}`);
    return text.split('\n').slice(0, -1).map((line) => {
      const parsed = parseLogLine(line);
      if (!parsed) throw new Error(`log of ${id}: ${JSON.stringify(line)}`);
      return parsed;
    });
  }

  /** Waits until its log has so many lines. While the monitor writes, a reader may find the last one in part. */
  async logged(id: string, lines: number): Promise<void> {
    for (const signal = deadline(); (await readFile(this.logPath(id), 'utf8')).split('\n').length <= lines; signal.throwIfAborted()) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }

  /** `stdout F hello` for each record. */
  async logText(id: string): Promise<string[]> {
    return (await this.log(id)).map((l) => `${l.stream} ${l.partial ? 'P' : 'F'} ${l.content}`);
  }

  /** A process object for exec. */
  process(words: readonly string[], options: { terminal?: boolean } = {}): string {
    return JSON.stringify(processObject(words, options.terminal ?? false, 0));
  }

  /** Empty cgroup directories for a monitor. */
  async monitorCgroup(id: string): Promise<string[]> {
    await this.#cgroups.create(`${this.cgroup}/m-${id}`);
    return this.#cgroups.directories(`${this.cgroup}/m-${id}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const id of await this.monitors.list()) {
      await using monitor = await this.monitors.adopt(id, { signal: deadline() });
      await monitor?.shutdown({ signal: deadline(), force: true });
    }
    for (const [id, path] of this.#runtimes) {
      await this.launcher.run({ file: path, args: [`--root=${this.path('runtime')}`, 'delete', '--force', id], env: { PATH: '/usr/sbin:/usr/bin' }, timeoutMs: STEP_TIMEOUT_MS }, { signal: deadline() });
    }
    await this.launcher[Symbol.asyncDispose]();
    await this.#cgroups.killAll(this.cgroup, { signal: deadline() });
    await this.#cgroups.remove(this.cgroup, { signal: deadline() });
    await rm(this.directory, { recursive: true });
  }

  #config(id: string, words: readonly string[], options: ContainerOptions): object {
    return {
      ociVersion: '1.0.2', process: { ...processObject(words, options.terminal ?? false, options.uid ?? 0), oomScoreAdj: options.oomScoreAdj }, root: { path: 'rootfs' }, hostname: id,
      mounts: [
        { destination: '/proc', type: 'proc', source: 'proc' },
        { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=65536k'] },
        { destination: '/dev/pts', type: 'devpts', source: 'devpts', options: ['newinstance', 'ptmxmode=0666', 'mode=0620'] },
      ],
      linux: {
        cgroupsPath: `${this.cgroup}/${id}`, namespaces: options.namespaces ?? [{ type: 'pid' }, { type: 'mount' }, { type: 'ipc' }, { type: 'uts' }, { type: 'network' }],
        ...(options.memoryLimit === undefined ? {} : { resources: { memory: { limit: options.memoryLimit } } }),
      },
    };
  }
}

function processObject(words: readonly string[], terminal: boolean, uid: number): object {
  const capabilities = ['CAP_KILL', 'CAP_CHOWN', 'CAP_SETUID'];
  return { terminal, user: { uid, gid: uid }, args: ['/tool', ...words], env: ['PATH=/'], cwd: '/', capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities } };
}
