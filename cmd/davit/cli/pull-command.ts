/** `davit pull IMAGE`. */
import { askDaemon } from '../admin/ask.ts';
import type { FlagValues } from './flags.ts';
import { single } from './flags.ts';
import { progressDisplay } from './progress-display.ts';

/** Shows the pull's progress on standard error and the image's id on standard output. */
export async function pullCommand(values: FlagValues): Promise<number> {
  const show = progressDisplay();
  for await (const item of askDaemon(values, 'pull', { image: single(values, 'IMAGE') })) {
    if ('progress' in item) show(item.progress);
    else process.stdout.write(`${item.imageId}\n`);
  }
  return 0;
}
