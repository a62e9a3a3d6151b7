/** What the demo prints: chapters, commands with their output, a table. Colours only on a terminal. */
import { stripVTControlCharacters } from 'node:util';

const COLOURS = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const WIDTH = 96;
/** Longer output is cut: the demo shows, it does not document. */
const MAX_LINES = 16;

export const bold = colour('1');
export const dim = colour('2');
export const green = colour('32');

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A chapter begins. */
export function chapter(title: string): void {
  say(`\n${bold(`── ${title} ${'─'.repeat(Math.max(3, WIDTH - title.length - 4))}`)}`);
}

/** A command as a person would type it. */
export function showCommand(words: readonly string[]): void {
  say(`${green('$')} ${words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')}`);
}

/** Its output, indented, without what only moves the cursor. */
export function showOutput(text: string): void {
  const lines = stripVTControlCharacters(text).trimEnd().split('\n');
  if (lines.length === 1 && lines[0] === '') return;
  for (const line of lines.slice(0, MAX_LINES)) say(`  ${line}`);
  if (lines.length > MAX_LINES) say(dim(`  … ${lines.length - MAX_LINES} more lines`));
}

/** Columns as wide as their longest cell; numbers (the last columns) to the right. */
export function showTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const format = (row: readonly string[]): string => row.map((cell, column) => (/^[\d.]+( ms)?$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd();
  say(`  ${bold(format(header))}`);
  for (const row of rows) say(`  ${format(row)}`);
}

function colour(code: string): (text: string) => string {
  return (text) => (COLOURS ? `\x1b[${code}m${text}\x1b[0m` : text);
}
