import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { InternalError, UnavailableError } from '#errors';
import { setSendBuffer } from '#linux';
import type { ExtractorCommand } from './extractor-command.ts';
import { apartOrder, beginOrder, CONTROL_FD, endOrder, MAX_LINE_CHARS, readMessage, type ExtractorMessage, type ExtractRequest, type ExtractResult } from './extractor/messages.ts';
import { fromRemoteError } from './remote-error.ts';

/** Between the daemon and the process: with the kernel's 200 KiB both wake each other four times as often, which costs a tenth of a pull's processor time. */
const SENT_AHEAD_BYTES = 1024 * 1024;
/** Of stderr, for the message about an extractor that died. */
const MAX_STDERR_CHARS = 2000;

interface Job { readonly resolve: (result: ExtractResult) => void; readonly reject: (error: Error) => void; readonly onProgress: (progress: { uncompressedBytes: number; entries: number }) => void }

/** The daemon's end of one extractor process. One layer at a time; after a failure or kill() it is of no further use. */
export class ExtractorProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #control: Writable;
  readonly #exited: Promise<void>;
  #job: Job | undefined;
  #failure: Error | undefined;
  #sentBytes = 0;
  /** A layer has begun, and not all of it was sent. */
  #isFed = false;
  #hashesApart = false;
  #blockedMs = 0;
  #blockedSince: number | undefined;
  #output = '';
  #stderr = '';

  constructor({ file, args, env }: ExtractorCommand) {
    this.#child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'], env: { ...env }, cwd: '/' });
    const { stdin, stdout, stderr } = this.#child;
    this.#control = this.#child.stdio[CONTROL_FD] as Writable;
    holdMore(stdin);
    // What a write says about a dead process is less than what 'exit' says.
    for (const stream of [stdin, this.#control]) stream.on('error', () => undefined);
    stdout.setEncoding('utf8').on('data', (text: string) => this.#onOutput(text));
    stderr.setEncoding('utf8').on('data', (text: string) => { this.#stderr = (this.#stderr + text).slice(-MAX_STDERR_CHARS); });
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => { this.#fail(new UnavailableError('start the extractor: no process', { cause: error })); resolve(); });
      this.#child.once('close', (code, signal) => { this.#fail(new UnavailableError(`unpack layer: the extractor ended by ${signal ?? `exit code ${code ?? '?'}`}${this.#stderr === '' ? '' : `: ${this.#stderr.trim()}`}`)); resolve(); });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it can take a layer. */
  get idle(): boolean {
    return this.#job === undefined && this.#failure === undefined;
  }

  /** Whether it has ended or refused its layer. */
  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** How long writes have waited for it so far. */
  get blockedMs(): number {
    return this.#blockedMs + (this.#blockedSince === undefined ? 0 : performance.now() - this.#blockedSince);
  }

  /** Begins a layer; the promise settles when it is unpacked or has failed. */
  begin(request: ExtractRequest, onProgress: Job['onProgress']): Promise<ExtractResult> {
    const result = new Promise<ExtractResult>((resolve, reject) => { this.#job = { resolve, reject, onProgress }; });
    result.catch(() => undefined);
    if (this.#failure) this.#fail(this.#failure);
    this.#order(beginOrder(request));
    this.#sentBytes = 0;
    this.#isFed = true;
    if (this.#hashesApart) this.#order(apartOrder());
    return result;
  }

  /** Whether there is a processor for a thread more. A layer that has one keeps it to its end. */
  get hashesApart(): boolean {
    return this.#hashesApart;
  }

  set hashesApart(value: boolean) {
    if (value && !this.#hashesApart && this.#isFed) this.#order(apartOrder());
    this.#hashesApart = value;
  }

  /** Sends bytes of the layer; resolves when the kernel has them, or the process has ended (then the layer's promise says why). */
  write(bytes: Uint8Array): Promise<void> {
    const { stdin } = this.#child;
    if (stdin.destroyed) return Promise.resolve();
    this.#sentBytes += bytes.length;
    const since = this.#blockedSince = performance.now();
    return new Promise((resolve) => {
      stdin.write(bytes, () => {
        if (this.#blockedSince === since) this.#blockedSince = undefined;
        this.#blockedMs += performance.now() - since;
        resolve();
      });
    });
  }

  /** No more bytes of this layer. */
  end(): void {
    this.#isFed = false;
    this.#order(endOrder(this.#sentBytes));
  }

  /** No more layers: it ends by itself. */
  close(): void {
    this.#child.stdin.end();
    this.#control.end();
  }

  /** Ends it at once; resolves when it is gone and so writes nothing more. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Lets the daemon's process end while this one idles. */
  setReferenced(referenced: boolean): void {
    for (const handle of [this.#child, this.#child.stdin, this.#control, this.#child.stdout, this.#child.stderr] as { ref?: () => void; unref?: () => void }[]) {
      if (referenced) handle.ref?.();
      else handle.unref?.();
    }
  }

  #order(order: string): void {
    if (!this.#control.destroyed) this.#control.write(order);
  }

  #onOutput(text: string): void {
    const lines = (this.#output + text).split('\n');
    this.#output = lines.pop() ?? '';
    try {
      for (const line of lines) this.#onMessage(readMessage(line));
      if (this.#output.length > MAX_LINE_CHARS) throw new InternalError(`unpack layer: the extractor said a line of more than ${MAX_LINE_CHARS} characters`);
    } catch (error) {
      this.#output = '';
      this.#fail(error instanceof Error ? error : new InternalError(String(error)));
      void this.kill();
    }
  }

  #onMessage(message: ExtractorMessage): void {
    switch (message.kind) {
      case 'progress': this.#job?.onProgress(message); break;
      case 'failed': this.#fail(fromRemoteError(message)); break;
      case 'done': {
        const job = this.#job;
        this.#job = undefined;
        job?.resolve(message.result);
      }
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const job = this.#job;
    this.#job = undefined;
    job?.reject(this.#failure);
    this.#child.stdin.destroy();
    this.#control.destroy();
  }
}

/** Node's pipes to children are sockets, and their descriptors are no part of its interface: without one it is slower, and nothing else. */
function holdMore(stdin: Writable): void {
  const { fd = -1 } = (stdin as { _handle?: { fd?: number } | null })._handle ?? {};
  if (fd >= 0) setSendBuffer(fd, SENT_AHEAD_BYTES);
}
