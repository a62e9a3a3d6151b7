import type { ProcessRunner } from '#linux';
import { DeadlineExceededError } from '#errors';
import { wireError } from './errors.ts';
import { WireError } from './protocol.ts';

/** What the OCI runtimes and iptables look for programs in; nothing of the daemon's environment is passed on. */
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs the monitor binary to its end and returns its stdout.
 * @throws one of our classes by its exit code, with its stderr.
 */
export async function runMonitorBinary(binary: string, launcher: ProcessRunner, args: readonly string[], timeoutMs: number, action: string, options: { signal: AbortSignal }, searchPath = SEARCH_PATH): Promise<string> {
  const result = await launcher.run({ file: binary, args, env: { PATH: searchPath }, timeoutMs }, options);
  if (result.timedOut) throw new DeadlineExceededError(`${action}: no end after ${timeoutMs} ms`);
  if (result.exitCode === 0) return result.stdout.toString('utf8');
  const words = result.stderr.toString('utf8').trim();
  throw wireError(action, result.exitCode ?? WireError.internal, words === '' ? `ended by ${result.signal ?? `exit code ${result.exitCode}`}` : words);
}
