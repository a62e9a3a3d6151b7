/** A plugin's failure as one of our classes, with the plugin's own words (SPEC.md section 5, Error). */
import type { RunResult } from '#linux';
import { DeadlineExceededError, FailedPreconditionError, InternalError, NotFoundError, UnavailableError, type DavitError } from '#errors';
import { isJsonObject } from './json.ts';

/** Of a plugin's output, in messages. */
const MAX_QUOTED_CHARS = 1000;
/** "Container unknown or does not exist": on DEL there is nothing to clean up. */
export const UNKNOWN_CONTAINER = 3;
type ErrorClass = new (message: string, options?: { cause?: unknown }) => DavitError;
/** Error class by code; all others are InternalError. */
const CLASSES: ReadonlyMap<number, ErrorClass> = new Map<number, ErrorClass>([
  [1, FailedPreconditionError], [2, FailedPreconditionError], [UNKNOWN_CONTAINER, NotFoundError], [4, FailedPreconditionError], [5, UnavailableError],
  [7, FailedPreconditionError], [8, FailedPreconditionError], [11, UnavailableError], [50, UnavailableError], [51, UnavailableError],
]);

/** The error of a run that did not end with exit code 0. @param what the action: `CNI plugin "bridge": ADD of …` */
export function pluginError(what: string, result: RunResult, timeoutMs: number): DavitError {
  if (result.timedOut) return new DeadlineExceededError(`${what}: no answer after ${timeoutMs} ms${quoted(': it wrote', result.stderr)}`);
  const failure = readFailure(result.stdout);
  if (!failure) return new InternalError(`${what}: ${ending(result)}${quoted(', stdout', result.stdout)}${quoted(', stderr', result.stderr)}`);
  return new (CLASSES.get(failure.code) ?? InternalError)(`${what}: ${failure.message} (CNI code ${failure.code})`, { cause: failure });
}

/** The code that a plugin failed with, if `error` came from a plugin that said one. */
export function failureCode(error: unknown): number | undefined {
  return error instanceof Error && error.cause instanceof PluginFailure ? error.cause.code : undefined;
}

/** Undefined when the output is no error object. */
function readFailure(stdout: Buffer): PluginFailure | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdout.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const { code = 0, msg = '', details = '' } = value;
  if (typeof code !== 'number' || typeof msg !== 'string' || typeof details !== 'string' || (msg === '' && details === '')) return undefined;
  return new PluginFailure(code, [msg, details].filter((part) => part !== '').join('; ').slice(0, MAX_QUOTED_CHARS));
}

/** ` LABEL "text"`, or nothing when there is no text. */
export function quoted(label: string, output: Buffer): string {
  const text = output.toString('utf8').trim();
  return text === '' ? '' : `${label} ${JSON.stringify(text.slice(0, MAX_QUOTED_CHARS))}`;
}

function ending(result: RunResult): string {
  return result.signal === undefined ? `exit code ${result.exitCode ?? 'unknown'}` : `killed by ${result.signal}`;
}

/** What the plugin itself printed; the cause of the error that callers get. */
class PluginFailure extends Error {
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.name = new.target.name;
    this.code = code;
  }
}
