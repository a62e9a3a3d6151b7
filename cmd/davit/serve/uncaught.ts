/** Errors that nobody caught: a bug, after which the daemon does not trust its own memory. */
import { errorText } from '#errors';
import type { Logger } from '#log';

/** EX_SOFTWARE of sysexits(3). The service manager starts davit anew; containers have not noticed. */
export const EXIT_BUG = 70;

/** From now on an uncaught error is one line with its stack, and the end. What the daemon knows is on disk. */
export function exitOnUncaught(log: Logger): void {
  const die = (error: unknown): void => {
    log.error('uncaught error: davit ends, containers go on', { error: errorText(error), stack: error instanceof Error ? error.stack : undefined });
    process.exit(EXIT_BUG);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
