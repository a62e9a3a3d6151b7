import { open } from 'node:fs/promises';
import { errnoOf, InvalidArgumentError } from '#errors';
import { AUTH_FILE_LIMIT_BYTES } from '../limits.ts';
import { repositoryOf } from '../reference.ts';
import type { Reference } from '../reference.ts';
import { toCredential } from './credential.ts';
import type { Credential } from './credential.ts';

/** `auths` of a containers-auth.json (or Docker config.json), by their keys. */
export interface AuthFile { readonly path: string; readonly auths: ReadonlyMap<string, unknown> }

/** Names under which Docker Hub's credentials are stored besides `docker.io`. */
const DOCKER_HUB_KEYS = ['index.docker.io/v1', 'index.docker.io', 'registry-1.docker.io'];

/** Reads the file; an absent one has no entries. @throws InvalidArgumentError naming the file, never its content. */
export async function readAuthFile(path: string): Promise<AuthFile> {
  const text = await readText(path);
  if (text === undefined || text.trim() === '') return { path, auths: new Map() };
  const auths = (parseDocument(text, path) as { auths?: unknown }).auths ?? {};
  if (typeof auths !== 'object' || Array.isArray(auths)) throw new InvalidArgumentError(`read "${path}": "auths" is no object`);
  return { path, auths: new Map(Object.entries(auths)) };
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

function keysFor(reference: Reference): string[] {
  const parts = repositoryOf(reference).split('/');
  const keys = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  return reference.domain === 'docker.io' ? [...keys, ...DOCKER_HUB_KEYS] : keys;
}

/** Old tools wrote URLs: `https://host/v1/`. */
function normalizeKey(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}

function entryOf(value: unknown, path: string, key: string): { auth?: string; username?: string; password?: string; identityToken?: string; registryToken?: string } {
  if (typeof value !== 'object' || value === null) throw new InvalidArgumentError(`read "${path}": entry "${key}" is no object`);
  const fields = value as Record<string, unknown>;
  const text = (name: string): string | undefined => {
    const field = fields[name];
    if (field === undefined || typeof field === 'string') return field;
    throw new InvalidArgumentError(`read "${path}": "${name}" of entry "${key}" is no string`);
  };
  const all = { auth: text('auth'), username: text('username'), password: text('password'), identityToken: text('identitytoken'), registryToken: text('registrytoken') };
  return Object.fromEntries(Object.entries(all).filter((e): e is [string, string] => e[1] !== undefined));
}

function parseDocument(text: string, path: string): object {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    document = undefined;
  }
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document;
  throw new InvalidArgumentError(`read "${path}": not a JSON object`);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > AUTH_FILE_LIMIT_BYTES) throw new InvalidArgumentError(`read "${path}": ${size} bytes; expected at most ${AUTH_FILE_LIMIT_BYTES}`);
    return await file.readFile('utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    if (error instanceof InvalidArgumentError) throw error;
    throw new InvalidArgumentError(`read credentials "${path}"`, { cause: error });
  }
}
