/**
 * The time of a program alone, without what starting it from Node costs: a shell that does nothing
 * else reads the clock before and after. (Its own fork is in the figure: whoever starts a program has to.)
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TIMEOUT_MS = 60_000;
/** $0 is where the microseconds go. A container keeps what it was given as output: it must not be our pipe. */
const SCRIPT = 'log=$1; shift; LC_ALL=C; begun=${EPOCHREALTIME/./}; "$@" < /dev/null > "$log" 2>&1; code=$?; ended=${EPOCHREALTIME/./}; echo $((ended - begun)) >> "$0"; exit $code';

/** Disposing removes its notes. */
export interface Stopwatch extends AsyncDisposable {
  /** Runs a command whose output goes to a file. @returns milliseconds. @throws Error with its output when it fails */
  run(file: string, ...args: string[]): Promise<number>;
}

export async function createStopwatch(): Promise<Stopwatch> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  const [times, log] = [join(directory, 'times'), join(directory, 'log')];
  return {
    run: async (file, ...args) => {
      await writeFile(times, '');
      const child = spawn('/bin/bash', ['-c', SCRIPT, times, log, file, ...args], { stdio: 'ignore', timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
      const [code] = await once(child, 'exit') as [number | null];
      if (code !== 0) throw new Error(`${file} ${args.join(' ')}: exit code ${code}: ${(await readFile(log, 'utf8')).trim()}`);
      return Number(await readFile(times, 'utf8')) / 1000;
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
