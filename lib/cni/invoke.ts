import { delay } from '#async';
import { DeadlineExceededError, errnoOf, errorText } from '#errors';
import type { ProcessRunner, RunResult } from '#linux';
import type { Logger } from '#log';
import { findPlugin } from './find-plugin.ts';
import type { JsonObject } from './json.ts';
import { pluginError, quoted } from './plugin-error.ts';

/** A plugin that is being written at this moment (ETXTBSY) is tried again this often. */
const BUSY_RETRIES = 25;
const BUSY_DELAY_MS = 200;

/** Plugins run iptables, ip, and programs of their own. */
export const DEFAULT_PLUGIN_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

/** What running a plugin takes. */
export interface PluginHost {
  readonly runner: ProcessRunner;
  readonly pluginDirs: readonly string[];
  /** Beside CNI_*. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Logger;
}

export interface Invocation {
  readonly type: string;
  /** For messages: `ADD sandbox "id" to network "name"`. */
  readonly what: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly request: JsonObject;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** When the caller has looked already. */
  readonly path?: string;
}

/**
 * Runs a plugin once and returns what it printed.
 * @throws UnavailableError when it is not installed; the class of its error code with its own words when it fails; DeadlineExceededError, naming it.
 */
export async function invokePlugin(host: PluginHost, invocation: Invocation, { signal }: { signal: AbortSignal }): Promise<Buffer> {
  const what = `CNI plugin "${invocation.type}": ${invocation.what}`;
  const path = invocation.path ?? (await findPlugin(invocation.type, host.pluginDirs)).path;
  const timeoutMs = invocation.deadline - Date.now();
  if (timeoutMs <= 0) throw new DeadlineExceededError(`${what}: the time was used up before it was run`);
  const result = await runUnlessBusy(host, invocation, path, timeoutMs, what, signal);
  if (result.exitCode !== 0) throw pluginError(what, result, timeoutMs);
  if (result.stderr.length > 0) host.log.debug('CNI plugin wrote to stderr', { plugin: invocation.type, text: quoted('', result.stderr) });
  return result.stdout;
}

async function runUnlessBusy(host: PluginHost, { environment, request, deadline }: Invocation, path: string, timeoutMs: number, what: string, signal: AbortSignal): Promise<RunResult> {
  const spec = { file: path, args: [], env: { ...host.environment, ...environment }, stdin: Buffer.from(JSON.stringify(request)), timeoutMs };
  for (let attempt = 0; ; attempt++) {
    try {
      return await host.runner.run(spec, { signal });
    } catch (error) {
      if (errnoOf(error) !== 'ETXTBSY' || attempt === BUSY_RETRIES || Date.now() > deadline - BUSY_DELAY_MS) throw error;
      host.log.debug('CNI plugin is being written', { plugin: path, error: errorText(error) });
      await delay(BUSY_DELAY_MS, signal, what);
    }
  }
}
