/** p99 of CreateContainer while an image is pulled: the big one, of many files, of one layer. */
const CREATE_FIGURES = ['create_p99', 'create_p99_many_files', 'create_p99_one_layer'] as const;
export type CreateFigure = (typeof CREATE_FIGURES)[number];

/** What the pull bench can measure, in this order. */
export const PULL_FIGURES = ['pull_gzip', 'many_files_gzip', 'many_files_zstd', 'few_big_gzip', 'one_layer_gzip', 'forty_layers_gzip', 'one_layer_limited', 'peak_rss', ...CREATE_FIGURES] as const;
export type PullFigure = (typeof PULL_FIGURES)[number];

/** Without being asked: about five minutes, and two more the first time, for the images. */
export const USUAL_PULL_FIGURES: readonly PullFigure[] = ['pull_gzip', 'many_files_gzip', 'many_files_zstd', 'peak_rss', ...CREATE_FIGURES];
