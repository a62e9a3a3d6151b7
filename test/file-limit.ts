/**
 * The limit of a whole test file. node's runner ends tests that take too long, but waits for ever for a file with an open handle, for one that computes
 * without end, and for a process that still holds a file's output: here such a file is ended with everything that it started, and told as failed.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { watchStarted } from './started-by.ts';
import type { TestEvent } from './totals.ts';

const MAX_NAMED = 8;
const COMMAND_CHARACTERS = 200;
/** Where node says that a child process is about to be spawned. */
const SPAWNS = 'child_process';

export interface FileLimits {
  /** Takes an event of the run, and gives it back as it is to be told. */
  take(event: TestEvent): TestEvent;
  /** When the run is over. @returns a failure for each file that was ended and that node's runner did not tell as failed */
  close(): TestEvent[];
}

interface Options {
  readonly files: readonly string[];
  /** For each. */
  readonly timeoutMs: number;
  /** See watchStarted. */
  readonly alone: boolean;
}
interface FileEvent { readonly name?: string; readonly file?: string }

/** To be called before node's runner gets the files. Once closed it can be forgotten. */
export function limitFiles({ files, timeoutMs, alone }: Options): FileLimits {
  const timers = new Map<string, NodeJS.Timeout>();
  const reasons = new Map<string, string>();
  const begin = (message: unknown): void => {
    const { process: child } = message as { readonly process: ChildProcess };
    const started = watchStarted(child, alone);
    process.nextTick(() => {
      const path = files.find((file) => child.spawnargs.includes(file));
      if (path === undefined) return;
      timers.set(path, setTimeout(() => { void started.end((killed, unmounted) => { reasons.set(path, reasonOf(timeoutMs, killed, unmounted)); }); }, timeoutMs));
    });
  };
  subscribe(SPAWNS, begin);
  return {
    take: (event) => {
      const { type, data } = event as { type: string; data: FileEvent };
      if (data.name === undefined || data.name !== data.file) return event;
      if (type === 'test:complete') clearTimeout(timers.get(data.name));
      const reason = type === 'test:fail' ? reasons.get(data.name) : undefined;
      if (reason === undefined) return event;
      reasons.delete(data.name);
      return failure(data.name, reason);
    },
    close: () => {
      unsubscribe(SPAWNS, begin);
      return [...reasons].map(([path, reason]) => failure(path, reason));
    },
  };
}

function reasonOf(timeoutMs: number, killed: readonly string[], unmounted: readonly string[]): string {
  const lines = [...killed.slice(0, MAX_NAMED).map((command) => `killed ${command.slice(0, COMMAND_CHARACTERS)}`), ...killed.length > MAX_NAMED ? [`and ${killed.length - MAX_NAMED} more`] : [], ...unmounted.map((point) => `unmounted ${point}`)];
  return [`the file has not ended in ${timeoutMs} ms`, ...lines].join('\n');
}

function failure(path: string, reason: string): TestEvent {
  const cause = new Error(reason);
  cause.stack = `Error: ${reason}`;
  const error = Object.assign(new Error(reason, { cause }), { code: 'ERR_TEST_FAILURE', failureType: 'testTimeoutFailure' });
  return { type: 'test:fail', data: { name: path, file: path, nesting: 0, testNumber: 0, details: { duration_ms: 0, type: 'test', error } } };
}
