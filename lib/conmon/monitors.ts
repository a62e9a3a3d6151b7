import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withDeadline } from '#async';
import { InternalError, InvalidArgumentError, NotFoundError } from '#errors';
import type { ContainerLogOptions, Monitor, Monitors, MonitorsOptions, MonitorSpec } from './api.ts';
import { removeCgroupDirs } from './cgroup-dirs.ts';
import { connectMonitor } from './control.ts';
import { MonitorLostError } from './errors.ts';
import { readExitRecord } from './exit-record.ts';
import { pinNamespaces, unpinNamespaces } from './pin.ts';
import { runMonitorBinary } from './run-binary.ts';

/** Longest path of a unix socket (sun_path without its NUL). */
const SOCKET_PATH_MAX_BYTES = 107;
/** What the monitor itself may take beyond the runtime's time. */
const CREATE_SLACK_MS = 40_000;
/** No runtime is run. */
const REVIVE_TIMEOUT_MS = 10_000;
/** To take back a container whose creation was given up: its runtime is ended, deleted, and the monitor leaves. */
const UNDO_TIMEOUT_MS = 20_000;

/** Monitors under one run directory. Holds nothing that needs closing. */
export function createMonitors(options: MonitorsOptions): Monitors {
  const { binary, runDir, launcher, log } = options;
  const directoryOf = (id: string): string => join(runDir, id);
  const socketOf = (id: string): string => join(directoryOf(id), 'sock');
  return {
    async create(spec, { signal }): Promise<Monitor> {
      checkSpec(spec, socketOf(spec.id));
      await mkdir(runDir, { recursive: true, mode: 0o700 });
      const token = randomBytes(8).toString('hex');
      try {
        await runMonitorBinary(binary, launcher, ['run', ...runArguments(spec, runDir, token), ...logArguments(spec.containerLog ?? options.containerLog)], spec.createTimeoutMs + CREATE_SLACK_MS, `${spec.restore ? 'restore' : 'create'} container "${spec.id}"`, { signal }, spec.restore?.searchPath);
        const monitor = await connectMonitor(socketOf(spec.id), spec.id, { signal });
        if (!monitor) throw new InternalError(`create container "${spec.id}": its monitor has gone`);
        return monitor;
      } catch (error) {
        await withDeadline(`undo of create container "${spec.id}"`, UNDO_TIMEOUT_MS, new AbortController().signal, async (undoSignal) => {
          await using left = await connectMonitor(socketOf(spec.id), spec.id, { signal: undoSignal });
          try {
            // A container of that id that somebody else made is not ours to end.
            if (left?.greeting.token === token) await left.shutdown({ signal: undoSignal, force: true });
          } catch (lost) {
            // It leaves by itself when who waits for the creation has gone, and may do so between its greeting and our request.
            if (!(lost instanceof MonitorLostError)) throw lost;
          } finally {
            await removeCgroupDirs(spec.monitorCgroupDirs, { signal: undoSignal });
          }
        }).catch((undoError: unknown) => log.warn('could not undo the creation of a container', { container: spec.id, error: String(undoError) }));
        throw error;
      }
    },
    adopt: (id, { signal }) => connectMonitor(socketOf(id), id, { signal }),
    async revive(id, { signal, terminal }): Promise<Monitor | undefined> {
      const action = `start another monitor of "${id}"`;
      try {
        await runMonitorBinary(binary, launcher, ['adopt', directoryOf(id), ...(terminal === undefined ? [] : [String(process.pid), String(terminal)])], REVIVE_TIMEOUT_MS, action, { signal });
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
      const monitor = await connectMonitor(socketOf(id), id, { signal });
      if (monitor?.greeting.terminal && monitor.greeting.state !== 'exited' && monitor.greeting.terminalFd < 0) log.warn('the terminal of a container has gone with its monitor', { container: id });
      return monitor;
    },
    async list(): Promise<string[]> {
      await mkdir(runDir, { recursive: true, mode: 0o700 });
      return readdir(runDir);
    },
    discard: (id) => rm(directoryOf(id), { recursive: true, force: true }),
    readExitRecord,
    pin: (spec, { signal }) => pinNamespaces(binary, launcher, spec, { signal }),
    unpin: (directory) => unpinNamespaces(binary, launcher, directory),
  };
}

function checkSpec(spec: MonitorSpec, socketPath: string): void {
  const bytes = Buffer.byteLength(socketPath);
  if (bytes > SOCKET_PATH_MAX_BYTES) throw new InvalidArgumentError(`create container "${spec.id}": socket path "${socketPath}" has ${bytes} bytes, at most ${SOCKET_PATH_MAX_BYTES}; use a shorter run directory`);
}

function runArguments(spec: MonitorSpec, runDir: string, token: string): string[] {
  const flag = (name: string, on: boolean): string[] => on ? [`--${name}`] : [];
  const list = (name: string, values: readonly string[]): string[] => values.flatMap((value) => [`--${name}`, value]);
  return [
    '--id', spec.id, '--token', token, '--run-dir', runDir, '--bundle', spec.bundle, '--exit-record', spec.exitRecordPath, '--log', spec.logPath, '--runtime', spec.runtime.path,
    ...list('runtime-arg', spec.runtime.globalArgs), ...list('create-arg', spec.restore?.args ?? []), ...flag('restore', spec.restore !== undefined), ...list('cgroup', spec.monitorCgroupDirs),
    ...flag('terminal', spec.terminal), ...flag('stdin', spec.stdin), ...flag('stdin-once', spec.stdinOnce),
    '--timeout-ms', String(spec.createTimeoutMs), ...(spec.logMaxLineBytes === undefined ? [] : ['--line-max', String(spec.logMaxLineBytes)]),
  ];
}

function logArguments(log: ContainerLogOptions | undefined): string[] {
  if (!log) return [];
  return [
    '--log-size-max', String(log.sizeMaxBytes), '--log-files-max', String(log.filesMax), '--log-lines-per-second', String(log.linesPerSecond), '--log-bytes-per-second', String(log.bytesPerSecond),
    ...(log.whenFull === 'block' ? ['--log-block-when-full'] : []),
  ];
}
