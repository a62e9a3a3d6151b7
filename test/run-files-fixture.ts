import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** For a written file: long enough for one that only has to begin. */
const WRITTEN_TIMEOUT_MS = 10_000;

/** How a run of written files ended. */
export interface RunEnd { readonly passed: number; readonly failed: number; readonly report: string }

/** Writes each text as a test file `NAME.test.ts`, and runs them as run.ts would, all at once or, isolated, one after another. Removes them again. @throws Error when the run is killed */
export async function runWritten(texts: Readonly<Record<string, string>>, { isolated }: { readonly isolated: boolean }): Promise<RunEnd> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-run-'));
  try {
    const files = Object.keys(texts).map((name) => join(directory, `${name}.test.ts`));
    await Promise.all(Object.values(texts).map((source, n) => writeFile(files[n] ?? '', `import { test } from 'node:test';\nimport { spawn, execFileSync } from 'node:child_process';\n${source}`)));
    const script = `
      const [{ runFiles }, { emptyTotals }, { collectFailures }] = await Promise.all(['run-files', 'totals', 'failures'].map((name) => import('${import.meta.dirname}/' + name + '.ts')));
      const totals = emptyTotals(); const failures = collectFailures('${directory}');
      for await (const event of runFiles(${JSON.stringify({ files, concurrency: isolated ? 1 : files.length, timeoutMs: WRITTEN_TIMEOUT_MS, isolated })}, totals)) failures.take(event);
      process.stdout.write(JSON.stringify({ passed: totals.passed, failed: totals.failed, report: failures.report().join('\\n') }));`;
    await writeFile(join(directory, 'main.mjs'), script);
    // Within a run of node's runner another one would not run anything.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const child = spawn(process.execPath, [join(directory, 'main.mjs')], { stdio: ['ignore', 'pipe', 'inherit'], env });
    const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>]);
    if (signal !== null) throw new Error(`the run was ended by ${signal}`);
    return JSON.parse(said) as RunEnd;
  } finally {
    await rm(directory, { recursive: true });
  }
}
