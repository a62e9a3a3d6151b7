// Running a command of set-up: quiet when it works, its whole output when it does not.
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { ROOT } from './paths.mjs';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** How long is waited before what failed is tried again, each time: mirrors and proxies are away for seconds, or exchange their lists. */
const WAITS_MS = [3000, 15_000, 45_000];
/** Of the failure that is not the last one. */
const SHOWN_LINES = 10;

/** Set-up could not go on; the message is for the person who started it. */
export class SetupError extends Error {}

/** @returns stdout. @throws SetupError with the command's own words when it fails; with a cause when it cannot be run at all. */
export function command(file, args, options = {}) {
  // Go wants a home directory, which a service's environment may not name.
  const env = { HOME: homedir(), ...process.env, ...options.env };
  const result = spawnSync(file, args, { cwd: options.cwd ?? ROOT, env, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES });
  if (result.error) throw new SetupError(`cannot run "${file}": ${result.error.message}`, { cause: result.error });
  if (result.status !== 0) {
    const said = `${result.stdout}${result.stderr}`.trim();
    throw new SetupError(`"${[file, ...args].join(' ')}" ended with ${result.status ?? result.signal}:\n${said}`);
  }
  return result.stdout;
}

/**
 * For what fetches something: again, a few times, when a command in it failed.
 * @returns what `work` returns. @throws what its last try threw
 */
export function retried(work, waitsMs = WAITS_MS, say = (text) => { process.stdout.write(text); }) {
  for (const waitMs of waitsMs) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SetupError) || error.cause !== undefined) throw error;
      say(`\n${error.message.split('\n').slice(-SHOWN_LINES).join('\n')}\nset-up: tried again in ${waitMs / 1000} s ...`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, waitMs);
    }
  }
  return work();
}
