/** `signedIdentity` of containers-policy.json(5): for which names a signature counts. */
import { DavitError, InvalidArgumentError } from '#errors';
import { parseReference, repositoryOf, splitReference } from '../reference.ts';
import type { Reference } from '../reference.ts';
import { allowOnly, fieldText, objectAt } from './policy-json.ts';

export type SignedIdentity =
  | { readonly type: 'matchExact' | 'matchRepoDigestOrExact' | 'matchRepository' }
  | { readonly type: 'exactReference'; readonly reference: SignedName }
  | { readonly type: 'exactRepository'; readonly repository: string }
  | { readonly type: 'remapIdentity'; readonly prefix: string; readonly signedPrefix: string };

/** A name as written, without a default tag. */
interface SignedName { readonly repository: string; readonly tag?: string; readonly digest?: string }

/** Absent: matchRepoDigestOrExact. @throws InvalidArgumentError naming the place */
export function parseIdentity(value: unknown, where: string): SignedIdentity {
  if (value === undefined) return { type: 'matchRepoDigestOrExact' };
  const fields = objectAt(value, where);
  const type = fieldText(fields, 'type', where);
  switch (type) {
    case 'matchExact': case 'matchRepoDigestOrExact': case 'matchRepository': allowOnly(fields, ['type'], where); return { type };
    case 'exactReference': {
      allowOnly(fields, ['type', 'dockerReference'], where);
      const reference = named(fieldText(fields, 'dockerReference', where), `${where}.dockerReference`);
      if (reference.tag === undefined && reference.digest === undefined) throw new InvalidArgumentError(`${where}.dockerReference: expected a tag or a digest`);
      return { type, reference };
    }
    case 'exactRepository': allowOnly(fields, ['type', 'dockerRepository'], where); return { type, repository: named(fieldText(fields, 'dockerRepository', where), `${where}.dockerRepository`).repository };
    case 'remapIdentity': allowOnly(fields, ['type', 'prefix', 'signedPrefix'], where); return { type, prefix: fieldText(fields, 'prefix', where), signedPrefix: fieldText(fields, 'signedPrefix', where) };
    default: throw new InvalidArgumentError(`${where}.type is ${JSON.stringify(type)}; expected matchExact, matchRepoDigestOrExact, matchRepository, exactReference, exactRepository or remapIdentity`);
  }
}

/** Whether a signature that names `signed` (critical.identity.docker-reference) is for the image that is asked for as `wanted`. */
export function identityMatches(identity: SignedIdentity, wanted: Reference, signed: string): boolean {
  const name = nameOf(signed);
  const intended: SignedName = { repository: repositoryOf(wanted), ...(wanted.digest === undefined ? { tag: wanted.tag ?? '' } : { digest: wanted.digest }) };
  if (!name) return false;
  switch (identity.type) {
    case 'matchExact': return same(name, intended);
    case 'matchRepository': return name.repository === intended.repository;
    case 'matchRepoDigestOrExact': return repoDigestOrExact(name, intended);
    case 'exactReference': return same(name, identity.reference);
    case 'exactRepository': return name.repository === identity.repository;
    case 'remapIdentity': return repoDigestOrExact(name, { ...intended, repository: remap(intended.repository, identity) });
  }
}

/** Who asks by digest has said which image it is: the repository must match. */
function repoDigestOrExact(name: SignedName, intended: SignedName): boolean {
  return intended.digest === undefined ? same(name, intended) : name.repository === intended.repository;
}

function same(a: SignedName, b: SignedName): boolean {
  return a.repository === b.repository && a.tag === b.tag && a.digest === b.digest && (a.tag !== undefined || a.digest !== undefined);
}

function remap(repository: string, { prefix, signedPrefix }: { readonly prefix: string; readonly signedPrefix: string }): string {
  if (repository === prefix) return signedPrefix;
  return repository.startsWith(`${prefix}/`) ? signedPrefix + repository.slice(prefix.length) : repository;
}

function nameOf(text: string): SignedName | undefined {
  try {
    return named(text, 'signature');
  } catch (error) {
    if (error instanceof DavitError) return undefined;
    throw error;
  }
}

function named(text: string, where: string): SignedName {
  try {
    const { tag, digest } = splitReference(text);
    return { repository: repositoryOf(parseReference(text)), ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
  } catch (error) {
    throw new InvalidArgumentError(`${where}: expected an image name`, { cause: error });
  }
}
