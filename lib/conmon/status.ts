import { DataLossError, FailedPreconditionError } from '#errors';
import { Fields } from './fields.ts';
import { PROTOCOL_OLDEST, PROTOCOL_VERSION } from './protocol.ts';

/** What a monitor says of itself, in its greeting and when asked. Counters start with the monitor. */
export interface MonitorStatus {
  /** The version that it speaks. */
  readonly protocol: number;
  readonly version: string;
  readonly id: string;
  /** Names this very create(); '' from nobody. */
  readonly token: string;
  readonly monitorPid: number;
  readonly containerPid: number;
  readonly state: 'created' | 'starting' | 'running' | 'exited';
  /** 0n before the start. */
  readonly startedAtNs: bigint;
  readonly terminal: boolean;
  /** The monitor's descriptor of the terminal's master; -1 when it has none. */
  readonly terminalFd: number;
  /** Whether the container's stdin is open. */
  readonly stdin: boolean;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly logLines: number;
  readonly logBytes: number;
  /** Lines and bytes that could not be written to the log. */
  readonly logLostLines: number;
  readonly logLostBytes: number;
  /** Of them, those beyond the log's rate. */
  readonly logLimitedLines: number;
  readonly logLimitedBytes: number;
  readonly execsLive: number;
  readonly execsTotal: number;
  /** Attached clients that were too slow. */
  readonly clientsDropped: number;
  /** The monitor's own cgroup, one directory a hierarchy. */
  readonly cgroupDirs: readonly string[];
}

const STATES: readonly MonitorStatus['state'][] = ['created', 'starting', 'running', 'exited'];

/** @throws FailedPreconditionError when the monitor speaks another version of the protocol; DataLossError when the text is no status. */
export function parseStatus(payload: Buffer): MonitorStatus {
  const fields = new Fields(payload.toString('utf8'));
  const protocol = fields.number('protocol');
  if (protocol < PROTOCOL_OLDEST || protocol > PROTOCOL_VERSION) {
    throw new FailedPreconditionError(`talk to monitor of "${fields.text('id')}": it speaks protocol ${protocol}, expected ${PROTOCOL_OLDEST} to ${PROTOCOL_VERSION}`);
  }
  const state = STATES.find((s) => s === fields.text('state'));
  if (state === undefined) throw new DataLossError(`read monitor status: state "${fields.text('state')}" is unknown`);
  return {
    protocol, version: fields.text('version'), id: fields.text('id'), token: fields.text('token'), monitorPid: fields.number('monitor_pid'), containerPid: fields.number('container_pid'), state,
    startedAtNs: fields.bigint('started_at_ns'), terminal: fields.flag('terminal'), terminalFd: fields.numberOr('terminal_fd', -1), stdin: fields.flag('stdin'),
    stdoutBytes: fields.number('stdout_bytes'), stderrBytes: fields.number('stderr_bytes'),
    logLines: fields.number('log_lines'), logBytes: fields.number('log_bytes'), logLostLines: fields.number('log_lost_lines'), logLostBytes: fields.number('log_lost_bytes'),
    logLimitedLines: fields.numberOr('log_limited_lines', 0), logLimitedBytes: fields.numberOr('log_limited_bytes', 0),
    execsLive: fields.number('execs_live'), execsTotal: fields.number('execs_total'), clientsDropped: fields.number('clients_dropped'), cgroupDirs: fields.all('cgroup'),
  };
}
