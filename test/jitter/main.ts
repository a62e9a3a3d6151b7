/**
 * `npm run test:jitter -- [PHASE...] [--rounds N] [--seed N] [-- PATH...]`: runs each test file N times on its own while its processes stand still now and then, share
 * one core or have to share it with others (disturb.ts). A test that fails so asserts an order that nobody guarantees, or found a race. Prints each failure with the seed that makes the
 * same choices again; what the file said is kept in .cache/jitter. Exits 1 when a file failed. Phases: unit, kernel (the default: kernel and integration), integration, conformance.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, readlink } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filesOf, PHASES } from '../phases.ts';
import { SPARED_FILES } from './spared.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const KEPT = join(ROOT, '.cache/jitter');
const DEFAULT_PHASES = ['kernel', 'integration'];
const MAX_SEED = 2 ** 31;
const SHOWN_LINES = 12;

interface Round { readonly phase: string; readonly file: string; readonly seed: number }

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { rounds: { type: 'string', default: '3' }, seed: { type: 'string' } } });
  const names = PHASES.map(({ name }) => name).filter((name) => positionals.includes(name));
  const under = positionals.filter((word) => !names.includes(word));
  const unknown = [values.rounds, values.seed].find((text) => text !== undefined && !/^\d{1,9}$/.test(text));
  const rounds = unknown === undefined ? roundsOf(names, under, Number(values.rounds), Number(values.seed ?? randomInt(MAX_SEED / 2))) : [];
  if (rounds.length === 0) {
    process.stderr.write(`${unknown === undefined ? 'no such test file' : `"${unknown}" is no number`}\nusage: npm run test:jitter -- [PHASE...] [--rounds N] [--seed N] [-- PATH...]\n`);
    return 2;
  }
  await mkdir(KEPT, { recursive: true });
  let failed = 0;
  for (const round of rounds) if (!await play(round)) failed++;
  process.stdout.write(`${rounds.length - failed} of ${rounds.length} runs passed\n`);
  return failed === 0 ? 0 : 1;
}

/** Each file once, then each again: what fails often shows early. */
function roundsOf(names: readonly string[], under: readonly string[], count: number, seed: number): Round[] {
  const files = PHASES.filter(({ name }) => (names.length === 0 ? DEFAULT_PHASES : names).includes(name)).flatMap((phase) => filesOf(phase, under).map((path) => ({ phase: phase.name, file: relative(ROOT, path) })))
    .filter(({ file }) => !SPARED_FILES.some(({ path }) => file.startsWith(path)));
  return Array.from({ length: count }, (_, n) => files.map((file) => ({ ...file, seed: seed + n }))).flat();
}

async function play({ phase, file, seed }: Round): Promise<boolean> {
  const log = join(KEPT, `${file.replaceAll('/', '-')}-${seed}.log`);
  const output = createWriteStream(log);
  await once(output, 'open');
  const begun = performance.now();
  const env = { ...process.env, JITTER_OUTSIDE: await readlink('/proc/self/ns/pid') };
  const child = spawn(join(ROOT, 'test/isolate.sh'), [process.execPath, join(import.meta.dirname, 'disturb.ts'), phase, file, String(seed)], { stdio: ['ignore', output, output], cwd: ROOT, env });
  const [code] = await once(child, 'exit') as [number | null];
  output.destroy();
  const said = await readFile(log, 'utf8');
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'} ${file} --seed ${seed} (${seconds} s; ${/^jitter: (.*)$/m.exec(said)?.[1] ?? 'not disturbed'})\n`);
  if (code !== 0) process.stdout.write(`${told(said)}\n  all of it: ${relative(ROOT, log)}\n`);
  return code === 0;
}

/** The failed tests of a run's closing report. */
function told(said: string): string {
  const lines = said.slice(Math.max(0, said.indexOf('── failed, with'))).split('\n');
  const failures = lines.flatMap((line, n) => line.startsWith('✖ ') ? lines.slice(n, n + SHOWN_LINES) : []);
  return (failures.length === 0 ? lines.slice(-SHOWN_LINES) : failures).map((line) => `  ${line}`).join('\n');
}

process.exitCode = await main(process.argv.slice(2));
