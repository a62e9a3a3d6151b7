import { closeSync } from 'node:fs';
import { takeDescriptor } from '#linux';
import type { AttachSpec, ExecSpec } from './api.ts';
import { startAttach } from './attach.ts';
import type { ByteSource, ProcessStreams } from './byte-streams.ts';
import { beginExec, execSession, parseResult } from './exec.ts';
import { DescriptorStream } from './descriptor-stream.ts';
import type { Fields } from './fields.ts';
import { framedStreams } from './framed-streams.ts';
import { FrameType } from './protocol.ts';
import type { Session } from './session.ts';
import type { MonitorStatus } from './status.ts';

/** For output that others still write after the exec's process has ended, as in the monitor. */
const LATE_OUTPUT_MS = 100;

/**
 * Starts an exec whose bytes go between the process and us directly: the monitor's ends of its pipes are taken from it.
 * A terminal's bytes, and all bytes where the kernel does not allow that, come as frames. Resolves when the process runs.
 */
export async function execStreams(socketPath: string, id: string, monitor: MonitorStatus, spec: ExecSpec, options: { signal: AbortSignal }): Promise<ProcessStreams> {
  const { session, pid, started } = await beginExec(socketPath, id, spec, { protocol: monitor.protocol, offer: true }, options);
  const pipes = takePipes(monitor.monitorPid, started);
  if (pipes) {
    session.send(FrameType.execTaken);
    return pipedStreams(session, pipes);
  }
  if (isOffered(started)) session.send(FrameType.execRelay);
  const framed = execSession(session, pid);
  return framedStreams(framed, framed.exited.then(({ exitCode }) => exitCode));
}

/** Attaches to a container's streams; they come as frames, and a client that does not take them is dropped by the monitor. */
export async function attachStreams(socketPath: string, id: string, monitor: MonitorStatus, spec: AttachSpec, options: { signal: AbortSignal }): Promise<ProcessStreams> {
  const session = await startAttach(socketPath, id, spec, monitor.protocol, options);
  return framedStreams(session, session.exited.then(({ exitCode }) => exitCode));
}

interface Pipes { readonly stdin: DescriptorStream | undefined; readonly stdout: DescriptorStream; readonly stderr: DescriptorStream }

function isOffered(started: Fields): boolean {
  return started.all('stdout_fd').length > 0;
}

/** Undefined when none are offered, as by a monitor of an earlier version, or the kernel refuses. */
function takePipes(monitorPid: number, started: Fields): Pipes | undefined {
  if (!isOffered(started)) return undefined;
  const taken: number[] = [];
  try {
    for (const name of ['stdout_fd', 'stderr_fd', 'stdin_fd']) if (started.number(name) >= 0) taken.push(takeDescriptor(monitorPid, started.number(name)));
  } catch {
    taken.forEach(closeSync);
    return undefined;
  }
  const [stdout, stderr, stdin] = taken as [number, number, number?];
  return { stdout: new DescriptorStream(stdout, 'in'), stderr: new DescriptorStream(stderr, 'in'), stdin: stdin === undefined ? undefined : new DescriptorStream(stdin, 'out') };
}

function pipedStreams(session: Session, { stdin, stdout, stderr }: Pipes): ProcessStreams {
  const [outEnd, errEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const result = session.ended.then((payload) => {
    stdout.endSoon(LATE_OUTPUT_MS);
    stderr.endSoon(LATE_OUTPUT_MS);
    return parseResult(payload);
  });
  const exited = Promise.all([result, outEnd.promise, errEnd.promise]).then(([{ exitCode }]) => exitCode);
  exited.catch(() => undefined);
  return {
    stdin: stdin ?? { write: (_piece, done) => done(), end: () => undefined },
    stdout: announced(stdout, outEnd.resolve), stderr: announced(stderr, errEnd.resolve),
    resize: () => undefined,
    exited,
    [Symbol.asyncDispose]: async () => {
      stdout.close();
      stderr.close();
      stdin?.close();
      await session[Symbol.asyncDispose]();
    },
  };
}

/** The source, with its end told to us too. */
function announced(source: DescriptorStream, ended: () => void): ByteSource {
  return {
    open: (taker) => source.open({ take: (piece, done) => taker.take(piece, done), end: () => { ended(); taker.end(); } }),
    close: () => { source.close(); ended(); },
  };
}
