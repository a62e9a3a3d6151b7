/** Containers' monitors: starting, finding and talking to them; the launcher, pinned namespaces, exit records and the CRI log format. */
export { createLauncher } from './launcher.ts';
export type { Launcher } from './launcher.ts';
export { createMonitors } from './monitors.ts';
export type { AttachSession, AttachSpec, ContainerLogOptions, ExecResult, ExecSession, ExecSpec, Monitor, Monitors, MonitorsOptions, MonitorSpec, StreamSession } from './api.ts';
export type { ByteSink, ByteSource, ByteTaker, ProcessStreams, TerminalSize } from './byte-streams.ts';
export { createDialer } from './dialer.ts';
export type { Connection, Dialer, DialerOptions } from './dialer.ts';
export { execSync } from './exec-sync.ts';
export type { ExecSyncResult } from './exec-sync.ts';
export { ReadBuffers } from './read-buffers.ts';
export { MonitorLostError, RuntimeFailedError } from './errors.ts';
export { runtimeMessage } from './runtime-message.ts';
export { parseExitRecord, readExitRecord } from './exit-record.ts';
export type { ExitRecord } from './exit-record.ts';
export type { MonitorStatus } from './status.ts';
export { formatLogLine, parseLogLine } from './log-line.ts';
export type { LogLine } from './log-line.ts';
export type { IdMapping, PinnedNamespaces, PinSpec } from './pin.ts';
