import { InvalidArgumentError } from '#errors';
import type { PullProgress } from '#image';
import type { AdminCommand } from './command.ts';
import { withProgress } from './with-progress.ts';

export type PullItem = { readonly progress: PullProgress } | { readonly imageId: string };

/** Pulls `image` without credentials of the request, or joins who does already: progress now and again, in the end the image's id. */
export const pull: AdminCommand<PullItem> = ({ image }, { images }, signal) => {
  if (typeof image !== 'string') throw new InvalidArgumentError('pull: "image" is missing');
  return withProgress(async function* (onProgress) { yield await images.pull(image, { signal, onProgress }); });
};
