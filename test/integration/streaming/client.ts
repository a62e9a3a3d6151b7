/** crictl as a program whose stdin and output a test holds. */
import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { eventually } from '../../harness/index.ts';
import type { Davit } from '../../harness/index.ts';

export interface Ended { readonly exitCode: number | null; readonly stdout: Buffer; readonly stderr: string }

const RUN_TIMEOUT_MS = 300_000;

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

/** @returns the local ports of crictl port-forward, when it listens on them */
export async function forwarded(child: ChildProcess, ports: readonly number[]): Promise<number[]> {
  let text = '';
  const local = (port: number): number => Number(new RegExp(`127\\.0\\.0\\.1:(\\d+) -> ${port}\\b`).exec(text)?.[1] ?? 0);
  child.stdout?.setEncoding('utf8').on('data', (more: string) => { text += more; });
  return eventually('crictl to listen', () => ports.every((port) => local(port) > 0) && ports.map(local));
}
