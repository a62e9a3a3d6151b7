import { raceSignal } from '#async';
import { CancelledError, DataLossError, DavitError, ResourceExhaustedError, UnavailableError } from '#errors';
import type { AttachSession, AttachSpec, ExecSession, ExecSpec, Monitor } from './api.ts';
import { requireRecord, startAttach } from './attach.ts';
import { removeCgroupDirs } from './cgroup-dirs.ts';
import { Channel, connectSocket } from './channel.ts';
import { frameError, MonitorLostError } from './errors.ts';
import { HeldTerminal } from './held-terminal.ts';
import { startExec } from './exec.ts';
import type { ProcessStreams, TerminalSize } from './byte-streams.ts';
import { attachStreams, execStreams } from './exec-streams.ts';
import type { ExitRecord } from './exit-record.ts';
import type { Frame } from './frames.ts';
import { FrameType } from './protocol.ts';
import { encodeSize } from './session.ts';
import { parseStatus } from './status.ts';
import type { MonitorStatus } from './status.ts';
import type { Socket } from 'node:net';

/** Without an answer. A monitor answers at once; what it does not answer keeps its id, so one that hangs must not be asked for ever. */
const MAX_REQUESTS = 1024;
const MAX_ID = 0xffff;

interface Request { readonly action: string; readonly resolve: (payload: Buffer) => void; readonly reject: (error: Error) => void }

/**
 * Connects to the monitor that listens on `socketPath` and waits for its greeting.
 * @returns undefined when none answers there.
 */
export async function connectMonitor(socketPath: string, id: string, options: { signal: AbortSignal }): Promise<ControlConnection | undefined> {
  const socket = await connectSocket(socketPath, options);
  if (!socket) return undefined;
  const control = new ControlConnection(socket, socketPath, id);
  try {
    await raceSignal(control.greeted, options.signal, `connect to monitor of "${id}"`);
    return control;
  } catch (error) {
    await control[Symbol.asyncDispose]();
    // It was there and has gone before it greeted us: the same as never there.
    if (error instanceof MonitorLostError) return undefined;
    throw error;
  }
}

/** The daemon's own connection to a monitor: requests and their answers by id, and the news of the container's end. */
export class ControlConnection implements Monitor {
  readonly id: string;
  readonly greeted: Promise<MonitorStatus>;
  readonly exited: Promise<ExitRecord>;
  readonly #socketPath: string;
  readonly #channel: Channel;
  readonly #requests = new Map<number, Request>();
  readonly #greeting = Promise.withResolvers<MonitorStatus>();
  readonly #exit = Promise.withResolvers<ExitRecord>();
  readonly #ended = Promise.withResolvers<void>();
  #status: MonitorStatus | undefined;
  #terminal: HeldTerminal | undefined;
  #nextId = 1;
  #failure: Error | undefined;

  constructor(socket: Socket, socketPath: string, id: string) {
    this.id = id;
    this.#socketPath = socketPath;
    this.greeted = this.#greeting.promise;
    this.exited = this.#exit.promise;
    this.greeted.catch(() => undefined);
    this.exited.catch(() => undefined);
    this.#channel = new Channel(socket, { onFrame: (frame) => this.#take(frame), onEnd: (error) => this.#finish(error) });
  }

