/** Output that nobody takes: `davit image ls | head -1`, or a file on a full disk. */
import { errnoOf, errorText } from '#errors';

/** As a shell reports a program that SIGPIPE ended. */
const EXIT_NO_READER = 141;
const EXIT_FAILURE = 1;

/** Ends the process when what it writes is lost: without a word when its reader has gone, else with one line. What it had asked of the daemon ends with its connection. */
export function endWithOutput({ stdout, stderr, exit }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exit'>): void {
  stdout.on('error', (error) => {
    if (errnoOf(error) === 'EPIPE') exit(EXIT_NO_READER);
    stderr.write(`davit: write the output: ${errorText(error)}\n`, () => exit(EXIT_FAILURE));
  });
  // There is nobody left to tell.
  stderr.on('error', () => exit(EXIT_FAILURE));
}
