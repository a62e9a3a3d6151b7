import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { ByteCollector } from '#bytes';
import { errnoOf, NotFoundError } from '#errors';
import { abortedError } from './aborted.ts';
import { DEFAULT_MAX_OUTPUT_BYTES, type ProcessRunner, type RunResult, type RunSpec } from './process.ts';

/** Between SIGTERM and SIGKILL. */
const KILL_AFTER_MS = 2000;
/** After the process ended, for output that a descendant of it still holds open. */
const DRAIN_MS = 1000;

/** A ProcessRunner that forks from this process: each start costs the event loop some 2 ms. */
export function createProcessRunner(): ProcessRunner {
  return { run: runProcess };
}

async function runProcess(spec: RunSpec, { signal }: { signal: AbortSignal }): Promise<RunResult> {
  if (signal.aborted) throw abortedError(`run '${spec.file}'`, signal);
  const child = spawn(spec.file, spec.args, { env: { ...spec.env }, ...(spec.cwd !== undefined && { cwd: spec.cwd }), stdio: 'pipe', detached: true });
  const stdout = collect(child.stdout, spec.maxOutputBytes);
  const stderr = collect(child.stderr, spec.maxOutputBytes);
  // A program may end without reading its input: EPIPE is no error of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.end(spec.stdin);
  let timedOut = false;
  using ending = new Ending(child);
  const timer = setTimeout(() => { timedOut = true; ending.begin(); }, spec.timeoutMs);
  const onAbort = (): void => ending.begin();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const [code, killedBy] = await exited(child, spec);
    ending.killRest();
    await drained(child);
    if (signal.aborted) throw abortedError(`run '${spec.file}'`, signal);
    return { exitCode: code ?? undefined, signal: killedBy ?? undefined, stdout: stdout(), stderr: stderr(), timedOut };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

function exited(child: ChildProcess, spec: RunSpec): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, killedBy) => resolve([code, killedBy]));
    child.once('error', (error) => {
      const errno = errnoOf(error);
      const missing = errno === 'ENOENT' || errno === 'EACCES' || errno === 'ENOTDIR';
      reject(missing ? new NotFoundError(`run: cannot execute '${spec.file}'`, { cause: error }) : error);
    });
  });
}

/** The output's end, or as much of it as came while a descendant keeps the pipes open. */
async function drained(child: ChildProcess): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null && !stream.closed);
  const closed = Promise.all(streams.map((stream) => once(stream as Readable, 'close')));
  const timer = setTimeout(() => { for (const stream of streams) stream?.destroy(); }, DRAIN_MS);
  await closed.finally(() => clearTimeout(timer));
}

function collect(stream: NodeJS.ReadableStream, limit = DEFAULT_MAX_OUTPUT_BYTES): () => Buffer {
  const all = new ByteCollector();
  stream.on('data', (chunk: Buffer) => all.add(chunk.subarray(0, limit - all.length)));
  return () => all.take();
}

/** SIGTERM to the process group, SIGKILL after a while. */
class Ending implements Disposable {
  readonly #child: ChildProcess;
  #timer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  begin(): void {
    if (this.#timer) return;
    this.#kill('SIGTERM');
    this.#timer = setTimeout(() => this.#kill('SIGKILL'), KILL_AFTER_MS);
  }

  /** The leader has gone: if it was killed, so are its descendants now. */
  killRest(): void {
    if (this.#timer) this.#kill('SIGKILL');
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #kill(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // ESRCH: the group is empty
    }
  }
}
