/** The daemon: every object made by hand, in the order in which each needs the others, and closed in reverse. */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCni } from '#cni';
import type { Cni } from '#cni';
import { createDialer, createLauncher, createMonitors } from '#conmon';
import type { Dialer, Launcher, Monitors } from '#conmon';
import { createServer } from '#cri';
import type { CriServer } from '#cri';
import { errorText, FailedPreconditionError } from '#errors';
import { makeRoomToStart, reservePath } from '#fs';
import type { Images } from '#image';
import { detectCgroups, releaseUnusedMemory, systemdCgroups } from '#linux';
import type { Cgroups } from '#linux';
import type { Logger } from '#log';
import type { CgroupManager, HostFacts, Runtimes } from '#oci';
import { createRuntimes, loadDefaultApparmorProfile, readHostFacts } from '#oci';
import { createPods } from '#pod';
import type { PodService } from '#pod';
import type { Storage } from '#storage';
import { createStreamingServer } from '#streaming';
import type { StreamingServer } from '#streaming';
import { ADMIN_COMMANDS } from '../admin/commands.ts';
import { openAdminDoor } from '../admin/door.ts';
import { durationMs } from '../config/duration.ts';
import type { Config } from '../config/schema.ts';
import { containerDefaults, containerLog, parseSysctls } from './container-defaults.ts';
import { resolveHandlers } from './handlers.ts';
import { followHeapGrowth, heapGrowthPercent } from './heap-growth.ts';
import { collectWhenIdle, type IdleCollection } from './idle-collection.ts';
import type { LoopDelay } from './loop-delay.ts';
import { measureLoopDelay } from './loop-delay.ts';
import { monitorBinary } from './monitor-binary.ts';
import { networkOptions } from './network-options.ts';
import { lowerOomScore } from './oom-score.ts';
import { lockDirectory } from './root-lock.ts';
import { keepReserve } from './disk-reserve.ts';
import { openImages } from './open-images.ts';
import { openStorage } from './open-storage.ts';
import { startScrub } from './scrub.ts';
import type { Environment } from './image-environment.ts';
import { createRuntimeInfo } from './runtime-info.ts';
import { prepareStateDirectories } from './state-directories.ts';
import { streamingOptions } from './streaming-options.ts';
import { makeTopCgroups } from './top-cgroups.ts';

/** How long operations without a caller get when the daemon stops; recovery finishes what is left. */
const DRAIN_TIMEOUT_MS = 10_000;
/** Compiling the default seccomp profile in a child. */
const WARM_UP_TIMEOUT_MS = 60_000;

export interface Daemon {
  /** Refuses new calls, ends streams, lets what is under way end for a while, closes everything in reverse. Containers go on. */
  stop(): Promise<void>;
}

/**
 * Starts to serve. Whatever had started is stopped again when a later step fails.
 * @param env PATH for runtimes that the configuration names without a place, and what pulls need.
 * @throws an error of #errors that names what is wrong.
 */
export async function startDaemon(config: Config, log: Logger, env: Environment): Promise<Daemon> {
  await using starting = new AsyncDisposableStack();
  await takePossession(config, starting, log);
  const loopDelay = starting.use(measureLoopDelay());
  const node = await startNode(config, starting, log, env['PATH'] ?? '');
  const images = starting.use(await openImages(config, node.storage, node.launcher, log.child({ part: 'images' }), env));
  const pods = await startPods(config, starting, { ...node, images }, log);
  starting.use(followHeapGrowth(pods));
  const idleCollection = starting.use(collectWhenIdle(() => heapGrowthPercent(pods.listContainers({}).length), { collected: () => void giveBack(log) }));
  starting.use(await openAdminDoor(config.crio, ADMIN_COMMANDS, { images, storage: node.storage, cni: node.cni, pods, log: log.child({ part: 'admin' }) }));
  starting.use(startScrub(node.storage, { intervalMs: durationMs(config.crio.scrub_interval), bytesPerSecond: config.crio.scrub_max_rate }, log.child({ part: 'scrub' })));
  const streams = starting.use(await createStreamingServer(streamingOptions(config, log.child({ part: 'streaming' }))));
  const server = await startServer(config, { ...node, images, pods, streams, loopDelay, idleCollection }, log);
  const running = starting.move();
  void warmUp(node.runtimes, log);
  return { stop: () => stop(server, pods, running, log) };
}

/** What the first pod should not wait for, then what only the start needed. */
async function warmUp(runtimes: Runtimes, log: Logger): Promise<void> {
  try {
    await runtimes.warmUp({ signal: AbortSignal.timeout(WARM_UP_TIMEOUT_MS) });
  } catch (error) {
    log.warn('warming up failed', { error: errorText(error) });
  }
  await giveBack(log);
}

/** What the daemon does not need between two bursts of calls. */
async function giveBack(log: Logger): Promise<void> {
  try {
    log.debug('memory that is not used is given back', { programTextKiB: await releaseUnusedMemory() });
  } catch (error) {
    log.warn('memory that is not used was not given back', { error: errorText(error) });
  }
}

async function stop(server: CriServer, pods: PodService, running: AsyncDisposableStack, log: Logger): Promise<void> {
  await server.stop();
  try {
    await pods.drained({ signal: AbortSignal.timeout(DRAIN_TIMEOUT_MS) });
  } catch (error) {
    log.warn('operations are still under way; the next start finishes or undoes them', { error: errorText(error) });
  }
  await running.disposeAsync();
}

/** Directories and their locks: from here on they are ours. */
async function takePossession({ crio }: Config, starting: AsyncDisposableStack, log: Logger): Promise<void> {
  await prepareStateDirectories(crio.root, crio.runroot);
  makeRoomToStart(reservePath(crio.root));
  starting.use(await lockDirectory('root', crio.root));
  if (crio.runroot !== crio.root) starting.use(await lockDirectory('runroot', crio.runroot));
  lowerOomScore(log);
  starting.use(await keepReserve(crio.root, log));
}

