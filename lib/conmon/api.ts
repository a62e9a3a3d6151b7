import type { ProcessRunner } from '#linux';
import type { Logger } from '#log';
import type { ProcessStreams, TerminalSize } from './byte-streams.ts';
import type { ExitRecord } from './exit-record.ts';
import type { PinnedNamespaces, PinSpec } from './pin.ts';
import type { MonitorStatus } from './status.ts';

export interface MonitorsOptions {
  /** Absolute path of davit-monitor. */
  readonly binary: string;
  /** Directory of the monitors' sockets, one directory a container; short: a socket path has at most 107 bytes. */
  readonly runDir: string;
  readonly launcher: ProcessRunner;
  readonly log: Logger;
  /** Limits of every container's log; default none. */
  readonly containerLog?: ContainerLogOptions;
}

export interface ContainerLogOptions {
  /** A log file that would become bigger is renamed as the kubelet does it, and a new one is begun. 0: never; at least 8192. */
  readonly sizeMaxBytes: number;
  /** Files kept of each log, the current one included. */
  readonly filesMax: number;
  /** When the disk is full: lose lines and count them, or let the container wait. */
  readonly whenFull: 'drop' | 'block';
  /** What a container logs beyond these in a second is dropped and counted; 0 for no limit. */
  readonly linesPerSecond: number;
  readonly bytesPerSecond: number;
}

/** Monitors of this node, and the other work of the monitor binary. */
export interface Monitors {
  /**
   * Starts a monitor, which runs `<runtime> create`; resolves when the container is created, or with `restore` when it runs. On failure nothing is left.
   * @throws RuntimeFailedError with the runtime's own words; FailedPreconditionError when a monitor of that id runs; DeadlineExceededError; CancelledError.
   */
  create(spec: MonitorSpec, options: { signal: AbortSignal }): Promise<Monitor>;
  /** Connects to a monitor that an earlier daemon started; undefined if none answers (then read the exit record and discard()). */
  adopt(id: string, options: { signal: AbortSignal }): Promise<Monitor | undefined>;
  /**
   * Starts a monitor for a container whose monitor has died: it goes on with the output where the kernel allows it, and with the true exit code.
   * @param options.terminal that of the connection that has ended (its owner still closes it); without it a terminal has gone.
   * Undefined when there is nothing to go on with: the container has ended too (then read the exit record), or was never created.
   * @throws FailedPreconditionError when its monitor lives.
   */
  revive(id: string, options: { signal: AbortSignal; terminal?: number | undefined }): Promise<Monitor | undefined>;
  /** Ids that have a directory, with a living monitor or not. */
  list(): Promise<string[]>;
  /** Removes the directory that a dead monitor has left; idempotent. */
  discard(id: string): Promise<void>;
  /** Undefined when the record is absent or reserved but not written. @throws DataLossError when it is damaged. */
  readExitRecord(path: string): Promise<ExitRecord | undefined>;
  /** Makes the namespaces of a pod and binds them to files. On failure nothing is left. */
  pin(spec: PinSpec, options: { signal: AbortSignal }): Promise<PinnedNamespaces>;
  /** Takes away what pin() made in that directory, ends its pause process; idempotent. */
  unpin(directory: string): Promise<void>;
}

export interface MonitorSpec {
  readonly id: string;
  readonly bundle: string;
  /** Reserved at once; on a file system that survives what the record must survive. */
  readonly exitRecordPath: string;
  /** '' for no log. Its directory must exist. */
  readonly logPath: string;
  readonly runtime: { readonly path: string; readonly globalArgs: readonly string[] };
  /** From a checkpoint: arguments of `<runtime> restore`, which is run instead of create and start, and PATH for it. */
  readonly restore?: { readonly args: readonly string[]; readonly searchPath: string };
  readonly terminal: boolean;
  readonly stdin: boolean;
  readonly stdinOnce: boolean;
  /** Existing cgroup directories, one a hierarchy, that the monitor enters; removed by shutdown() and when create() fails. */
  readonly monitorCgroupDirs: readonly string[];
  readonly createTimeoutMs: number;
  /** Instead of that of all containers. */
  readonly containerLog?: ContainerLogOptions;
  /** Longest content of a log record, default 16384, at most 32768. */
  readonly logMaxLineBytes?: number;
}

