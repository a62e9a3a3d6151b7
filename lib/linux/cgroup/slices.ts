/** Calls of the thread pool that take turns with this thread. */

/** Calls at once. */
const LANES = 2;

/** What `work` makes of each slice of `size` items, in order; a failure is told when no call is under way any more. */
export async function inSlices<S, T>(items: readonly S[], size: number, work: (slice: readonly S[]) => Promise<readonly T[]>): Promise<T[]> {
  const all = new Array<readonly T[]>(Math.ceil(items.length / size));
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < all.length) {
      const slice = next++;
      all[slice] = await work(items.slice(slice * size, (slice + 1) * size));
    }
  };
  for (const ended of await Promise.allSettled(Array.from({ length: LANES }, lane))) if (ended.status === 'rejected') throw ended.reason;
  return all.flat();
}
