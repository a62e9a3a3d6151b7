import type { PullProgress } from '#image';

interface Progress { readonly progress: PullProgress }

/** What `work` yields, and in between its progress now and again: a reader that is slow gets the newest state, not each. */
export async function* withProgress<Item>(work: (onProgress: (progress: PullProgress) => void) => AsyncGenerator<Item>): AsyncGenerator<Item | Progress> {
  let latest: PullProgress | undefined;
  let news = Promise.withResolvers<undefined>();
  const items = work((progress) => { latest = progress; news.resolve(undefined); });
  const ask = (): Promise<IteratorResult<Item>> => {
    const asked = items.next();
    // It may fail while nobody looks; who looks next is told.
    asked.catch(() => undefined);
    return asked;
  };
  try {
    for (let next = ask(); ;) {
      const result = await Promise.race([next, news.promise]);
      news = Promise.withResolvers();
      if (latest) { const progress = latest; latest = undefined; yield { progress }; continue; }
      if (!result) continue;
      if (result.done === true) return;
      yield result.value;
      next = ask();
    }
  } finally {
    await items.return(undefined);
  }
}
