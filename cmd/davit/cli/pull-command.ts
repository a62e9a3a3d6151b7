/** `davit pull IMAGE`. */
import type { PullProgress } from '#image';
import { askDaemon } from '../admin/ask.ts';
import type { FlagValues } from './flags.ts';
import { single } from './flags.ts';
import { changedLines, pullLines } from './pull-text.ts';
import { columnsOf, Redrawn } from './redraw.ts';

/** Shows the pull's progress on standard error and the image's id on standard output. */
export async function pullCommand(values: FlagValues): Promise<number> {
  const { stderr } = process;
  const show = stderr.isTTY ? bars() : lines();
  for await (const item of askDaemon(values, 'pull', { image: single(values, 'IMAGE') })) {
    if ('progress' in item) show(item.progress);
    else process.stdout.write(`${item.imageId}\n`);
  }
  return 0;
}

function bars(): (progress: PullProgress) => void {
  const block = new Redrawn(process.stderr);
  return (progress) => block.draw(pullLines(progress, columnsOf(process.stderr)));
}

function lines(): (progress: PullProgress) => void {
  let before: PullProgress | undefined;
  return (progress) => {
    for (const line of changedLines(before, progress)) process.stderr.write(`${line}\n`);
    before = progress;
  };
}
