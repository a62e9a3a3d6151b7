/** `davit why POD`. */
import { askDaemon } from '../admin/ask.ts';
import type { FlagValues } from './flags.ts';
import { single } from './flags.ts';
import { whyLines } from './why-text.ts';

export async function whyCommand(values: FlagValues): Promise<number> {
  for await (const report of askDaemon(values, 'why', { pod: single(values, 'POD') })) {
    process.stdout.write(values.has('json') ? `${JSON.stringify(report)}\n` : `${whyLines(report).join('\n')}\n`);
  }
  return 0;
}
