import { InvalidArgumentError } from '#errors';
import { DIGEST_FORM, isDigest } from './digest.ts';

/**
 * A full image reference (distribution "reference" grammar): `domain/path[:tag][@digest]`.
 * With a digest the tag is dropped: what is meant is the digest.
 */
export interface Reference {
  /** Registry host as people write it, with its port: `docker.io`, `127.0.0.1:5000`. */
  readonly domain: string;
  /** Repository below the host: `library/busybox`. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

export const DEFAULT_DOMAIN = 'docker.io';
const DEFAULT_TAG = 'latest';
const OFFICIAL_PREFIX = 'library/';
const LEGACY_DOMAIN = 'index.docker.io';
/** Longest `domain/path` that registries accept. */
const MAX_NAME_CHARS = 255;
const MAX_REFERENCE_CHARS = 1024;

const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const BARE_HEX = /^[0-9a-f]{64}$/;

/**
 * Parses and completes what a user wrote: `busybox` is `docker.io/library/busybox:latest`.
 * @throws InvalidArgumentError naming the reference and what is wrong with it.
 */
export function parseReference(text: string): Reference {
  if (text.length > MAX_REFERENCE_CHARS) throw invalid(`${text.slice(0, 64)}…`, `longer than ${MAX_REFERENCE_CHARS} characters`);
  const { name, tag, digest } = splitReference(text);
  if (name === '') throw invalid(text, 'the name is empty');
  if (BARE_HEX.test(name)) throw invalid(text, '64 hex digits are an image id, not a name');
  const { domain, path } = splitDomain(name);
  if (!DOMAIN.test(domain) || !isHost(domain)) throw invalid(text, `${JSON.stringify(domain)} is not a host name with an optional port`);
  const bad = path.split('/').find((component) => !COMPONENT.test(component));
  if (bad !== undefined) throw invalid(text, `${JSON.stringify(bad)} is not a path component: lower-case letters and digits, separated by '.', '_', '__' or '-'`);
  if (domain.length + 1 + path.length > MAX_NAME_CHARS) throw invalid(text, `the name is longer than ${MAX_NAME_CHARS} characters`);
  if (tag !== undefined && !TAG.test(tag)) throw invalid(text, `${JSON.stringify(tag)} is not a tag: at most 128 letters, digits, '_', '.', '-', the first no '.' or '-'`);
  if (digest !== undefined && !isDigest(digest)) throw invalid(text, `${JSON.stringify(digest)} is not a digest; ${DIGEST_FORM}`);
  return digest !== undefined ? { domain, path, digest } : { domain, path, tag: tag ?? DEFAULT_TAG };
}

/** Whether the first component of the name is no host, so that aliases and search registries apply. */
export function isShortName(text: string): boolean {
  const { name } = splitReference(text);
  return !hasDomain(name);
}

/** The three written parts, unchecked: `name`, `:tag` (a colon after the last slash) and `@digest`. */
export function splitReference(text: string): { name: string; tag?: string; digest?: string } {
  const at = text.indexOf('@');
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  return {
    name: colon < 0 ? rest : rest.slice(0, colon),
    ...(colon >= 0 && { tag: rest.slice(colon + 1) }),
    ...(at >= 0 && { digest: text.slice(at + 1) }),
  };
}

/** `domain/path`, what RepoTags and RepoDigests begin with. */
export function repositoryOf(reference: Reference): string {
  return `${reference.domain}/${reference.path}`;
}

/** `domain/path:tag` or `domain/path@digest`. */
export function formatReference(reference: Reference): string {
  return repositoryOf(reference) + (reference.digest !== undefined ? `@${reference.digest}` : `:${reference.tag ?? DEFAULT_TAG}`);
}

/** Whether it is a host in addresses, and the one that is written: there '1.2.3' is 1.2.0.3, and '0x7f.1' this machine. */
function isHost(domain: string): boolean {
  if (!URL.canParse(`https://${domain}`)) return false;
  const { hostname, port } = new URL(`https://${domain}`);
  return port !== '0' && (domain.startsWith('[') || hostname === domain.replace(/:\d+$/, '').toLowerCase());
}

function hasDomain(name: string): boolean {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  return slash >= 0 && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
}

function splitDomain(name: string): { domain: string; path: string } {
  const slash = name.indexOf('/');
  const given = hasDomain(name) ? { domain: name.slice(0, slash), path: name.slice(slash + 1) } : { domain: DEFAULT_DOMAIN, path: name };
  const domain = given.domain === LEGACY_DOMAIN ? DEFAULT_DOMAIN : given.domain;
  return domain === DEFAULT_DOMAIN && !given.path.includes('/') ? { domain, path: OFFICIAL_PREFIX + given.path } : { domain, path: given.path };
}

function invalid(text: string, why: string): InvalidArgumentError {
  return new InvalidArgumentError(`parse image reference ${JSON.stringify(text)}: ${why}`);
}
