/** The real server on loopback, with processes and connections that a test holds: for tests of this folder. */
import { readdir } from 'node:fs/promises';
import type { ByteSink, ByteSource, ByteTaker, Connection, ProcessStreams } from '#conmon';
import { silentLogger } from '#log';
import type { Logger } from '#log';
import type { AttachRequest, ExecRequest, PortForwardRequest, TlsFiles } from '../api.ts';
import { createStreamingServer } from '../server.ts';
import type { StreamingServer } from '../server.ts';

const UNTIL_TIMEOUT_MS = 30_000;
const IDLE_TIMEOUT_MS = 3_600_000;

/** A source whose bytes a test gives. */
export class TestSource implements ByteSource {
  readonly #opened = Promise.withResolvers<ByteTaker>();

  open(taker: ByteTaker): void {
    this.#opened.resolve(taker);
  }

  close(): void {
    // Nothing is read ahead.
  }

  /** Resolves when the piece is done. */
  async give(piece: string | Buffer): Promise<void> {
    const taker = await this.#opened.promise;
    await new Promise<void>((done) => { taker.take(Buffer.from(piece as string), done); });
  }

  end(): void {
    void this.#opened.promise.then((taker) => taker.end());
  }
}

/** A process as the server sees it. */
export class TestProcess implements ProcessStreams {
  readonly stdout = new TestSource();
  readonly stderr = new TestSource();
  readonly #exit = Promise.withResolvers<number>();
  readonly exited = this.#exit.promise;
  /** COLUMNSxROWS, as they came. */
  readonly sizes: string[] = [];
  input = Buffer.alloc(0);
  inputEnded = false;
  isDisposed = false;
  readonly stdin: ByteSink = {
    write: (piece, done) => {
      this.input = Buffer.concat([this.input, piece]);
      done();
    },
    end: () => { this.inputEnded = true; },
  };

  resize({ columns, rows }: { readonly columns: number; readonly rows: number }): void {
    this.sizes.push(`${columns}x${rows}`);
  }

  exit(code: number): void {
    this.#exit.resolve(code);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true;
    return Promise.resolve();
  }
}

/** A forwarded connection to a program that says everything again. */
export class TestConnection extends TestSource implements Connection {
  readonly #sent: Promise<void>[] = [];
  isClosed = false;
  told = Buffer.alloc(0);

  write(piece: Buffer, done: () => void): void {
    this.told = Buffer.concat([this.told, piece]);
    this.#sent.push(this.give(Buffer.from(piece)).then(done));
  }

  override end(): void {
    void Promise.all(this.#sent).then(() => super.end());
  }

  override close(): void {
    this.isClosed = true;
  }
}

export interface TestServerOptions { readonly tls?: TlsFiles; readonly idleTimeoutMs?: number; readonly requestTimeoutMs?: number; readonly log?: Logger }

export class TestServer implements AsyncDisposable {
  readonly processes: TestProcess[] = [];
  readonly connections: TestConnection[] = [];
  readonly streaming: StreamingServer;
  /** Starts under way that have not been given up. */
  starting = 0;

  /** @param streaming what gives out URLs and serves them. */
  constructor(streaming: StreamingServer) {
    this.streaming = streaming;
  }

  static async start({ tls, log = silentLogger, ...times }: TestServerOptions = {}): Promise<TestServer> {
    return new TestServer(await createStreamingServer({ address: '127.0.0.1', port: 0, tls, idleTimeoutMs: IDLE_TIMEOUT_MS, log, ...times }));
  }

  get port(): number {
    return Number(new URL(this.streaming.url).port);
  }

  /** Processes and connections that nobody has ended. */
  get held(): number {
    return this.starting + this.processes.filter((process) => !process.isDisposed).length + this.connections.filter((connection) => !connection.isClosed).length;
  }

  /** The URL of an exec, with all streams unless said otherwise. */
  exec(request: Partial<ExecRequest> = {}): string {
    return this.streaming.exec({ ...this.#command(), command: ['program'], ...request });
  }

  attach(request: Partial<AttachRequest> = {}): string {
    return this.streaming.attach({ ...this.#command(), stdinOnce: false, ...request });
  }

  portForward(request: Partial<PortForwardRequest> = {}): string {
    return this.streaming.portForward({ podSandboxId: 'pod', ports: [], dial: () => Promise.resolve(this.#newConnection()), ...request });
  }

  /** For `start` and `dial`: one that takes until its caller gives it up. */
  readonly never = async (signal: AbortSignal): Promise<never> => {
    this.starting++;
    await new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }); });
    this.starting--;
    throw new Error('given up');
  };

  /** The process that was started last. */
  async process(): Promise<TestProcess> {
    const before = this.processes.length;
    await until(() => this.processes.length > 0 && this.processes.length >= before);
    return this.processes.at(-1) as TestProcess;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.streaming[Symbol.asyncDispose]();
  }

  #command(): Omit<AttachRequest, 'stdinOnce'> {
    const start = (): Promise<TestProcess> => {
      const process = new TestProcess();
      this.processes.push(process);
      return Promise.resolve(process);
    };
    return { tty: false, stdin: true, stdout: true, stderr: true, start };
  }

  #newConnection(): TestConnection {
    const connection = new TestConnection();
    this.connections.push(connection);
    return connection;
  }
}

/** Waits turn by turn, so that it works while timers are mocked. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const begun = performance.now();
  while (!await condition()) {
    if (performance.now() - begun > UNTIL_TIMEOUT_MS) throw new Error(`not within ${UNTIL_TIMEOUT_MS} ms: ${condition.toString()}`);
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}

/** Descriptors of this process that are sockets: of client and server. */
export async function openDescriptors(): Promise<number> {
  return (await readdir('/proc/self/fd')).length;
}
