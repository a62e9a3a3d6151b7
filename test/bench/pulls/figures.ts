/** What the pull bench can measure, in this order. */
export const PULL_FIGURES = ['pull_gzip', 'many_files_gzip', 'many_files_zstd', 'few_big_gzip', 'one_layer_gzip', 'forty_layers_gzip', 'one_layer_limited', 'peak_rss', 'create_p99'] as const;
export type PullFigure = (typeof PULL_FIGURES)[number];

/** Without being asked: about three minutes, and two more the first time, for the images. */
const USUAL: readonly PullFigure[] = ['pull_gzip', 'many_files_gzip', 'many_files_zstd', 'peak_rss', 'create_p99'];

/** Reads `--figures`: names with commas between, or "all". @throws Error with what is wrong, for the user */
export function parseFigures(text: string | undefined): readonly PullFigure[] {
  if (text === undefined) return USUAL;
  if (text === 'all') return PULL_FIGURES;
  return text.split(',').map((name) => {
    const figure = PULL_FIGURES.find((known) => known === name);
    if (!figure) throw new Error(`--figures "${name}": want "all" or some of ${PULL_FIGURES.join(',')}`);
    return figure;
  });
}
