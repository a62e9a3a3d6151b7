import { MAX_TIMER_MS } from '#async';
import { execSync as execInMonitor } from '#conmon';
import type { ExecSyncResult as Result } from '#conmon';
import { DavitError, DeadlineExceededError, FailedPreconditionError, InvalidArgumentError } from '#errors';
import { processJson } from '#oci';
import type { ExecSyncResult } from './api.ts';
import type { LiveContainer, PodContext } from './context.ts';
import { hasEnded } from './has-ended.ts';
import { withReadyMoves } from './ready-for-moves.ts';
import type { ContainerRecord } from './record.ts';

/** Bytes kept of each of stdout and stderr; the rest is read and dropped (CRI ExecSync). */
export const EXEC_OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Runs a command in a running container and captures what it prints.
 * @throws DeadlineExceededError after `timeoutSeconds`, 24 days at most; the command and what it started are dead then. FailedPreconditionError when the container ends before it is begun.
 */
export async function execSync(context: PodContext, container: ContainerRecord, command: readonly string[], timeoutSeconds: number, signal: AbortSignal): Promise<ExecSyncResult> {
  if (command.length === 0) throw new InvalidArgumentError(`run a command in container "${container.id}": cmd is empty`);
  const live = context.live.get(container.id);
  if (!live || !container.process) throw new FailedPreconditionError(`run a command in container "${container.id}": its monitor is lost`);
  const { stdout, stderr, exitCode, timedOut } = await run(context, live, processJson(container.process, command), timeoutSeconds, signal);
  if (timedOut) throw new DeadlineExceededError(`run ${JSON.stringify(command[0])} in container "${container.id}": timed out after ${timeoutSeconds} s and was killed`);
  return { stdout, stderr, exitCode };
}

async function run(context: PodContext, { monitor }: LiveContainer, process: string, timeoutSeconds: number, signal: AbortSignal): Promise<Result> {
  try {
    const spec = { processJson: process, terminal: false, stdin: false, timeoutMs: Math.min(Math.max(0, timeoutSeconds) * 1000, MAX_TIMER_MS), outputLimitBytes: EXEC_OUTPUT_LIMIT_BYTES };
    return await withReadyMoves(context, `run a command in container "${monitor.id}"`, () => execInMonitor(monitor, spec, { signal }));
  } catch (error) {
    // The runtime's words for that, or the monitor's that has left, are not the caller's fault to look for.
    if (error instanceof DavitError && ['Unknown', 'Unavailable'].includes(error.code) && hasEnded(context, monitor.id)) throw new FailedPreconditionError(`run a command in container "${monitor.id}": it has ended`, { cause: error });
    throw error;
  }
}
