/** containers-policy.json(5): which images may be pulled, by the signatures that they must have. */
import { InvalidArgumentError } from '#errors';
import { formatReference, repositoryOf } from '../reference.ts';
import type { Reference } from '../reference.ts';
import type { SignedIdentity } from './identity.ts';
import { parseIdentity } from './identity.ts';
import { allowOnly, fieldText, objectAt, parseSingleKeys } from './policy-json.ts';

/** One thing that must hold; of a list all must. */
export type Requirement =
  | { readonly type: 'insecureAcceptAnything' }
  | { readonly type: 'reject' }
  | { readonly type: 'sigstoreSigned'; readonly keys: readonly KeySource[]; readonly identity: SignedIdentity }
  /** Valid in a policy, and nothing that davit can check: refuses every image, with this reason. */
  | { readonly type: 'unsupported'; readonly reason: string };

/** A public key in PEM: in a file, or in the policy itself. */
export type KeySource = { readonly path: string } | { readonly data: Buffer };

export interface Policy {
  /** For messages. */
  readonly path: string;
  readonly defaults: readonly Requirement[];
  /** Of the transport "docker", by scope. */
  readonly scopes: ReadonlyMap<string, readonly Requirement[]>;
  /** Of the transports of archives and layouts on the disk, by scope: a path, or '' for all. */
  readonly archives: ReadonlyMap<ArchiveTransport, ReadonlyMap<string, readonly Requirement[]>>;
}

const ARCHIVE_TRANSPORTS = ['docker-archive', 'oci-archive', 'oci'] as const;
/** containers-transports(5). */
export type ArchiveTransport = (typeof ARCHIVE_TRANSPORTS)[number];

/** @throws InvalidArgumentError naming file and place; unknown keys and those that stand twice are errors, as a misspelt rule would let images through */
export function parsePolicy(text: string, path: string): Policy {
  let document: unknown;
  try {
    document = parseSingleKeys(text, path);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw error;
    throw new InvalidArgumentError(`read signature policy ${JSON.stringify(path)}: no JSON`, { cause: error });
  }
  const root = objectAt(document, path);
  allowOnly(root, ['default', 'transports'], path);
  const transports = objectAt(root['transports'] ?? {}, `${path}: transports`);
  return {
    path, defaults: parseRequirements(root['default'], `${path}: default`), scopes: parseScopes(transports, 'docker', path),
    archives: new Map(ARCHIVE_TRANSPORTS.map((transport) => [transport, parseScopes(transports, transport, path)])),
  };
}

function parseScopes(transports: Readonly<Record<string, unknown>>, transport: string, path: string): Policy['scopes'] {
  const scopes = objectAt(transports[transport] ?? {}, `${path}: transports.${transport}`);
  return new Map(Object.entries(scopes).map(([scope, list]) => [scope, parseRequirements(list, `${path}: transports.${transport}[${JSON.stringify(scope)}]`)]));
}

/** What an image must fulfil, and the scope that says so: the most specific one. */
export function requirementsFor(policy: Policy, reference: Reference): { readonly scope: string; readonly requirements: readonly Requirement[] } {
  for (const scope of scopesOf(reference)) {
    const requirements = policy.scopes.get(scope);
    if (requirements) return { scope: scope === '' ? 'transports.docker' : scope, requirements };
  }
  return { scope: 'default', requirements: policy.defaults };
}

/** Whether nothing of an image needs to be known to let it in. */
export function acceptsAnything(policy: Policy, reference: Reference): boolean {
  return requirementsFor(policy, reference).requirements.every(({ type }) => type === 'insecureAcceptAnything');
}

/** What an archive or layout at `path` must fulfil: the scope of its path, of a directory on the way, of the transport, or the default. */
export function archiveRequirementsFor(policy: Policy, transport: ArchiveTransport, path: string): { readonly scope: string; readonly requirements: readonly Requirement[] } {
  const parts = path.startsWith('/') ? path.split('/') : [];
  for (const scope of [...parts.slice(1).map((_, i) => parts.slice(0, parts.length - i).join('/')), '/', '']) {
    const requirements = policy.archives.get(transport)?.get(scope);
    if (requirements) return { scope: scope === '' ? `transports.${transport}` : scope, requirements };
  }
  return { scope: 'default', requirements: policy.defaults };
}

/** `host/a/b:tag`, `host/a/b`, `host/a`, `host`, `*.domain`, `*.`…, then the transport's own default. */
function scopesOf(reference: Reference): string[] {
  const parts = repositoryOf(reference).split('/');
  const labels = reference.domain.replace(/:\d+$/, '').split('.');
  return [
    formatReference(reference), ...parts.map((_, i) => parts.slice(0, parts.length - i).join('/')),
    ...labels.slice(1).map((_, i) => `*.${labels.slice(i + 1).join('.')}`), '',
  ];
}

function parseRequirements(value: unknown, where: string): Requirement[] {
  if (!Array.isArray(value) || value.length === 0) throw new InvalidArgumentError(`${where}: expected a list of one requirement or more`);
  return value.map((item, i) => parseRequirement(objectAt(item, `${where}[${i}]`), `${where}[${i}]`));
}

function parseRequirement(fields: Readonly<Record<string, unknown>>, where: string): Requirement {
  const type = fieldText(fields, 'type', where);
  switch (type) {
    case 'insecureAcceptAnything': case 'reject': allowOnly(fields, ['type'], where); return { type };
    case 'signedBy': case 'signedBaseLayer': return { type: 'unsupported', reason: `${type} needs GPG, which davit does not have; expected sigstoreSigned with a key` };
    case 'sigstoreSigned': return parseSigstore(fields, where);
    default: throw new InvalidArgumentError(`${where}.type is ${JSON.stringify(type)}; expected insecureAcceptAnything, reject, sigstoreSigned or signedBy`);
  }
}

const KEY_FIELDS = ['keyPath', 'keyPaths', 'keyData', 'keyDatas'];
/** Certificates and transparency logs: they only ever restrict what a key alone allows. */
const UNSUPPORTED_FIELDS = ['fulcio', 'pki', 'rekorPublicKeyPath', 'rekorPublicKeyPaths', 'rekorPublicKeyData', 'rekorPublicKeyDatas'];

function parseSigstore(fields: Readonly<Record<string, unknown>>, where: string): Requirement {
  allowOnly(fields, ['type', 'signedIdentity', ...KEY_FIELDS, ...UNSUPPORTED_FIELDS], where);
  const identity = parseIdentity(fields['signedIdentity'], `${where}.signedIdentity`);
  const unsupported = UNSUPPORTED_FIELDS.find((name) => fields[name] !== undefined);
  if (unsupported !== undefined) return { type: 'unsupported', reason: `sigstoreSigned with ${unsupported} is not supported; expected keys alone` };
  const given = KEY_FIELDS.filter((name) => fields[name] !== undefined);
  if (given.length !== 1) throw new InvalidArgumentError(`${where}: expected one of ${KEY_FIELDS.join(', ')}`);
  const [name = ''] = given;
  const texts = name.endsWith('s') ? textsAt(fields[name], `${where}.${name}`) : [fieldText(fields, name, where)];
  return { type: 'sigstoreSigned', identity, keys: texts.map((t) => (name.startsWith('keyPath') ? { path: t } : { data: Buffer.from(t, 'base64') })) };
}

function textsAt(value: unknown, where: string): string[] {
  if (Array.isArray(value) && value.length > 0 && value.every((v) => typeof v === 'string')) return value;
  throw new InvalidArgumentError(`${where}: expected a list of one string or more`);
}
