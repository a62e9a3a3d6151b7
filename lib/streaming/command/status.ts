/** What a client of exec and attach is told at the end: metav1.Status, as k8s.io/cri-streaming writes it. */
export interface CommandStatus {
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: 'NonZeroExitCode' | 'InternalError';
  readonly details?: { readonly causes: readonly { readonly reason?: string; readonly message: string }[] };
  readonly code?: number;
}

export const SUCCESS: CommandStatus = { metadata: {}, status: 'Success' };

/** The status of a command that has ended. */
export function exitStatus(command: readonly string[], exitCode: number): CommandStatus {
  if (exitCode === 0) return SUCCESS;
  return {
    metadata: {}, status: 'Failure',
    message: `command terminated with non-zero exit code: error executing command [${command.join(' ')}], exit code ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}

/** The status of what could not be done. @param what "executing command in container" or "attaching to container" */
export function failureStatus(what: string, text: string): CommandStatus {
  const words = `error ${what}: ${text}`;
  return { metadata: {}, status: 'Failure', message: `Internal error occurred: ${words}`, reason: 'InternalError', details: { causes: [{ message: words }] }, code: 500 };
}

/**
 * The bytes of the error stream.
 * @param structured JSON, since v4; before, words, and only of a failure.
 */
export function statusBytes(status: CommandStatus, structured: boolean): Buffer {
  if (structured) return Buffer.from(JSON.stringify(status));
  return Buffer.from(status.status === 'Success' ? '' : status.message ?? '');
}
