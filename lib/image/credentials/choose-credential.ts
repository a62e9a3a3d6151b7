import { errorText, FailedPreconditionError } from '#errors';
import type { Endpoint } from '../registries/endpoints.ts';
import type { Reference } from '../reference.ts';
import { findCredential, findHelper, readAuthFile } from './auth-file.ts';
import type { AuthFile } from './auth-file.ts';
import { askHelper } from './credential-helper.ts';
import type { HelperRunner } from './credential-helper.ts';
import { hostOfServerAddress, toCredential } from './credential.ts';
import type { AuthConfig, Credential } from './credential.ts';

const REQUEST_ORIGIN = 'the pull request';
/** In `credential-helpers` of registries.conf: the auth files, in their place among the helpers. */
const AUTH_FILES = 'containers-auth.json';
/** What helpers call Docker Hub. */
const DOCKER_HUB_SERVER = 'https://index.docker.io/v1/';

export interface CredentialSources {
  /** Of the request, for the host that the image's name or `serverAddress` says. */
  readonly request: AuthConfig | undefined;
  /** Of the pod's namespace, before any other file or helper. */
  readonly namespaced?: AuthFile | undefined;
  /** In the order to look into them; absent ones are empty. */
  readonly files: readonly string[];
  /** `credential-helpers` of registries.conf. */
  readonly helpers: readonly string[];
  /** Absent: helpers are not asked. */
  readonly helperRunner: HelperRunner | undefined;
}

/** What to show to an endpoint: a credential or nothing, and why nothing where a helper could not be asked. */
export interface ChosenCredential { readonly credential: Credential | undefined; readonly trouble: string | undefined }

/**
 * What to show to one endpoint. Credentials of the request go only to the host that the image's name says (or to the one that
 * `serverAddress` says), never to a mirror elsewhere; those of files and helpers go to the host and path that they are kept under.
 * @throws InvalidArgumentError for an auth file that cannot be read
 */
export async function chooseCredential(endpoint: Endpoint, original: Reference, sources: CredentialSources, signal: AbortSignal): Promise<ChosenCredential> {
  const { request } = sources;
  const meant = request?.serverAddress ? hostOfServerAddress(request.serverAddress) : original.domain;
  const given = request && canonicalHost(meant) === canonicalHost(endpoint.reference.domain) ? toCredential(request, REQUEST_ORIGIN) : undefined;
  if (given) return { credential: given, trouble: undefined };
  const troubles: string[] = [];
  const ask = async (suffix: string): Promise<Credential | undefined> => {
    try {
      return await askForHost(sources.helperRunner, suffix, endpoint.reference.domain, signal);
    } catch (error) {
      // Many images need no credentials at all: the helper's trouble is said where their absence is.
      if (!(error instanceof FailedPreconditionError)) throw error;
      troubles.push(errorText(error));
      return undefined;
    }
  };
  const own = sources.namespaced && await fromFile(sources.namespaced, endpoint.reference, ask);
  if (own) return { credential: own, trouble: undefined };
  for (const place of sources.helpers) {
    const credential = place === AUTH_FILES ? await fromFiles(sources.files, endpoint.reference, ask) : await ask(place);
    if (credential) return { credential, trouble: undefined };
  }
  return { credential: undefined, trouble: troubles[0] };
}

async function fromFiles(paths: readonly string[], reference: Reference, ask: (suffix: string) => Promise<Credential | undefined>): Promise<Credential | undefined> {
  for (const path of paths) {
    const credential = await fromFile(await readAuthFile(path), reference, ask);
    if (credential) return credential;
  }
  return undefined;
}

/** Within a file: the registry's own helper, its entry, the helper of all. */
async function fromFile(file: AuthFile, reference: Reference, ask: (suffix: string) => Promise<Credential | undefined>): Promise<Credential | undefined> {
  const helper = findHelper(file, reference);
  const own = helper === undefined ? undefined : await ask(helper);
  return own ?? findCredential(file, reference) ?? (file.credsStore === undefined ? undefined : ask(file.credsStore));
}

async function askForHost(runner: HelperRunner | undefined, suffix: string, host: string, signal: AbortSignal): Promise<Credential | undefined> {
  if (!runner) return undefined;
  const found = host === 'docker.io' ? await askHelper(runner, suffix, DOCKER_HUB_SERVER, signal) : undefined;
  return found ?? askHelper(runner, suffix, host, signal);
}

/** Docker Hub has three names. */
function canonicalHost(host: string): string {
  const lower = host.toLowerCase();
  return lower === 'index.docker.io' || lower === 'registry-1.docker.io' ? 'docker.io' : lower;
}
