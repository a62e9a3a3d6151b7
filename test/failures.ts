/** What of a long run somebody needs who sees no more than its end: each failed test with its error and the last words of its file. */
import { relative } from 'node:path';
import { inspect } from 'node:util';
import type { TestEvent } from './totals.ts';

/** Of a file's output, since its last test that passed. */
const KEPT_LINES = 200;
/** Of the whole report: CI shows some hundred lines. */
const MAX_LINES = 220;
/** Of one failure; where there are so many that not all can have them, the first ones, and the others their first line. */
const MIN_LINES = 12;
const ERROR_LINES = 30;
const LINE_CHARACTERS = 600;

interface Failure { readonly title: string; readonly error: readonly string[]; readonly output: readonly string[] }
interface OutputData { readonly file?: string; readonly message: string }
interface EndData { readonly name: string; readonly file?: string; readonly line?: number; readonly details: { readonly error?: unknown; readonly type?: string } }

export interface Failures {
  take(event: TestEvent): void;
  /** Lines to print last; none when nothing failed. */
  report(): string[];
}

/** @param root paths are told relative to it */
export function collectFailures(root: string): Failures {
  const failed: Failure[] = [];
  const output = new Map<string, string[]>();
  return {
    take: (event) => {
      const { type, data } = event as { type: string; data: OutputData & EndData };
      const file = data.file ?? '';
      if (type === 'test:stdout' || type === 'test:stderr') output.set(file, [...output.get(file) ?? [], ...data.message.replace(/\n$/, '').split('\n')].slice(-KEPT_LINES));
      if (type === 'test:pass' && data.details.type !== 'suite') output.delete(file);
      if (type !== 'test:fail' || isOfItsTests(data.details.error)) return;
      failed.push({ title: `✖ ${relative(root, file)}${data.line === undefined ? '' : `:${data.line}`} ${data.name}`, error: errorLines(data.details.error), output: output.get(file) ?? [] });
      output.delete(file);
    },
    report: () => {
      const shown = Math.min(failed.length, MAX_LINES / MIN_LINES);
      const share = Math.floor(MAX_LINES / Math.max(1, shown));
      return failed.flatMap((failure, n) => n < shown ? linesOf(failure, share) : [failure.title]);
    },
  };
}

function linesOf({ title, error, output }: Failure, share: number): string[] {
  const said = error.slice(0, Math.max(share / 2, share - output.length - 1));
  const room = share - said.length - 1;
  return [title, ...said.map((line) => `  ${line}`), ...output.slice(-room).map((line) => `  | ${line.slice(0, LINE_CHARACTERS)}`)];
}

/** A suite or file that failed because something in it did is told by that. */
function isOfItsTests(error: unknown): boolean {
  return (error as { failureType?: string } | undefined)?.failureType === 'subtestsFailed';
}

/** The runner wraps what was thrown. */
function errorLines(error: unknown): string[] {
  const { cause } = error instanceof Error ? error : {};
  return inspect(cause ?? error, { depth: 3, breakLength: LINE_CHARACTERS }).split('\n').filter((line) => !/^\s+at .*(node:internal|node_modules)/.test(line)).slice(0, ERROR_LINES).map((line) => line.slice(0, LINE_CHARACTERS));
}
