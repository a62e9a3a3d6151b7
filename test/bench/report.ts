/** What a bench prints: a table for people, then one JSON object for programs. */

/** A figure with the least that this host allows, measured in the same run. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly floor: number;
}

export interface Row {
  readonly name: string;
  readonly samples: readonly number[];
  readonly unit: string;
}

export interface Outcome {
  readonly rows: readonly Row[];
  readonly figures: Readonly<Record<string, Figure>>;
  /** Lines below the table: on what it ran, what does not count. */
  readonly notes: readonly string[];
}

/** The value below which `share` of the samples lie (nearest rank). @throws Error when there are no samples */
export function quantile(samples: readonly number[], share: number): number {
  const value = [...samples].sort((a, b) => a - b)[Math.max(0, Math.ceil(samples.length * share) - 1)];
  if (value === undefined) throw new Error('take a quantile: there are no samples');
  return value;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** One line a row: name, number of samples, p50, p90, p99, maximum. */
export function table(rows: readonly Row[]): string {
  const cells = [['', 'n', 'p50', 'p90', 'p99', 'max', ''], ...rows.map(({ name, samples, unit }) => [name, String(samples.length), ...[0.5, 0.9, 0.99, 1].map((share) => short(quantile(samples, share))), unit])];
  const widths = (cells[0] as string[]).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) => line.map((cell, column) => (column === 0 || column === line.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}

/** One line a figure, for people. */
export function figureLines(figures: Outcome['figures']): string {
  return Object.entries(figures).map(([name, { value, unit, floor }]) => `${name}: ${short(value)} ${unit}, floor ${short(floor)} ${unit}${floor === 0 ? '' : `, ${(value / floor).toFixed(2)} times the floor`}`).join('\n');
}

/** The last line of a bench. */
export function jsonLine(bench: string, figures: Outcome['figures']): string {
  const entries = Object.entries(figures).map(([name, { value, unit, floor }]) => [name, { value: round(value), unit, floor: round(floor), ratio: floor === 0 ? null : round(value / floor) }]);
  return JSON.stringify({ bench, figures: Object.fromEntries(entries) as object });
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
