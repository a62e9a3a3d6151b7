/** A sequence of random choices that its seed decides. */
export interface Random {
  /** 0 to below 1. */
  number(): number;
  /** 0 to below `limit`. */
  integer(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** Equal seeds give equal sequences (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (limit: number): number => Math.floor(number() * limit);
  return {
    number, integer,
    chance: (probability) => number() < probability,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new RangeError('pick from nothing');
      return from[integer(from.length)] as T;
    },
  };
}
