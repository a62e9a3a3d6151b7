import { access, readFile } from 'node:fs/promises';
import { FailedPreconditionError } from '#errors';
import type { ProcessRunner } from '#linux';
import type { Logger } from '#log';
import { BUILT_IN_PROFILE_NAMES, DEFAULT_PROFILE_NAME, defaultProfile } from './default-profile.ts';

export interface ApparmorOptions {
  /** Of the configuration: a profile's name, 'unconfined' for none, '' for davit's own. */
  readonly configured: string;
  /** Whether the kernel has AppArmor. */
  readonly enabled: boolean;
  readonly runner: ProcessRunner;
  readonly log: Logger;
  /** Where the node has its programs and its list of profiles; for tests. */
  readonly places?: { readonly parsers: readonly string[]; readonly profiles: string };
}

const PLACES = { parsers: ['/usr/sbin/apparmor_parser', '/sbin/apparmor_parser'], profiles: '/sys/kernel/security/apparmor/profiles' };
/** A fraction of a second; slow machines compile slowly. */
const LOAD_TIMEOUT_MS = 60_000;

/**
 * Sees to it that the profile of containers that ask for none or for the runtime's default is loaded: the built-in one is put into the kernel, one of the operator's must be there.
 * @returns its name; undefined where such containers run without one, which is logged unless it was asked for.
 * @throws FailedPreconditionError when the operator's is not loaded.
 */
export async function loadDefaultApparmorProfile({ configured, enabled, runner, log, places = PLACES }: ApparmorOptions): Promise<string | undefined> {
  if (!enabled || configured === 'unconfined') return undefined;
  const name = configured || DEFAULT_PROFILE_NAME;
  if (!BUILT_IN_PROFILE_NAMES.includes(name)) {
    if (await isLoaded(name, places.profiles)) return name;
    throw new FailedPreconditionError(`apparmor_profile = ${JSON.stringify(name)}: no profile of that name is loaded on this node; load it with apparmor_parser, or leave the key out for the built-in one`);
  }
  // CRI-O's stays as CRI-O has it.
  if (name !== DEFAULT_PROFILE_NAME && await isLoaded(name, places.profiles)) return name;
  const why = await load(name, runner, places.parsers);
  if (why === undefined || await isLoaded(name, places.profiles)) return name;
  log.warn('containers that ask for the default AppArmor profile run without one: it could not be loaded', { profile: name, why });
  return undefined;
}

/** @returns why it could not be loaded */
async function load(name: string, runner: ProcessRunner, parsers: readonly string[]): Promise<string | undefined> {
  const parser = await firstThatExists(parsers);
  if (parser === undefined) return 'apparmor_parser is not installed (package apparmor)';
  // Without its cache, which would lie in /etc or /var/cache; one of that name is replaced: it may be an earlier davit's.
  const { exitCode, stderr, timedOut } = await runner.run({ file: parser, args: ['--skip-cache', '--replace'], env: {}, stdin: Buffer.from(defaultProfile(name)), timeoutMs: LOAD_TIMEOUT_MS }, { signal: new AbortController().signal });
  if (exitCode === 0) return undefined;
  return `${parser}: ${timedOut ? `no end after ${LOAD_TIMEOUT_MS} ms` : stderr.toString('utf8').trim() || `exit code ${exitCode ?? 'none'}`}`;
}

async function firstThatExists(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await access(path).then(() => true, () => false)) return path;
  return undefined;
}

/** The kernel's list has lines such as `davit-default (enforce)`. */
async function isLoaded(name: string, list: string): Promise<boolean> {
  const text = await readFile(list, 'utf8').catch(() => '');
  return text.split('\n').some((line) => line.startsWith(`${name} (`));
}
