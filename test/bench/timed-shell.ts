/**
 * A shell that runs programs as a person would, `program < in > out 2> err`, and reads the clock before and after each. It is there before
 * the first and stays, as davit's launcher does: what lies between two programs is as short, and the kernel and the caches are as warm.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Semaphore } from '#async';
import type { ProcessRunner } from '#linux';

/** $0 is where the files are. It is given an empty line for each program, and says its exit code and microseconds. */
const SCRIPT = 'cd "$0"; LC_ALL=C; while read -r; do . ./call; begun=${EPOCHREALTIME/./}; "$@" < in > out 2> err; code=$?; ended=${EPOCHREALTIME/./}; echo $code $((ended - begun)); done';
const SIGNALLED = 128;

/** Runs one program after another; each finds what earlier ones had in their environment, too. Disposing ends the shell. */
export interface TimedShell extends ProcessRunner, AsyncDisposable {
  /** Milliseconds of the programs since the last call; the shell's own fork is in them: whoever starts a program has to. */
  takeTotal(): number;
}

export async function createTimedShell(): Promise<TimedShell> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  // Without --norc a bash whose input is a socket reads the person's own start file.
  const shell = spawn('/bin/bash', ['--norc', '-c', SCRIPT, directory], { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
  const answers = createInterface(shell.stdout);
  const turn = new Semaphore(1);
  let total = 0;
  const runNext: ProcessRunner['run'] = async ({ file, args, env, stdin = '' }, { signal }) => {
    const exports = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
    await Promise.all([writeFile(join(directory, 'call'), `${exports.join('')}set -- ${[file, ...args].map(quoted).join(' ')}\n`), writeFile(join(directory, 'in'), stdin)]);
    shell.stdin.write('\n');
    const [answer] = await once(answers, 'line', { signal }) as [string];
    const [code = 0, us = 0] = answer.split(' ').map(Number);
    total += us / 1000;
    const [stdout, stderr] = await Promise.all([readFile(join(directory, 'out')), readFile(join(directory, 'err'))]);
    return { exitCode: code < SIGNALLED ? code : undefined, signal: code < SIGNALLED ? undefined : `signal ${code - SIGNALLED}`, stdout, stderr, timedOut: false };
  };
  return {
    run: async (spec, options) => {
      const place = await turn.acquire(options.signal, `run "${spec.file}"`);
      try { return await runNext(spec, options); } finally { place[Symbol.dispose](); }
    },
    takeTotal: () => {
      const taken = total;
      total = 0;
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(shell, 'exit');
      shell.stdin.end();
      await exited;
      await rm(directory, { recursive: true });
    },
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
