/**
 * Running a program to its end. The default runner uses child_process; lib/conmon's launcher is
 * another, which forks from a small process and so costs the event loop nothing.
 */
export interface RunSpec {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: Uint8Array;
  /** After this the process and its group get SIGTERM, then SIGKILL. */
  readonly timeoutMs: number;
  /** Per stream; what exceeds it is read and dropped. Default 1 MiB. */
  readonly maxOutputBytes?: number;
}

export interface RunResult {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly timedOut: boolean;
}

export interface ProcessRunner {
  /**
   * Resolves when the process has ended, whatever its exit code; its descendants in the same process group are gone then too if it was killed.
   * @throws NotFoundError when `file` does not exist or cannot be executed; an error of ETXTBSY (errnoOf) while it is open for writing; CancelledError or DeadlineExceededError when `signal` aborts (the process is killed first).
   */
  run(spec: RunSpec, options: { signal: AbortSignal }): Promise<RunResult>;
}

export const DEFAULT_MAX_OUTPUT_BYTES = 1024 * 1024;
