/** crictl as a program whose stdin and output a test holds. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import type { Davit } from '../../harness/index.ts';

export interface Ended { readonly exitCode: number | null; readonly stdout: Buffer; readonly stderr: string }

const RUN_TIMEOUT_MS = 120_000;

export type Transport = 'spdy' | 'websocket';
export const TRANSPORTS: readonly Transport[] = ['spdy', 'websocket'];

/** Starts it; killed when it takes too long. */
export function start(davit: Davit, ...args: readonly string[]): ChildProcessWithoutNullStreams {
  const [file = '', ...rest] = davit.crictl.commandLine(...args);
  return spawn(file, rest, { stdio: ['pipe', 'pipe', 'pipe'], timeout: RUN_TIMEOUT_MS, killSignal: 'SIGKILL' });
}

/** Runs it to its end with `input` as its stdin. */
export async function run(davit: Davit, input: string | Buffer, ...args: readonly string[]): Promise<Ended> {
  const child = start(davit, ...args);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, [exitCode]] = await Promise.all([buffer(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  return { exitCode, stdout, stderr };
}
