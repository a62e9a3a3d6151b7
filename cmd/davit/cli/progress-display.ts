import type { PullProgress } from '#image';
import { changedLines, pullLines } from './pull-text.ts';
import { columnsOf, Redrawn } from './redraw.ts';

/** Shows a pull's or load's progress on standard error: bars on a terminal, else a line for each step. */
export function progressDisplay(): (progress: PullProgress) => void {
  return process.stderr.isTTY ? bars() : lines();
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
