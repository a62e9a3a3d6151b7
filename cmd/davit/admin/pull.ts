import { InvalidArgumentError } from '#errors';
import type { PullProgress } from '#image';
import type { AdminCommand } from './command.ts';

export type PullItem = { readonly progress: PullProgress } | { readonly imageId: string };

/** Pulls `image` without credentials of the request, or joins who does already: progress now and again, in the end the image's id. */
export const pull: AdminCommand<PullItem> = async function* ({ image }, { images }, signal) {
  if (typeof image !== 'string') throw new InvalidArgumentError('pull: "image" is missing');
  let latest: PullProgress | undefined;
  let ended = false;
  let news = Promise.withResolvers<void>();
  const end = (): void => { ended = true; news.resolve(); };
  const pulled = images.pull(image, { signal, onProgress: (progress) => { latest = progress; news.resolve(); } });
  pulled.then(end, end);
  for (let last = false; !last;) {
    await news.promise;
    news = Promise.withResolvers<void>();
    last = ended;
    // A reader that is slow gets the newest state, not each.
    if (latest) yield { progress: latest };
    latest = undefined;
    if (ended) news.resolve();
  }
  yield await pulled;
};
