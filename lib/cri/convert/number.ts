/** CRI's 64-bit numbers as the numbers of our domain types, within the range that makes sense for each. */
import { InvalidArgumentError } from '#errors';

/** Largest uid and gid; the one above means "no id" to the kernel. */
export const MAX_ID = 2 ** 32 - 2;

/** Any whole number that JavaScript holds exactly. */
export function toNumber(value: bigint, at: string): number {
  return within(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, at);
}

/** A size or a count: not negative. */
export function toSize(value: bigint, at: string): number {
  return within(value, 0, Number.MAX_SAFE_INTEGER, at);
}

/** A limit: -1 takes it away. */
export function toLimit(value: bigint, at: string): number {
  return within(value, -1, Number.MAX_SAFE_INTEGER, at);
}

/** A uid or gid. */
export function toId(value: bigint, at: string): number {
  return within(value, 0, MAX_ID, at);
}

/** @throws InvalidArgumentError naming the field and its bounds */
export function within(value: bigint, min: number, max: number, at: string): number {
  if (value < BigInt(min) || value > BigInt(max)) throw new InvalidArgumentError(`${at}: ${value.toString()} is out of range, expected ${min} to ${max}`);
  return Number(value);
}
