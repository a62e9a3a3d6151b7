/**
 * Runs tests: `node test/run.ts PHASE... [-- PATH...]`, or `all` (all but those on demand). Prints what node's runner prints, its summary once
 * for all phases, then what a failed test said and one plain line. Exits 1 when a test failed or was skipped without standing in allowed-skips.txt.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spec } from 'node:test/reporters';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { collectFailures } from './failures.ts';
import type { Failures } from './failures.ts';
import { filesOf, PHASES } from './phases.ts';
import type { Phase } from './phases.ts';
import { runFiles } from './run-files.ts';
import { emptyTotals, totalEvents, totalLine } from './totals.ts';
import type { TestEvent, Totals } from './totals.ts';

async function main(args: readonly string[]): Promise<number> {
  const end = args.indexOf('--');
  const names = end === -1 ? args : args.slice(0, end);
  const under = end === -1 ? [] : args.slice(end + 1);
  const unknown = names.find((name) => name !== 'all' && !PHASES.some((p) => p.name === name));
  if (names.length === 0 || unknown !== undefined) {
    process.stderr.write(`usage: run.ts PHASE... [-- PATH...]; phases: all, ${PHASES.map((p) => p.name).join(', ')}\n`);
    return 2;
  }
  const phases = PHASES.filter((p) => (names.includes('all') && p.onDemand !== true) || names.includes(p.name));
  if (phases.some((p) => p.isolated) && process.env['DAVIT_TEST_ISOLATED'] === undefined) return isolated(args);
  const totals = emptyTotals();
  const failures = collectFailures(resolve(import.meta.dirname, '..'));
  await pipeline(Readable.from(events(phases, under, totals, failures)), new spec(), process.stdout, { end: false });
  const report = failures.report();
  if (report.length > 0) process.stdout.write(`\n── failed, with the last words of each ──\n${report.join('\n')}\n\n`);
  const unlisted = totals.skips.filter((name) => !allowedSkips().has(name));
  for (const name of unlisted) process.stdout.write(`skipped, but not in test/allowed-skips.txt: ${name}\n`);
  process.stdout.write(`${totalLine(totals)}\n`);
  return totals.failed > 0 || totals.passed === 0 || unlisted.length > 0 ? 1 : 0;
}

/** Every phase's events as if of one run: each phase's own summary is swallowed and one for all is made at the end. */
async function* events(phases: readonly Phase[], under: readonly string[], totals: Totals, failures: Failures): AsyncGenerator<TestEvent> {
  const begun = performance.now();
  for (const phase of phases) {
    const files = filesOf(phase, under);
    if (files.length === 0) continue;
    yield { type: 'test:stdout', data: { file: '', message: `\n── ${phase.name}: ${files.length} files ──\n` } };
    for await (const event of runFiles({ ...phase, files }, totals)) {
      failures.take(event);
      yield event;
    }
  }
  yield* totalEvents(totals, performance.now() - begun);
}

/** The same run again, cut off from the host. */
async function isolated(args: readonly string[]): Promise<number> {
  const child = spawn(join(import.meta.dirname, 'isolate.sh'), [process.execPath, import.meta.filename, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit') as [number | null];
  return code ?? 1;
}

function allowedSkips(): Set<string> {
  return new Set(readFileSync(join(import.meta.dirname, 'allowed-skips.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')));
}

process.exitCode = await main(process.argv.slice(2));
