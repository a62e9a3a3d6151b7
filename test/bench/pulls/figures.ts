/** What the pull bench can measure, in this order. */
export const PULL_FIGURES = ['pull_gzip', 'many_files_gzip', 'many_files_zstd', 'few_big_gzip', 'one_layer_gzip', 'forty_layers_gzip', 'one_layer_limited', 'peak_rss', 'create_p99'] as const;
export type PullFigure = (typeof PULL_FIGURES)[number];

/** Without being asked: about three minutes, and two more the first time, for the images. */
export const USUAL_PULL_FIGURES: readonly PullFigure[] = ['pull_gzip', 'many_files_gzip', 'many_files_zstd', 'peak_rss', 'create_p99'];