  get greeting(): MonitorStatus {
    if (!this.#status) throw new UnavailableError(`monitor of "${this.id}" has not greeted yet`);
    return this.#status;
  }

  get monitorPid(): number { return this.greeting.monitorPid; }
  get containerPid(): number { return this.greeting.containerPid; }
  get terminal(): number | undefined { return this.#terminal?.fd; }

  async start(options: { signal: AbortSignal }): Promise<void> {
    await this.#request(`start "${this.id}"`, FrameType.start, undefined, options);
  }

  async kill(signal: number, options: { signal: AbortSignal }): Promise<void> {
    const payload = Buffer.alloc(4);
    payload.writeUInt32LE(signal);
    await this.#request(`send signal ${signal} to "${this.id}"`, FrameType.kill, payload, options);
  }

  exec(spec: ExecSpec, options: { signal: AbortSignal }): Promise<ExecSession> {
    return startExec(this.#socketPath, this.id, spec, this.greeting.protocol, options);
  }

  execStreams(spec: ExecSpec, options: { signal: AbortSignal }): Promise<ProcessStreams> {
    return execStreams(this.#socketPath, this.id, this.greeting, spec, options);
  }

  attach(spec: AttachSpec, options: { signal: AbortSignal }): Promise<AttachSession> {
    return startAttach(this.#socketPath, this.id, spec, this.greeting.protocol, options);
  }

  attachStreams(spec: AttachSpec, options: { signal: AbortSignal }): Promise<ProcessStreams> {
    return attachStreams(this.#socketPath, this.id, this.greeting, spec, options);
  }

  async reopenLog(options: { signal: AbortSignal }): Promise<void> {
    await this.#request(`reopen log of "${this.id}"`, FrameType.reopenLog, undefined, options);
  }

  async resize(size: TerminalSize, options: { signal: AbortSignal }): Promise<void> {
    await this.#request(`resize terminal of "${this.id}"`, FrameType.resize, encodeSize(size), options);
  }

  async status(options: { signal: AbortSignal }): Promise<MonitorStatus> {
    return parseStatus(await this.#request(`status of monitor of "${this.id}"`, FrameType.status, undefined, options));
  }

  async shutdown(options: { signal: AbortSignal; force?: boolean }): Promise<void> {
    const action = `shut down monitor of "${this.id}"`;
    await this.#request(action, FrameType.shutdown, Uint8Array.of(options.force === true ? 1 : 0), options);
    await raceSignal(this.#ended.promise, options.signal, action);
    await removeCgroupDirs(this.greeting.cgroupDirs, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#fail(new CancelledError(`monitor of "${this.id}": the connection was closed`));
    this.#channel.close();
    await this.#ended.promise;
    this.#terminal?.[Symbol.dispose]();
  }

  async #request(action: string, type: number, payload: Uint8Array | undefined, options: { signal: AbortSignal }): Promise<Buffer> {
    if (this.#failure) throw this.#failure;
    if (this.#requests.size >= MAX_REQUESTS) throw new ResourceExhaustedError(`${action}: the monitor has not answered ${MAX_REQUESTS} requests`);
    const id = this.#freeId();
    const answer = new Promise<Buffer>((resolve, reject) => {
      this.#requests.set(id, { action, resolve, reject });
      this.#channel.send(type, id, payload);
    });
    // A request that nobody waits for any more keeps its id until it is answered.
    return raceSignal(answer, options.signal, action);
  }

  #freeId(): number {
    do { this.#nextId = this.#nextId % MAX_ID + 1; } while (this.#requests.has(this.#nextId));
    return this.#nextId;
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case FrameType.hello:
        this.#status = parseStatus(frame.payload);
        this.#terminal ??= HeldTerminal.take(this.#status);
        this.#greeting.resolve(this.#status);
        return;
      case FrameType.exit:
        this.#exit.resolve(requireRecord(frame.payload));
        this.#terminal?.[Symbol.dispose]();
        return;
      case FrameType.ok: this.#answered(frame.id)?.resolve(frame.payload); return;
      case FrameType.error: {
        const request = this.#answered(frame.id);
        if (!request) throw frameError(`monitor of "${this.id}"`, frame.payload);
        request.reject(frameError(request.action, frame.payload));
        return;
      }
      default: throw new DataLossError(`read monitor frame: type ${frame.type} was not expected`);
    }
  }

  #answered(id: number): Request | undefined {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    return request;
  }

  #finish(cause: Error | undefined): void {
    this.#fail(cause instanceof DavitError ? cause : new MonitorLostError(`monitor of "${this.id}": the connection ended`, { cause }));
    this.#ended.resolve();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#greeting.reject(this.#failure);
    this.#exit.reject(this.#failure);
    for (const request of this.#requests.values()) request.reject(this.#failure);
    this.#requests.clear();
  }
}
