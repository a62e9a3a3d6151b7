import type { ByteSink, ByteSource, ProcessStreams } from '#conmon';
import { raceSignal, withDeadline } from '#async';
import { errorText } from '#errors';
import type { AttachRequest, ExecRequest } from '../api.ts';
import { START_TIMEOUT_MS } from '../limits.ts';
import { resizeTaker } from './resize.ts';
import { exitStatus, failureStatus, statusBytes, SUCCESS } from './status.ts';
import type { CommandStatus } from './status.ts';

/** A client's streams, whatever carries them. */
export interface CommandChannels {
  readonly stdin: ByteSource | undefined;
  readonly stdout: ByteSink | undefined;
  readonly stderr: ByteSink | undefined;
  readonly resize: ByteSource | undefined;
  readonly error: ByteSink;
  /** The error stream holds JSON. */
  readonly structuredStatus: boolean;
}

export type CommandTarget = { readonly kind: 'exec'; readonly request: ExecRequest } | { readonly kind: 'attach'; readonly request: AttachRequest };

/**
 * Connects a client with a process until either ends, and tells the client how. Output, then status, then the ends of the streams:
 * a client reads them in this order. The process of an exec is gone when this resolves; it never rejects.
 * @param signal aborts when the client has gone.
 */
export async function runCommand(target: CommandTarget, channels: CommandChannels, signal: AbortSignal): Promise<void> {
  const status = await statusOf(target, channels, signal);
  channels.stdout?.end();
  channels.stderr?.end();
  const bytes = statusBytes(status, channels.structuredStatus);
  if (bytes.length > 0) channels.error.write(bytes, () => undefined);
  channels.error.end();
}

async function statusOf(target: CommandTarget, channels: CommandChannels, signal: AbortSignal): Promise<CommandStatus> {
  try {
    await using streams = await withDeadline('start', START_TIMEOUT_MS, signal, (step) => target.request.start({ signal: step }));
    const detached = connect(target, channels, streams);
    const exitCode = await raceSignal(Promise.race([streams.exited, detached]), signal, 'wait for the end of the command');
    return target.kind === 'exec' ? exitStatus(target.request.command, exitCode) : SUCCESS;
  } catch (error) {
    return failureStatus(target.kind === 'exec' ? 'executing command in container' : 'attaching to container', errorText(error));
  }
}

/** @returns resolves when the client of an attach has left the container to itself */
function connect(target: CommandTarget, channels: CommandChannels, streams: ProcessStreams): Promise<number> {
  const detached = Promise.withResolvers<number>();
  const { stdin, stdout, stderr, resize } = channels;
  resize?.open(resizeTaker((size) => streams.resize(size)));
  stdin?.open({
    take: (piece, done) => streams.stdin.write(piece, done),
    end: () => {
      if (target.kind === 'exec' || (target.request.stdinOnce && !target.request.tty)) streams.stdin.end();
      else detached.resolve(0);
    },
  });
  pass(streams.stdout, stdout);
  pass(streams.stderr, stderr);
  return detached.promise;
}

/** Output that the client does not want is read all the same: its writer must not wait for ever, or be killed. */
function pass(source: ByteSource, sink: ByteSink | undefined): void {
  source.open(sink ? { take: (piece, done) => sink.write(piece, done), end: () => sink.end() } : { take: (_piece, done) => done(), end: () => undefined });
}
