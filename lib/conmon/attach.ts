import { raceSignal } from '#async';
import { DataLossError } from '#errors';
import type { AttachSession, AttachSpec } from './api.ts';
import type { TerminalSize } from './byte-streams.ts';
import { connectSocket } from './channel.ts';
import { MonitorLostError } from './errors.ts';
import { parseExitRecord } from './exit-record.ts';
import type { ExitRecord } from './exit-record.ts';
import { ATTACH_STDERR, ATTACH_STDIN, ATTACH_STDOUT, FrameType } from './protocol.ts';
import { Session } from './session.ts';

/** Attaches to a container's streams on a connection of its own; what was written before is not repeated. */
export async function startAttach(socketPath: string, id: string, spec: AttachSpec, protocol: number, options: { signal: AbortSignal }): Promise<AttachSession> {
  const action = `attach to "${id}"`;
  const socket = await connectSocket(socketPath, options);
  if (!socket) throw new MonitorLostError(`${action}: nobody listens on "${socketPath}"`);
  const session = new Session(socket, action, { begin: FrameType.ok, end: FrameType.exit }, { protocol });
  try {
    await raceSignal(session.greeted, options.signal, action);
    session.send(FrameType.attach, Uint8Array.of(flags(spec)));
    await raceSignal(session.begun, options.signal, action);
    return attachSession(session);
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

function flags(spec: AttachSpec): number {
  return (spec.stdin ? ATTACH_STDIN : 0) | (spec.stdout ? ATTACH_STDOUT : 0) | (spec.stderr ? ATTACH_STDERR : 0);
}

function attachSession(session: Session): AttachSession {
  const exited = session.ended.then(requireRecord);
  exited.catch(() => undefined);
  return {
    exited, stdout: session.stdout, stderr: session.stderr,
    write: (data: Uint8Array) => session.write(data),
    closeStdin: () => session.closeStdin(),
    resize: (size: TerminalSize) => session.resize(size),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** The record of an EXIT frame. */
export function requireRecord(payload: Buffer): ExitRecord {
  const record = parseExitRecord(payload);
  if (!record) throw new DataLossError('read EXIT frame: it is empty');
  return record;
}
