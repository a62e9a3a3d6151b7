/** Stop signals: CRI numbers them in an order of its own, we keep their names ('SIGTERM', 'SIGRTMIN+1'). */
import { InvalidArgumentError } from '#errors';
import { runtime } from '../generated/cri.js';

/** @returns '' for the runtime's choice. @throws InvalidArgumentError for a number that CRI does not have */
export function toSignalName(value: number, at: string): string {
  const name = NAMES.get(value);
  if (name === undefined) throw new InvalidArgumentError(`${at}: ${value} is no Signal, expected 0 to ${NAMES.size - 1}`);
  return name;
}

/** @returns 0 (the runtime's choice) for a name that CRI does not have */
export function fromSignalName(name: string): number {
  return NUMBERS.get(name) ?? 0;
}

const NUMBERS: ReadonlyMap<string, number> = new Map(Object.entries(runtime.v1.Signal)
  // protobufjs' object also maps the numbers back to their keys.
  .filter(([key]) => key.startsWith('SIGNAL_SIG'))
  .map(([key, number]) => [key.replace('SIGNAL_', '').replace('PLUS', '+').replace('MINUS', '-'), number]));
const NAMES: ReadonlyMap<number, string> = new Map([[0, ''], ...[...NUMBERS].map(([name, number]): [number, string] => [number, name])]);
