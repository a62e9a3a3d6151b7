import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CRITEST, TOOLS_DIRECTORY } from '../harness/places.ts';
import { readReport } from './report.ts';
import type { SpecResult } from './report.ts';

export interface CritestOptions {
  /** Path of the CRI socket, of any runtime. */
  readonly socket: string;
  /** ginkgo's nodes; above 1 they run at once. Default 1. */
  readonly nodes?: number;
  /** Regular expression (Go's) of the specs to run; default all. */
  readonly focus?: string;
  /** Further flags of critest. */
  readonly flags?: readonly string[];
  /** Its benchmarks instead of its specs, with so many samples of each, so many at once. */
  readonly benchmark?: { readonly samples: number; readonly atOnce: number };
  /** For the whole run; default twelve minutes. */
  readonly timeoutMs?: number;
  /** Where its progress goes; default nowhere. */
  readonly onOutput?: (text: string) => void;
}

const BENCHMARK_PARAMETERS = 'benchmark.yaml';
const RUN_TIMEOUT_MS = 12 * 60_000;
const MAX_KEPT_OUTPUT_CHARS = 64 * 1024;

/** Runs critest against a socket. @returns results by full name, whatever they are. @throws Error with critest's output when it makes no report */
export async function runCritest(options: CritestOptions): Promise<Map<string, SpecResult>> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-critest-'));
  try {
    const report = join(directory, 'report.json');
    // Without one of its own critest reads the host's /etc/crictl.yaml.
    await writeFile(join(directory, 'empty.yaml'), '');
    if (options.benchmark) await writeFile(join(directory, BENCHMARK_PARAMETERS), benchmarkParameters(options.benchmark));
    const output = await run(argumentsFor(options, directory, report), directory, options);
    const text = await readFile(report, 'utf8').catch((error: unknown) => { throw new Error(`critest made no report; it said:\n${output}`, { cause: error }); });
    return readReport(text, options.benchmark ? 'benchmarks' : 'specs');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function argumentsFor(options: CritestOptions, directory: string, report: string): string[] {
  return [
    '-config', join(directory, 'empty.yaml'), '-runtime-endpoint', `unix://${options.socket}`, '-image-endpoint', `unix://${options.socket}`, ...(options.nodes ?? 1) > 1 ? ['-parallel', String(options.nodes)] : [],
    `-ginkgo.json-report=${report}`, '-ginkgo.no-color', '-ginkgo.timeout', `${(options.timeoutMs ?? RUN_TIMEOUT_MS) / 1000}s`, ...options.focus === undefined ? [] : ['-ginkgo.focus', options.focus], ...options.flags ?? [],
    ...options.benchmark ? ['-benchmark', '-benchmarking-params-file', join(directory, BENCHMARK_PARAMETERS), '-benchmarking-output-dir', directory] : [],
  ];
}

/** critest's keys; it skips a benchmark whose number is 0. */
function benchmarkParameters({ samples, atOnce }: { readonly samples: number; readonly atOnce: number }): string {
  return ['containers', 'pods', 'images'].map((what) => `${what}Number: ${samples}\n${what}NumberParallel: ${atOnce}\n`).join('');
}

async function run(args: readonly string[], directory: string, { timeoutMs = RUN_TIMEOUT_MS, onOutput }: CritestOptions): Promise<string> {
  // It makes its temporary folders where TMPDIR says and leaves them.
  const env = { ...process.env, TMPDIR: directory, PATH: `${TOOLS_DIRECTORY}:${process.env['PATH'] ?? ''}` };
  const child = spawn(CRITEST, args, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, killSignal: 'SIGKILL' });
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-MAX_KEPT_OUTPUT_CHARS);
      onOutput?.(text);
    });
  }
  await once(child, 'close');
  return kept;
}
