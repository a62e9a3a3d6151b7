import type { ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { CancelledError, DataLossError, DeadlineExceededError, UnavailableError } from '#errors';
import type { RunResult, RunSpec } from '#linux';
import { frameError } from './errors.ts';
import { Fields } from './fields.ts';
import { encodeFrame, FrameDecoder } from './frames.ts';
import type { Frame } from './frames.ts';
import { encodeRunRequest } from './launch-request.ts';
import { FRAME_PAYLOAD_SMALL_BYTES, FrameType } from './protocol.ts';

interface Job {
  readonly spec: RunSpec;
  readonly stdout: Buffer[];
  readonly stderr: Buffer[];
  readonly resolve: (result: RunResult) => void;
  readonly reject: (error: unknown) => void;
  /** Why it was cancelled. */
  reason?: unknown;
}

const ID_COUNT = 0x10000;
const SIGNAL_NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

export type LauncherChild = ChildProcessByStdio<Writable, Readable, null>;

/** One `davit-monitor launch` process, from its start to its end. */
export class LauncherProcess {
  readonly #child: LauncherChild;
  readonly #jobs = new Map<number, Job>();
  readonly #ended: Promise<void>;
  #nextId = 0;
  #failure: Error | undefined;

  constructor(child: LauncherChild) {
    this.#child = child;
    const decoder = new FrameDecoder(FRAME_PAYLOAD_SMALL_BYTES);
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        for (const frame of decoder.push(chunk)) this.#take(frame);
      } catch (error) {
        this.#fail(new UnavailableError('talk to launcher', { cause: error }));
        child.kill('SIGKILL');
      }
    });
    this.#ended = new Promise((resolve) => {
      child.once('close', () => { this.#fail(new UnavailableError('run a program: the launcher ended')); resolve(); });
    });
  }

  run(spec: RunSpec, options: { signal: AbortSignal }): Promise<RunResult> {
    if (this.#failure) return Promise.reject(this.#failure);
    const request = encodeRunRequest(spec);
    const id = this.#freeId();
    return new Promise<RunResult>((resolve, reject) => {
      const job: Job = { spec, stdout: [], stderr: [], resolve, reject };
      // The answer to a cancelled request comes when the process is dead; until then the caller waits too.
      const cancel = (): void => { job.reason = options.signal.reason ?? new CancelledError('cancelled'); this.#send(FrameType.cancel, id); };
      const settle = <T>(then: (value: T) => void) => (value: T): void => { options.signal.removeEventListener('abort', cancel); this.#jobs.delete(id); then(value); };
      this.#jobs.set(id, Object.assign(job, { resolve: settle(resolve), reject: settle(reject) }));
      options.signal.addEventListener('abort', cancel, { once: true });
      this.#send(FrameType.run, id, request);
    });
  }

  /** Ends everything that runs, then the process; SIGKILL after `timeoutMs`. */
  async stop(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), timeoutMs);
    for (const [id, job] of this.#jobs) {
      job.reason ??= new CancelledError(`run "${job.spec.file}": the launcher is stopped`);
      this.#send(FrameType.cancel, id);
    }
    this.#child.stdin.end();
    await this.#ended;
    clearTimeout(timer);
  }

  #freeId(): number {
    while (this.#jobs.has(this.#nextId)) this.#nextId = (this.#nextId + 1) % ID_COUNT;
    const id = this.#nextId;
    this.#nextId = (id + 1) % ID_COUNT;
    return id;
  }

  #send(type: number, id: number, payload?: Uint8Array): void {
    this.#child.stdin.write(encodeFrame(type, id, payload));
  }

  #take(frame: Frame): void {
    const job = this.#jobs.get(frame.id);
    if (!job) return;
    switch (frame.type) {
      case FrameType.stdout: job.stdout.push(frame.payload); break;
      case FrameType.stderr: job.stderr.push(frame.payload); break;
      case FrameType.error: job.reject(frameError(`run "${job.spec.file}"`, frame.payload)); break;
      case FrameType.runExit: this.#finish(job, new Fields(frame.payload.toString('latin1'))); break;
      default: throw new DataLossError(`read launcher frame: type ${frame.type} is unknown`);
    }
  }

  #finish(job: Job, fields: Fields): void {
    if (job.reason !== undefined) { job.reject(abortError(job)); return; }
    const signal = fields.number('signal');
    job.resolve({
      exitCode: signal === 0 ? fields.number('exit_code') : undefined,
      signal: signal === 0 ? undefined : SIGNAL_NAMES.get(signal) ?? `SIG${signal}`,
      stdout: Buffer.concat(job.stdout), stderr: Buffer.concat(job.stderr), timedOut: fields.flag('timed_out'),
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const job of [...this.#jobs.values()]) job.reject(this.#failure);
  }
}

function abortError(job: Job): Error {
  const what = `run "${job.spec.file}"`;
  if (job.reason instanceof DeadlineExceededError || job.reason instanceof CancelledError) return job.reason;
  if (job.reason instanceof Error && job.reason.name === 'TimeoutError') return new DeadlineExceededError(`${what}: the caller's deadline passed`, { cause: job.reason });
  return new CancelledError(`${what}: cancelled by the caller`, { cause: job.reason });
}
