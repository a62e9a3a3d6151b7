/** What a monitor of container "box" greets with, whose processes are none of this machine's. */
export const HELLO = [
  'protocol=2', 'version=0.1.0', 'id=box', 'token=', 'monitor_pid=2147483632', 'container_pid=2147483633', 'state=running', 'started_at_ns=1700000000000000000', 'terminal=0', 'stdin=1', 'stdout_bytes=0', 'stderr_bytes=0',
  'log_lines=0', 'log_bytes=0', 'log_lost_lines=0', 'log_lost_bytes=0', 'log_limited_lines=0', 'log_limited_bytes=0', 'execs_live=0', 'execs_total=0', 'clients_dropped=0', '',
].join('\n');
