import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { errnoOf, InvalidArgumentError } from '#errors';
import { AUTH_FILE_LIMIT_BYTES } from '../limits.ts';
import { repositoryOf } from '../reference.ts';
import type { Reference } from '../reference.ts';
import { toCredential } from './credential.ts';
import type { Credential } from './credential.ts';

/** A containers-auth.json or Docker config.json, by the keys of its parts. */
export interface AuthFile {
  readonly path: string;
  readonly auths: ReadonlyMap<string, unknown>;
  /** Registry → suffix of the helper that knows its credentials. */
  readonly credHelpers: ReadonlyMap<string, unknown>;
  /** Suffix of the helper for every registry without an entry of its own. */
  readonly credsStore: string | undefined;
}

/** Names under which Docker Hub's credentials are stored besides `docker.io`. */
const DOCKER_HUB_KEYS = ['index.docker.io', 'registry-1.docker.io'];
/** The file of old Docker clients is the table of `auths` itself. */
const LEGACY_NAME = '.dockercfg';

/** Reads the file; an absent one has no entries. @throws InvalidArgumentError naming the file, never its content. */
export async function readAuthFile(path: string): Promise<AuthFile> {
  const text = await readText(path);
  const document = text === undefined || text.trim() === '' ? {} : object(parseJson(text), path, 'it');
  if (basename(path) === LEGACY_NAME) return { path, auths: new Map(Object.entries(document)), credHelpers: new Map(), credsStore: undefined };
  const { credsStore } = document;
  if (credsStore !== undefined && typeof credsStore !== 'string') throw new InvalidArgumentError(`read "${path}": "credsStore" is no string`);
  const table = (key: string): Map<string, unknown> => new Map(Object.entries(object(document[key] ?? {}, path, `"${key}"`)));
  return { path, auths: table('auths'), credHelpers: table('credHelpers'), credsStore: credsStore === '' ? undefined : credsStore };
}

/** The entry for a repository, the most specific key first: `host/a/b`, `host/a`, `host`. @throws InvalidArgumentError when it is malformed */
export function findCredential(file: AuthFile, reference: Reference): Credential | undefined {
  for (const wanted of keysFor(reference)) {
    for (const [key, value] of file.auths) {
      if (normalizeKey(key) !== wanted) continue;
      const credential = toCredential(entryOf(value, file.path, key), `file "${file.path}", key "${key}"`);
      if (credential) return credential;
    }
  }
  return undefined;
}

/** The suffix of the helper that the file names for a repository's registry. @throws InvalidArgumentError when it is no text */
export function findHelper(file: AuthFile, reference: Reference): string | undefined {
  for (const wanted of keysFor(reference)) {
    for (const [key, value] of file.credHelpers) {
      if (normalizeKey(key) !== wanted) continue;
      if (typeof value !== 'string') throw new InvalidArgumentError(`read "${file.path}": the helper of "${key}" is no string`);
      if (value !== '') return value;
    }
  }
  return undefined;
}

function keysFor(reference: Reference): string[] {
  const parts = repositoryOf(reference).split('/');
  const keys = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  return reference.domain === 'docker.io' ? [...keys, ...DOCKER_HUB_KEYS] : keys;
}

/** Old tools wrote URLs: `https://host/v1/`. */
function normalizeKey(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/+$/, '').replace(/^([^/]+)\/v[12]$/, '$1');
}

function entryOf(value: unknown, path: string, key: string): { auth?: string; username?: string; password?: string; identityToken?: string; registryToken?: string } {
  const fields = object(value, path, `entry "${key}"`);
  const text = (name: string): string | undefined => {
    const field = fields[name];
    if (field === undefined || typeof field === 'string') return field;
    throw new InvalidArgumentError(`read "${path}": "${name}" of entry "${key}" is no string`);
  };
  const all = { auth: text('auth'), username: text('username'), password: text('password'), identityToken: text('identitytoken'), registryToken: text('registrytoken') };
  return Object.fromEntries(Object.entries(all).filter((e): e is [string, string] => e[1] !== undefined));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    return undefined;
  }
}

function object(value: unknown, path: string, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new InvalidArgumentError(`read "${path}": ${what} is no JSON object`);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > AUTH_FILE_LIMIT_BYTES) throw new InvalidArgumentError(`read "${path}": ${size} bytes; expected at most ${AUTH_FILE_LIMIT_BYTES}`);
    return await file.readFile('utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return undefined;
    if (error instanceof InvalidArgumentError) throw error;
    throw new InvalidArgumentError(`read credentials "${path}"`, { cause: error });
  }
}
