/** The pull bench: one figure after another, as many as were asked for. */
import type { BenchOptions } from '../options.ts';
import { benchPull } from '../pull.ts';
import { figureLines, type Outcome } from '../report.ts';
import { benchCreateDuringPull } from './create-during-pull.ts';
import { PULL_FIGURES, type PullFigure } from './figures.ts';
import { benchLimitedPull } from './limited-pull.ts';
import { newDisk } from './new-disk.ts';
import { benchPeakRss } from './peak-rss.ts';
import { benchShapedPull } from './shaped-pull.ts';
import { SHAPES } from './shapes.ts';

export async function benchPulls(options: BenchOptions): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const figures = PULL_FIGURES.filter((figure) => options.figures.includes(figure));
  for (const [n, figure] of figures.entries()) {
    // On a disk all of them take the better part of an hour: who waits sees how far it is, and what there is so far.
    process.stderr.write(`${n + 1} of ${figures.length}: ${figure}\n`);
    using disk = options.disk === undefined ? undefined : newDisk(options.disk);
    const outcome = await measure(figure, disk ? { ...options, state: disk.path } : options);
    process.stderr.write(`${figureLines(outcome.figures)}\n`);
    outcomes.push(outcome);
  }
  return {
    rows: outcomes.flatMap(({ rows }) => rows), notes: outcomes.flatMap(({ notes }) => notes),
    figures: Object.fromEntries(outcomes.flatMap(({ figures }) => Object.entries(figures))),
  };
}

function measure(figure: PullFigure, options: BenchOptions): Promise<Outcome> {
  switch (figure) {
    case 'pull_gzip': return benchPull(options);
    case 'one_layer_limited': return benchLimitedPull(options);
    case 'peak_rss': return benchPeakRss(options);
    case 'create_p99':
    case 'create_p99_many_files':
    case 'create_p99_one_layer': return benchCreateDuringPull(figure, options);
    default: return benchShapedPull(figure, SHAPES[figure], options);
  }
}
