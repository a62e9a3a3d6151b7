import type { Endpoint } from '../registries/endpoints.ts';
import type { Reference } from '../reference.ts';
import { findCredential } from './auth-file.ts';
import type { AuthFile } from './auth-file.ts';
import { hostOfServerAddress, toCredential } from './credential.ts';
import type { AuthConfig, Credential } from './credential.ts';

const REQUEST_ORIGIN = 'the pull request';

/**
 * What to show to one endpoint. Credentials of the request go only to the host that the image's name says (or to the one that
 * `serverAddress` says), never to a mirror elsewhere; those of the file go to the host and path that they are stored under.
 */
export function chooseCredential(endpoint: Endpoint, original: Reference, auth: AuthConfig | undefined, file: AuthFile | undefined): Credential | undefined {
  const host = canonicalHost(endpoint.reference.domain);
  const meant = auth?.serverAddress ? hostOfServerAddress(auth.serverAddress) : original.domain;
  const given = auth && canonicalHost(meant) === host ? toCredential(auth, REQUEST_ORIGIN) : undefined;
  return given ?? (file && findCredential(file, endpoint.reference));
}

/** Docker Hub has three names. */
function canonicalHost(host: string): string {
  const lower = host.toLowerCase();
  return lower === 'index.docker.io' || lower === 'registry-1.docker.io' ? 'docker.io' : lower;
}
