import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { DavitError, FailedPreconditionError, NotFoundError } from '#errors';
import type { ProcessRunner } from '#linux';
import { toCredential } from './credential.ts';
import type { Credential } from './credential.ts';

/** What it takes to run `docker-credential-<suffix>` (docker-credential-helpers, "get"). */
export interface HelperRunner {
  readonly runner: ProcessRunner;
  /** PATH: where helpers are looked for. */
  readonly searchPath: string;
  /** HOME for them: many keep their configuration there. */
  readonly home: string;
}

const TIMEOUT_MS = 30_000;
const MAX_OUTPUT_BYTES = 64 * 1024;
const SUFFIX = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** What helpers print, with exit code 1, for a registry that they have nothing for. */
const NOT_FOUND = 'credentials not found in native keychain';
const MAX_SHOWN_CHARS = 200;

/**
 * Asks a helper for a registry's credentials; undefined: it has none.
 * @throws FailedPreconditionError naming helper and registry, never a secret
 */
export async function askHelper(helpers: HelperRunner, suffix: string, registry: string, signal: AbortSignal): Promise<Credential | undefined> {
  const name = `docker-credential-${suffix}`;
  const failed = (why: string, cause?: unknown): Error => new FailedPreconditionError(`credential helper ${JSON.stringify(name)} for ${registry}: ${why}`, { cause });
  if (!SUFFIX.test(suffix)) throw failed('expected letters, digits, ".", "_" and "-" in its name');
  const file = await findProgram(name, helpers.searchPath);
  if (file === undefined) throw failed(`not found in ${helpers.searchPath}`);
  const { runner, home, searchPath } = helpers;
  const result = await runner.run({
    file, args: ['get'], env: { PATH: searchPath, HOME: home }, stdin: Buffer.from(registry), timeoutMs: TIMEOUT_MS, maxOutputBytes: MAX_OUTPUT_BYTES,
  }, { signal }).catch((error: unknown) => { throw error instanceof DavitError && !(error instanceof NotFoundError) ? error : failed('cannot be run', error); });
  const output = result.stdout.toString('utf8').trim();
  if (result.timedOut) throw failed(`no answer after ${TIMEOUT_MS} ms`);
  if (result.exitCode !== 0) {
    if (output.includes(NOT_FOUND)) return undefined;
    throw failed(`ended with ${result.exitCode ?? result.signal ?? ''}: ${(output === '' ? result.stderr.toString('utf8') : output).replace(/[^\x20-\x7e]+/g, ' ').trim().slice(0, MAX_SHOWN_CHARS)}`);
  }
  const { Username, Secret } = parse(output);
  if (typeof Username !== 'string' || typeof Secret !== 'string') throw failed('its answer is no JSON object with Username and Secret');
  const origin = `helper ${name}`;
  if (Username === '' && Secret === '') return undefined;
  return toCredential(Username === '<token>' ? { identityToken: Secret } : { username: Username, password: Secret }, origin);
}

async function findProgram(name: string, searchPath: string): Promise<string | undefined> {
  for (const directory of searchPath.split(':').filter((d) => isAbsolute(d))) {
    const path = join(directory, name);
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  }
  return undefined;
}

function parse(output: string): { Username?: unknown; Secret?: unknown } {
  try {
    return { ...JSON.parse(output) as object };
  } catch {
    // The parser's message would quote the secret.
    return {};
  }
}
