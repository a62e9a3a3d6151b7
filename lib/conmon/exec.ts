import { raceSignal } from '#async';
import { InvalidArgumentError } from '#errors';
import type { ExecResult, ExecSession, ExecSpec } from './api.ts';
import type { TerminalSize } from './byte-streams.ts';
import { connectSocket } from './channel.ts';
import { MonitorLostError } from './errors.ts';
import { Fields } from './fields.ts';
import { encodeString } from './launch-request.ts';
import { EXEC_OFFER, EXEC_SPEC_MAX_BYTES, EXEC_STDIN, EXEC_TERMINAL, FrameType, PROTOCOL_LARGE_FRAMES } from './protocol.ts';
import { Session } from './session.ts';

/** Starts an exec on a connection of its own to the monitor at `socketPath`; resolves when its process runs. */
export async function startExec(socketPath: string, id: string, spec: ExecSpec, protocol: number, options: { signal: AbortSignal }): Promise<ExecSession> {
  const { session, pid } = await beginExec(socketPath, id, spec, { protocol, offer: false }, options);
  return execSession(session, pid);
}

/**
 * The same, without a view on the session.
 * @param how.offer the monitor offers the process's pipes; choose with EXEC_TAKEN or EXEC_RELAY.
 */
export async function beginExec(
  socketPath: string, id: string, spec: ExecSpec, how: { readonly protocol: number; readonly offer: boolean }, options: { signal: AbortSignal },
): Promise<{ session: Session; pid: number; started: Fields }> {
  const { protocol } = how;
  const action = `exec in "${id}"`;
  const process = Buffer.from(spec.processJson);
  if (process.length > EXEC_SPEC_MAX_BYTES) throw new InvalidArgumentError(`${action}: the process object has ${process.length} bytes, at most ${EXEC_SPEC_MAX_BYTES}`);
  const socket = await connectSocket(socketPath, options);
  if (!socket) throw new MonitorLostError(`${action}: nobody listens on "${socketPath}"`);
  const session = new Session(socket, action, { begin: FrameType.execStarted, end: FrameType.execExit }, { protocol });
  try {
    // An older monitor that has no room for us closes at once, and its words are lost to whoever has sent something by then.
    if (protocol < PROTOCOL_LARGE_FRAMES) await raceSignal(session.greeted, options.signal, action);
    session.together(() => {
      session.send(FrameType.exec, encodeExec(spec, flags(spec, how)));
      session.sendAll(FrameType.execSpec, process);
      session.send(FrameType.execRun);
    });
    const started = new Fields((await raceSignal(session.begun, options.signal, action)).toString('latin1'));
    return { session, pid: started.number('pid'), started };
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

/** An exec's session as its caller sees it. */
export function execSession(session: Session, pid: number): ExecSession {
  const exited = session.ended.then(parseResult);
  exited.catch(() => undefined);
  return {
    pid, exited, stdout: session.stdout, stderr: session.stderr,
    write: (data: Uint8Array) => session.write(data),
    closeStdin: () => session.closeStdin(),
    resize: (size: TerminalSize) => session.resize(size),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** The result of an EXEC_EXIT frame. */
export function parseResult(payload: Buffer): ExecResult {
  const fields = new Fields(payload.toString('latin1'));
  return { exitCode: fields.number('exit_code'), timedOut: fields.flag('timed_out') };
}

function flags(spec: ExecSpec, { protocol, offer }: { readonly protocol: number; readonly offer: boolean }): number {
  return (spec.terminal ? EXEC_TERMINAL : 0) | (spec.stdin ? EXEC_STDIN : 0) | (offer && protocol >= PROTOCOL_LARGE_FRAMES ? EXEC_OFFER : 0);
}

/** u32 timeout in ms, u64 output limit, u8 flags, u8 count of extra arguments, the arguments. */
function encodeExec(spec: ExecSpec, flagBits: number): Buffer {
  const extra = spec.extraArgs ?? [];
  const head = Buffer.alloc(14);
  head.writeUInt32LE(spec.timeoutMs, 0);
  head.writeBigUInt64LE(BigInt(spec.outputLimitBytes), 4);
  head.writeUInt8(flagBits, 12);
  head.writeUInt8(extra.length, 13);
  return Buffer.concat([head, ...extra.map(encodeString)]);
}
