import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CRICTL } from './places.ts';

export interface CrictlResult { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }

/** The real crictl against one socket. */
export interface Crictl {
  /** Runs to its end, whatever it comes to. */
  run(...args: readonly string[]): Promise<CrictlResult>;
  /** @returns stdout without the last newline. @throws Error with crictl's words when it fails or writes to stderr. */
  ok(...args: readonly string[]): Promise<string>;
  /** As `ok`, parsed; for commands with `-o json`. */
  json(...args: readonly string[]): Promise<Record<string, unknown>>;
  /** Runs until `until` says that its output is complete, then ends it; for `logs -f` and `events`. @returns stdout */
  follow(args: readonly string[], until: (stdout: string) => boolean): Promise<string>;
  /** The command line that a person would type, for programs that need a terminal. */
  commandLine(...args: readonly string[]): readonly string[];
}

/** crictl's own limit for connecting and for each call. */
const CALL_TIMEOUT_S = 60;
const RUN_TIMEOUT_MS = 90_000;
const FOLLOW_TIMEOUT_MS = 60_000;
/** What crictl tells people about its own progress, and its advice to those who write pod configurations. */
const HARMLESS = /level=info|cgroup_parent is not set/;

/** @param directory where its configuration file is written; one socket for runtime and images */
export async function createCrictl(directory: string, socket: string): Promise<Crictl> {
  const config = join(directory, 'crictl.yaml');
  await writeFile(config, `runtime-endpoint: unix://${socket}\nimage-endpoint: unix://${socket}\ntimeout: ${CALL_TIMEOUT_S}\n`);
  const commandLine = (...args: readonly string[]): string[] => [CRICTL, '--config', config, ...args];
  const run = (...args: readonly string[]): Promise<CrictlResult> => runCommand(commandLine(...args));
  const ok = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr: all } = await run(...args);
    const stderr = all.split('\n').filter((line) => !HARMLESS.test(line)).join('\n');
    if (exitCode !== 0 || stderr !== '') throw new Error(`crictl ${args.join(' ')}: exit code ${exitCode}\n${stderr}${stdout}`);
    return stdout.replace(/\n$/, '');
  };
  return {
    run, ok, commandLine,
    json: async (...args) => JSON.parse(await ok(...args)) as Record<string, unknown>,
    follow: (args, until) => followCommand(commandLine(...args), until),
  };
}

async function runCommand([file = '', ...args]: readonly string[]): Promise<CrictlResult> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: RUN_TIMEOUT_MS, killSignal: 'SIGKILL' });
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  return { exitCode, stdout, stderr };
}

async function followCommand([file = '', ...args]: readonly string[], until: (stdout: string) => boolean): Promise<string> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: FOLLOW_TIMEOUT_MS, killSignal: 'SIGKILL' });
  const exited = once(child, 'exit');
  const stderr = text(child.stderr);
  let stdout = '';
  for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    stdout += chunk;
    if (until(stdout)) break;
  }
  child.kill();
  await exited;
  if (!until(stdout)) throw new Error(`${[file, ...args].join(' ')} ended, or did not say enough in ${FOLLOW_TIMEOUT_MS} ms; it said:\n${stdout}${await stderr}`);
  return stdout;
}
