/** `davit pulls`. */
import { askDaemon } from '../admin/ask.ts';
import type { FlagValues } from './flags.ts';
import { pullLines } from './pull-text.ts';
import { columnsOf, Redrawn } from './redraw.ts';

/** Wide enough for every line. */
const NO_TERMINAL_COLUMNS = 1024;

export async function pullsCommand(values: FlagValues): Promise<number> {
  const { stdout } = process;
  const block = new Redrawn(stdout);
  const columns = stdout.isTTY ? columnsOf(stdout) : NO_TERMINAL_COLUMNS;
  for await (const pulls of askDaemon(values, 'pulls', { watch: values.has('watch') })) {
    const lines = pulls.length === 0 ? ['no pull is under way'] : pulls.flatMap((pull) => pullLines(pull, columns));
    if (stdout.isTTY && values.has('watch')) block.draw(lines);
    else stdout.write(`${lines.join('\n')}\n`);
  }
  return 0;
}
