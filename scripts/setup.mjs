#!/usr/bin/env node
// Makes a clone on a bare Debian 12 ready, then runs a program under the pinned Node:
//
//     node scripts/setup.mjs GOAL [-- PROGRAM.ts ARGUMENTS...]
//
// GOAL is one of those in setup/goals.mjs. Each step is skipped when what it makes is there and right, so a second
// run takes a moment. Plain JavaScript, because the Node that starts it is the host's (20 or later) and may not strip types.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runGoal } from './setup/goals.mjs';
import { ROOT, pinnedNode } from './setup/paths.mjs';

const LOCKED = '--locked';

/** Runs `file` with our terminal; resolves to the exit code that a shell would report. Signals to us are passed on. */
function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', cwd: ROOT });
    const forward = (signal) => { child.kill(signal); };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** One set-up at a time in a clone: a second waits for the first and then finds everything done. */
async function setUpUnderLock(goal) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  return run('flock', [join(ROOT, '.cache/setup.lock'), process.execPath, import.meta.filename, LOCKED, goal]);
}

async function main(args) {
  // What is built, fetched and made by tests is readable for containers with other ids, whatever the caller's umask.
  process.umask(0o022);
  if (args[0] === LOCKED) return runGoal(args[1]);
  const end = args.indexOf('--');
  const [goal, program] = end === -1 ? [args[0], []] : [args[0], args.slice(end + 1)];
  const code = await setUpUnderLock(goal ?? '');
  if (code !== 0 || program.length === 0) return code;
  return run(pinnedNode(), program);
}

process.exitCode = await main(process.argv.slice(2));
