/** `disturb.ts PHASE FILE SEED`, in test/isolate.sh: runs one test file and disturbs whatever runs beside this process. Prints what it did, and ends as the test does. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../integration/random-calls/random.ts';
import type { Random } from '../integration/random-calls/random.ts';
import { createCrowd } from './crowd.ts';
import { SPARED_CONTAINERS } from './spared.ts';

const MAX_STOP_MS = 400;
const SHORT_STOP_MS = 40;
const MIN_STOP_MS = 5;
/** A process that has just begun is caught before it has done much. */
const CATCH_NEW = 0.15;
/** How often another one is. */
const MAX_REST_MS = 120;
const LOOK_MS = 3;
const MAX_NICE = 15;
/** A test goes on: no more than this many stand still at once. */
const MAX_STOPPED = 2;

async function main([phase = '', file = '', seed = '']: readonly string[]): Promise<number> {
  // Never the processes of a host: those of an own namespace only.
  if (process.env['DAVIT_TEST_ISOLATED'] === undefined || readlinkSync('/proc/self/ns/pid') === process.env['JITTER_OUTSIDE']) throw new Error('disturb processes: these are not in a namespace of their own');
  // Not the same setting for every file of a round.
  const random = createRandom([...file].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), Number(seed)));
  const setting = random.pick(['as it is', 'on one core', 'beside a busy process', 'on one core beside a busy process']);
  await using busy = setting.includes('busy') ? spawnBusy() : undefined;
  const words = [process.execPath, join(import.meta.dirname, '../run.ts'), phase, '--', file];
  const [command = '', ...args] = setting.startsWith('on one core') ? ['taskset', '-c', '0', ...words] : words;
  const test = spawn(command, args, { stdio: 'inherit' });
  const ended = once(test, 'exit') as Promise<[number | null]>;
  const spared = [process.pid, process.ppid, test.pid, busy?.pid].filter((pid) => pid !== undefined);
  const stops = await disturb({ random, spared, containers: !SPARED_CONTAINERS.some(({ path }) => file.startsWith(path)), test });
  const [code] = await ended;
  process.stdout.write(`jitter: ${setting}, ${stops} stops\n`);
  return code ?? 1;
}

interface Disturbance { readonly random: Random; readonly spared: readonly number[]; readonly containers: boolean; readonly test: ChildProcess }

/** Until the test has ended. @returns how often something stood still */
async function disturb({ random, spared, containers, test }: Disturbance): Promise<number> {
  const crowd = createCrowd({ spared, containers });
  let stops = 0;
  let next = 0;
  const stopped = new Set<Promise<void>>();
  const stop = (pid: number): void => {
    const pause = crowd.stop(pid);
    if (pause === undefined) return;
    stops++;
    const stopMs = MIN_STOP_MS + random.integer(random.chance(0.7) ? SHORT_STOP_MS : MAX_STOP_MS - MIN_STOP_MS);
    const over = delay(stopMs).then(() => { crowd.wake(pause); stopped.delete(over); });
    stopped.add(over);
  };
  while (test.exitCode === null && test.signalCode === null) {
    for (const pid of crowd.look()) {
      if (random.chance(CATCH_NEW) && stopped.size < MAX_STOPPED) stop(pid);
      else if (random.chance(CATCH_NEW)) slow(pid, random.integer(MAX_NICE));
    }
    if (performance.now() >= next && stopped.size < MAX_STOPPED) {
      const kinds = crowd.kinds();
      if (kinds.length > 0) stop(random.pick(random.pick(kinds)));
      next = performance.now() + random.integer(MAX_REST_MS);
    }
    await delay(LOOK_MS);
  }
  await Promise.all(stopped);
  return stops;
}

/** It may have ended. */
function slow(pid: number, nice: number): void {
  try {
    setPriority(pid, nice);
  } catch (error) {
    if ((error as { info?: { code?: string } }).info?.code !== 'ESRCH') throw error;
  }
}

function spawnBusy(): AsyncDisposable & { readonly pid: number | undefined } {
  const child = spawn('nice', ['-n', '5', 'taskset', '-c', '0', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' });
  return { pid: child.pid, [Symbol.asyncDispose]: async () => { const exited = once(child, 'exit'); child.kill('SIGKILL'); await exited; } };
}

process.exitCode = await main(process.argv.slice(2));
