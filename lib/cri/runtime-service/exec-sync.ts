import { InvalidArgumentError } from '#errors';
import type { UnaryHandler } from '../handler.ts';
import { MAX_MESSAGE_BYTES } from '../limits.ts';
import { cTexts, required } from '../convert/check.ts';
import { toSize } from '../convert/number.ts';

/** Both outputs together: the answer must fit into one message, and a client that cannot take it would lose the exit code too. */
export const MAX_OUTPUT_BYTES = MAX_MESSAGE_BYTES - 4096;

export const execSync: UnaryHandler<'ExecSync'> = async ({ pods }, { containerId, cmd, timeout }, { signal }) => {
  const id = required(containerId, 'container_id');
  if (cmd.length === 0) throw new InvalidArgumentError('cmd is empty, expected the program and its arguments');
  const { stdout, stderr, exitCode } = await pods.execSync(id, cTexts(cmd, 'cmd'), toSize(timeout, 'timeout'), { signal });
  return { ...fit(stdout, stderr), exitCode };
};

/** What is too much is dropped without an error, as api.proto wants; the shorter output is kept whole if it is below half. */
function fit(stdout: Uint8Array, stderr: Uint8Array): { stdout: Uint8Array; stderr: Uint8Array } {
  const half = MAX_OUTPUT_BYTES / 2;
  const stdoutBytes = MAX_OUTPUT_BYTES - Math.min(stderr.length, half);
  const stderrBytes = MAX_OUTPUT_BYTES - Math.min(stdout.length, half);
  return { stdout: stdout.subarray(0, stdoutBytes), stderr: stderr.subarray(0, stderrBytes) };
}
