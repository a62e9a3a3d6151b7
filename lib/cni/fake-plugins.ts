/** For tests: plugins as functions, behind a ProcessRunner that records what they were given. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ProcessRunner, RunResult, RunSpec } from '#linux';

export interface PluginCall {
  readonly plugin: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly request: Readonly<Record<string, unknown>>;
}

export interface PluginAnswer {
  readonly exitCode?: number;
  /** A string is printed as it is. */
  readonly stdout?: unknown;
  readonly stderr?: string;
  readonly timedOut?: boolean;
}

export interface FakePlugins extends ProcessRunner {
  /** Without VERSION. */
  readonly calls: PluginCall[];
  readonly probes: PluginCall[];
}

/** @param answer what a plugin does; VERSION is answered with `versions` unless it returns something. */
export function fakePlugins(answer: (call: PluginCall, signal: AbortSignal) => PluginAnswer | undefined | Promise<PluginAnswer | undefined>, versions: readonly string[] = ['0.1.0', '0.2.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0']): FakePlugins {
  const calls: PluginCall[] = [];
  const probes: PluginCall[] = [];
  const run = async (spec: RunSpec, { signal }: { signal: AbortSignal }): Promise<RunResult> => {
    const call = { plugin: basename(spec.file), command: spec.env['CNI_COMMAND'] ?? '', env: spec.env, request: JSON.parse(Buffer.from(spec.stdin ?? []).toString()) as Record<string, unknown> };
    (call.command === 'VERSION' ? probes : calls).push(call);
    const { exitCode = 0, stdout = '', stderr = '', timedOut = false } = await answer(call, signal) ?? (call.command === 'VERSION' ? { stdout: { cniVersion: '1.1.0', supportedVersions: versions } } : {});
    const ended = timedOut ? { exitCode: undefined, signal: 'SIGTERM' } : { exitCode, signal: undefined };
    return { ...ended, timedOut, stdout: Buffer.from(typeof stdout === 'string' ? stdout : JSON.stringify(stdout)), stderr: Buffer.from(stderr) };
  };
  return { run, calls, probes };
}

/** Executable files of these names, so that they are found. */
export async function installPlugins(directory: string, names: readonly string[]): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const name of names) {
    await writeFile(join(directory, name), '');
    await chmod(join(directory, name), 0o755);
  }
}