/** A connection to one container's monitor. Disposing it closes the connection only; the monitor goes on. */
export interface Monitor extends AsyncDisposable {
  readonly id: string;
  readonly monitorPid: number;
  readonly containerPid: number;
  /** What the monitor said when the connection was made. */
  readonly greeting: MonitorStatus;
  /**
   * A descriptor of our own of the container's terminal, so that it outlives the monitor: for revive(). Closed when the container has ended or this is disposed.
   * Undefined without a terminal, and where the kernel does not let us take it.
   */
  readonly terminal: number | undefined;
  /** Runs `<runtime> start`. @throws RuntimeFailedError, FailedPreconditionError when it was started before. */
  start(options: { signal: AbortSignal }): Promise<void>;
  /** Signals the container's init; success when it has ended already. */
  kill(signal: number, options: { signal: AbortSignal }): Promise<void>;
  /** Resolves when the exec's process runs. @throws RuntimeFailedError when it could not be started, ResourceExhaustedError. */
  exec(spec: ExecSpec, options: { signal: AbortSignal }): Promise<ExecSession>;
  /** The same, for much output: bytes in pieces, past the monitor where that is possible. `spec.outputLimitBytes` may have no effect. */
  execStreams(spec: ExecSpec, options: { signal: AbortSignal }): Promise<ProcessStreams>;
  attach(spec: AttachSpec, options: { signal: AbortSignal }): Promise<AttachSession>;
  attachStreams(spec: AttachSpec, options: { signal: AbortSignal }): Promise<ProcessStreams>;
  /** Goes on in a new file at the log path; if that fails the old one stays in use. */
  reopenLog(options: { signal: AbortSignal }): Promise<void>;
  /** @throws FailedPreconditionError without a terminal. */
  resize(size: TerminalSize, options: { signal: AbortSignal }): Promise<void>;
  status(options: { signal: AbortSignal }): Promise<MonitorStatus>;
  /** Settles once, when the record is durable; rejects with MonitorLostError when the connection ends first, with CancelledError when it is disposed first. */
  readonly exited: Promise<ExitRecord>;
  /**
   * The monitor leaves; its directories, also of its cgroup, are removed.
   * @param options.force kills the container and runs `<runtime> delete --force` first; without it the container must have exited.
   */
  shutdown(options: { signal: AbortSignal; force?: boolean }): Promise<void>;
}

export interface ExecSpec {
  /** OCI process object as JSON, at most 1 MiB. Its `terminal` must be the same as below. */
  readonly processJson: string;
  readonly terminal: boolean;
  readonly stdin: boolean;
  /** After it everything that descends from the process is killed; 0 for none. */
  readonly timeoutMs: number;
  /** Per stream; what exceeds it is read and dropped. Number.MAX_SAFE_INTEGER for no limit. */
  readonly outputLimitBytes: number;
  readonly extraArgs?: readonly string[];
}

export interface ExecResult {
  /** 128 + signal when a signal ended it. */
  readonly exitCode: number;
  readonly timedOut: boolean;
}

/** Bytes to and from a process. Disposing it ends the connection, and with it an exec. */
export interface StreamSession extends AsyncDisposable {
  /** Each must be read or destroyed: an unread stream holds back the other one. */
  readonly stdout: AsyncIterable<Buffer> & { destroy(): unknown };
  readonly stderr: AsyncIterable<Buffer> & { destroy(): unknown };
  /** Resolves when `data` may be changed and more be written: it is on its way, or the session has ended. */
  write(data: Uint8Array): Promise<void>;
  closeStdin(): void;
  resize(size: TerminalSize): void;
}

export interface ExecSession extends StreamSession {
  /** In the host's pid namespace. */
  readonly pid: number;
  /** After the last byte of output. Rejects with MonitorLostError when the connection ends first. */
  readonly exited: Promise<ExecResult>;
}

export interface AttachSpec { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean }

export interface AttachSession extends StreamSession {
  /** The container's end; rejects with MonitorLostError when the connection ends first, with ResourceExhaustedError when this client did not take its output and was dropped. */
  readonly exited: Promise<ExitRecord>;
}
