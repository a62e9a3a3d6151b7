/** The commands' side of the admin door. */
import { connect } from 'node:net';
import { errnoOf, errorOfCode, UnavailableError } from '#errors';
import type { FlagValues } from '../cli/flags.ts';
import { configSources, single } from '../cli/flags.ts';
import { loadConfig } from '../config/load.ts';
import type { ItemOf } from './command.ts';
import type { AdminCommands } from './commands.ts';
import type { AdminReply } from './wire.ts';
import { adminSocketPath, MAX_REPLY_BYTES, readLines } from './wire.ts';

/**
 * Asks the running daemon whose runroot flags and configuration name; yields what it says as it comes. Leaving the loop cancels the command.
 * @throws what the command failed with, by its class; UnavailableError when no daemon answers; FailedPreconditionError when the flags name another root than its
 */
export async function* askDaemon<N extends keyof AdminCommands>(values: FlagValues, command: N, request: Readonly<Record<string, unknown>> = {}): AsyncGenerator<ItemOf<AdminCommands[N]>> {
  yield* askSocket(adminSocketPath(await runrootOf(values)), command, request, single(values, 'root')) as AsyncGenerator<ItemOf<AdminCommands[N]>>;
}

/** The same with the socket's path, and for commands of any name. @param root of the daemon that is meant; absent: whichever answers there */
export async function* askSocket(path: string, command: string, request: Readonly<Record<string, unknown>>, root?: string): AsyncGenerator {
  const socket = connect(path);
  try {
    socket.write(`${JSON.stringify({ command, request, root })}\n`);
    for await (const line of readLines(socket, MAX_REPLY_BYTES)) {
      const reply = JSON.parse(line) as AdminReply;
      if ('end' in reply) return;
      if ('error' in reply) throw errorOfCode(reply.error.code, reply.error.message);
      yield reply.item;
    }
    throw new UnavailableError(`the daemon went away before "${command}" had ended`);
  } catch (error) {
    throw ['ENOENT', 'ECONNREFUSED'].includes(errnoOf(error) ?? '') ? new UnavailableError(`no davit answers at ${JSON.stringify(path)}: is it running, and with this runroot?`, { cause: error }) : error;
  } finally {
    socket.destroy();
  }
}

async function runrootOf(values: FlagValues): Promise<string> {
  return single(values, 'runroot') ?? (await loadConfig(configSources(values))).config.crio.runroot;
}
