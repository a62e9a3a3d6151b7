// Running a command of set-up: quiet when it works, its whole output when it does not.
import { spawnSync } from 'node:child_process';
import { ROOT } from './paths.mjs';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Set-up could not go on; the message is for the person who started it. */
export class SetupError extends Error {}

/** @returns stdout. @throws SetupError with the command's own words when it fails. */
export function command(file, args, options = {}) {
  const result = spawnSync(file, args, { cwd: options.cwd ?? ROOT, env: { ...process.env, ...options.env }, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES });
  if (result.error) throw new SetupError(`cannot run "${file}": ${result.error.message}`);
  if (result.status !== 0) {
    const said = `${result.stdout}${result.stderr}`.trim();
    throw new SetupError(`"${[file, ...args].join(' ')}" ended with ${result.status ?? result.signal}:\n${said}`);
  }
  return result.stdout;
}