/** What davit has of the node: storage, networks, runtimes, monitors. */
interface NodeParts {
  readonly cgroupManager: CgroupManager;
  readonly cgroups: Cgroups;
  readonly storage: Storage;
  readonly cni: Cni;
  readonly runtimes: Runtimes;
  readonly launcher: Launcher;
  readonly monitors: Monitors;
  readonly dialer: Dialer;
  readonly host: HostFacts;
}

async function startNode(config: Config, starting: AsyncDisposableStack, log: Logger, searchPath: string): Promise<NodeParts> {
  const { crio, network, runtime } = config;
  const cgroupManager = await chooseCgroupManager(runtime.cgroup_manager);
  const binary = monitorBinary(config);
  const cgroups = detectCgroups();
  const top = starting.use(await makeTopCgroups(cgroups, cgroupManager));
  const launcher = starting.use(await createLauncher({ binary, lockFile: join(crio.runroot, 'launcher.lock'), cgroupDirs: top.monitors, log: log.child({ part: 'launcher' }) }));
  const monitors = createMonitors({ binary, runDir: join(crio.runroot, 'monitors'), launcher, log: log.child({ part: 'monitors' }), containerLog: containerLog(runtime) });
  const dialer = starting.use(await createDialer({ binary, launcher, socketPath: join(crio.runroot, 'dial.sock') }));
  // These four wait for child processes and for the disk, not for each other.
  const starts = [
    openStorage(config, { program: binary, cgroupDirs: top.extractors }, log.child({ part: 'storage' })).then((started) => starting.use(started)),
    createCni({
      confDir: network.network_dir, pluginDirs: network.plugin_dirs, cacheDir: join(crio.root, 'cni'), runner: launcher,
      ...networkOptions(config), log: log.child({ part: 'cni' }),
    }).then((started) => starting.use(started)),
    resolveHandlers(config, searchPath).then((handlers) => createRuntimes({
      handlers, defaultHandler: runtime.default_runtime, cgroupManager, runner: launcher, log: log.child({ part: 'runtimes' }), seccompCacheDir: join(crio.runroot, 'seccomp'), criu: { program: runtime.criu_path, allowed: runtime.enable_criu_support ? config.checkpointRestore.container_level_enabled : 'none' },
    })),
    readHostFacts(cgroups).then((facts) => withDefaultProfile(facts, runtime.apparmor_profile, launcher, log.child({ part: 'apparmor' }))),
  ] as const;
  // All are waited for, so that each that has started is known before the first error ends the start.
  await Promise.allSettled(starts);
  const [storage, cni, runtimes, host] = await Promise.all(starts);
  return { cgroupManager, cgroups: cgroupManager === 'systemd' ? systemdCgroups(cgroups, launcher) : cgroups, storage, cni, runtimes, launcher, monitors, dialer, host };
}

async function withDefaultProfile(facts: HostFacts, configured: string, runner: Launcher, log: Logger): Promise<HostFacts> {
  const name = await loadDefaultApparmorProfile({ configured, enabled: facts.apparmor, runner, log });
  return { ...facts, ...name !== undefined && { apparmorDefaultProfile: name } };
}

/** @throws FailedPreconditionError when systemd is asked for and does not run. */
async function chooseCgroupManager(wanted: Config['runtime']['cgroup_manager']): Promise<CgroupManager> {
  // What sd_booted(3) looks at.
  const booted = await access('/run/systemd/system').then(() => true, () => false);
  if (wanted === 'systemd' && !booted) throw new FailedPreconditionError('cgroup_manager = "systemd": systemd is not the init system of this node, expected "cgroupfs" or "auto"');
  if (wanted !== 'auto') return wanted;
  return booted ? 'systemd' : 'cgroupfs';
}

async function startPods(config: Config, starting: AsyncDisposableStack, parts: NodeParts & { images: Images }, log: Logger): Promise<PodService> {
  const { crio, runtime, network } = config;
  const { storage, images, cni, monitors, dialer, runtimes, cgroupManager, cgroups, launcher, host } = parts;
  return starting.use(await createPods({
    storage, images, cni, monitors, dialer, runtimes, cgroups, runner: launcher, host, log: log.child({ part: 'pods' }),
    config: {
      root: crio.root, runroot: crio.runroot, logDir: crio.log_dir, cgroupManager,
      networkTimeoutMs: durationMs(network.cni_timeout), networkGcIntervalMs: durationMs(network.cni_gc_interval),
      containerDefaults: await containerDefaults(runtime),
      defaultSysctls: parseSysctls(runtime.default_sysctls),
      absentMountSourcesToReject: runtime.absent_mount_sources_to_reject,
      cdiSpecDirs: runtime.cdi_spec_dirs, blockIoConfigFile: runtime.blockio_config_file,
      bootId: (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
    },
  }));
}

async function startServer(config: Config, parts: NodeParts & { images: Images; pods: PodService; streams: StreamingServer; loopDelay: LoopDelay; idleCollection: IdleCollection }, log: Logger): Promise<CriServer> {
  const { pods, images, streams, cni, runtimes, storage, cgroupManager, loopDelay, idleCollection } = parts;
  let recovered = false;
  void pods.recovered.then(() => { recovered = true; });
  const info = createRuntimeInfo({ config, cgroupDriver: cgroupManager, runtimes, cni, storage, loopDelay, isRecovered: () => recovered, log });
  const server = createServer({ socketPath: config.api.listen, pods, images, info, streams, log: log.child({ part: 'cri' }), onAnswered: () => idleCollection.answered() });
  await server.listen();
  return server;
}
