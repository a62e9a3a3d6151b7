/** How far a quantile moves by chance: what a difference must exceed to mean something. */
import { quantile } from './report.ts';

/** Of a hundred comparisons of the same with itself so many stay below the noise. */
const CONFIDENCE = 0.95;

/**
 * Compares one half of the rounds with the other, in every way of halving them: rounds and not samples, as those of one round share a mood of the host.
 * @param rounds samples of the same thing, an even number of rounds, sixteen at most
 * @returns the ratio of the halves' quantiles, larger by smaller, that 95 of 100 halvings stay below
 */
export function noiseOf(rounds: readonly (readonly number[])[], share: number): number {
  if (rounds.length === 0 || rounds.length % 2 !== 0 || rounds.length > 16) throw new Error(`halve ${rounds.length} rounds: expected an even number up to 16`);
  const ratios: number[] = [];
  for (let chosen = 0; chosen < 1 << rounds.length; chosen++) {
    const isChosen = (_: unknown, n: number): boolean => (chosen >> n & 1) === 1;
    const half = rounds.filter(isChosen);
    if (half.length * 2 !== rounds.length) continue;
    const [one, other] = [half, rounds.filter((round, n) => !isChosen(round, n))].map((some) => quantile(some.flat(), share)) as [number, number];
    ratios.push(Math.max(one, other) / Math.min(one, other));
  }
  return quantile(ratios, CONFIDENCE);
}
