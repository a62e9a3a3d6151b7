/**
 * Takes what a source gives. Each piece is its own until it calls `done`, once, which also says that there is room for more:
 * a source stops while too much is out.
 */
export interface ByteTaker {
  take(piece: Buffer, done: () => void): void;
  /** Once, after the last piece; also when the source broke. */
  end(): void;
}

/** Bytes from somewhere; nothing is read before open(). */
export interface ByteSource {
  /** Once. */
  open(taker: ByteTaker): void;
  /** Gives no more, and does not say end; idempotent. */
  close(): void;
}

/** Bytes to somewhere. `done` is called for every piece, also for those that nobody takes any more. */
export interface ByteSink {
  write(piece: Buffer, done: () => void): void;
  end(): void;
}

/** In characters. */
export interface TerminalSize { readonly rows: number; readonly columns: number }

/** The streams of a process or of a container, for one client. Disposing it ends them, and an exec with them. */
export interface ProcessStreams extends AsyncDisposable {
  readonly stdin: ByteSink;
  /** Both must be opened or closed: output that nobody takes holds the process. */
  readonly stdout: ByteSource;
  readonly stderr: ByteSource;
  /** Without effect where there is no terminal. */
  resize(size: TerminalSize): void;
  /** The exit code, when all output has been given. Rejects with MonitorLostError when the connection to the monitor ends first. */
  readonly exited: Promise<number>;
}
