import { run } from 'node:test';
import { limitFiles } from './file-limit.ts';
import { recordTemporaryDirectories } from './temporary-directories.ts';
import type { TestEvent, Totals } from './totals.ts';

/** A test that hangs ends before its file does, so that it is named. */
const SHARE_OF_A_TEST = 0.95;

export interface FilesRun {
  readonly files: readonly string[];
  /** How many at once. */
  readonly concurrency: number;
  /** For one file. */
  readonly timeoutMs: number;
  /** Whether the files run in namespaces of the tests' own. */
  readonly isolated: boolean;
}

/** Runs test files and gives what reporters take, without node's own summary: that is added to `totals`. A file that does not end in its time is ended, and failed. Temporary directories that a file leaves are removed. */
export async function* runFiles({ files, concurrency, timeoutMs, isolated }: FilesRun, totals: Totals): AsyncGenerator<TestEvent> {
  const limits = limitFiles({ files, timeoutMs, alone: isolated && concurrency === 1 });
  const temporary = recordTemporaryDirectories();
  for await (const event of run({ files: [...files], concurrency, timeout: timeoutMs * SHARE_OF_A_TEST, execArgv: temporary.execArgv }) as AsyncIterable<TestEvent>) {
    const told = limits.take(event);
    if (totals.take(told)) yield told;
  }
  for (const failure of limits.close()) {
    totals.tests++;
    totals.failed++;
    yield failure;
  }
  for (const path of temporary.remove()) yield { type: 'test:stdout', data: { file: '', message: `${path} stays: something is mounted there\n` } };
}
