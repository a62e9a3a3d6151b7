/** Something and its floor measured in pairs, one right after the other: what the host is busy with hits both alike and goes out of their difference. */
import { median, quantile } from './report.ts';

/** The kernel takes namespaces apart for some tens of milliseconds after they have gone, which holds up whoever makes the next ones: pairs that make some begin when that is over. */
export const SETTLE_MS = 150;

/** Both, one after the other; they take turns at being first, round by round. */
export async function inTurn(round: number, floor: () => Promise<void>, own: () => Promise<void>): Promise<void> {
  for (const turn of round % 2 === 0 ? [floor, own] : [own, floor]) await turn();
}

/** What each round's own time is over its floor. @param own as many samples as `floor` has, in the same order */
export function differences(own: readonly number[], floor: readonly number[]): number[] {
  if (own.length !== floor.length) throw new RangeError(`pair ${own.length} samples with ${floor.length}`);
  return own.map((ms, round) => ms - (floor[round] ?? 0));
}

/** A line for people: the median, how far it may be off, and between what half of the samples lie. */
export function spread(name: string, samples: readonly number[], unit: string): string {
  const [low, high] = [quantile(samples, 0.25), quantile(samples, 0.75)];
  const error = MEDIAN_ERROR * (high - low) / Math.sqrt(samples.length);
  return `${name}: ${median(samples).toFixed(2)} ${unit} (± ${error.toFixed(2)}), half of ${samples.length} between ${low.toFixed(2)} and ${high.toFixed(2)}`;
}

/** Standard error of a median, in quartile distances over the root of the number of samples, for samples as a normal distribution has them. */
const MEDIAN_ERROR = 0.93;
