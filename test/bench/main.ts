/** `node main.ts NAME [OPTIONS]`: runs one bench; its table, its figures, and last one JSON object. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { errorText } from '#errors';
import { benchExec } from './exec.ts';
import { benchList } from './list.ts';
import { benchMemory } from './memory.ts';
import { benchMonitor } from './monitor.ts';
import { benchNetwork } from './network.ts';
import { parseOptions, USAGE, type BenchName, type BenchOptions } from './options.ts';
import { benchPod } from './pod.ts';
import { benchPulls } from './pulls/pulls.ts';
import { benchStream } from './stream.ts';
import { figureLines, jsonLine, table, type Outcome } from './report.ts';

const RUN: Readonly<Record<BenchName, (options: BenchOptions) => Promise<Outcome>>> = { pod: benchPod, exec: benchExec, pull: benchPulls, memory: benchMemory, list: benchList, network: benchNetwork, monitor: benchMonitor, stream: benchStream };
/** Set by isolate.sh for what it runs. */
const ISOLATED = 'DAVIT_TEST_ISOLATED';

async function main(args: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = parseOptions(args);
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n${USAGE}`);
    return 2;
  }
  // A davit of our own gets a host of its own; another runtime's pods are on this one.
  if (options.socket === undefined && process.env[ISOLATED] === undefined) return isolated(args);
  const outcome = await RUN[options.bench](options);
  process.stdout.write(`${table(outcome.rows)}\n\n${outcome.notes.map((note) => `  ${note}\n`).join('')}\n${figureLines(outcome.figures)}\n${jsonLine(options.bench, outcome.figures)}\n`);
  return 0;
}

async function isolated(args: readonly string[]): Promise<number> {
  const child = spawn(resolve(import.meta.dirname, '../isolate.sh'), [process.execPath, import.meta.filename, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit') as [number | null];
  return code ?? 1;
}

process.exitCode = await main(process.argv.slice(2));
