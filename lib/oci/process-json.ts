import { InvalidArgumentError } from '#errors';
import type { Process } from './spec/types.ts';

/**
 * The OCI process object of an exec: the container's user, capabilities, environment and directory with another
 * command (https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#process).
 */
export function processJson(process: Process, command: readonly string[], options: { readonly terminal?: boolean } = {}): string {
  if (command.length === 0 || command[0] === '') throw new InvalidArgumentError('exec: the command is empty');
  const { terminal = false } = options;
  const env = terminal && !process.env.some((e) => e.startsWith('TERM=')) ? [...process.env, 'TERM=xterm'] : process.env;
  return JSON.stringify({ ...process, terminal, args: command, env });
}
