/** Lists that are asked for every second, of records that seldom change. */

/** kubelet asks for two of each kind, all and what runs; other callers come and go. */
const MAX_LISTS = 8;

/** `list`, called once for each filter until `version` says another number: then equal filters are given the same array, which nobody changes. */
export function rememberingLists<F extends object, T>(version: () => number, list: (filter: F) => readonly T[]): (filter: F) => readonly T[] {
  const lists = new Map<string, readonly T[]>();
  let listedAt = version();
  return (filter) => {
    if (version() !== listedAt || lists.size >= MAX_LISTS) lists.clear();
    listedAt = version();
    const key = JSON.stringify(filter);
    const known = lists.get(key);
    if (known) return known;
    const found = list(filter);
    lists.set(key, found);
    return found;
  };
}
