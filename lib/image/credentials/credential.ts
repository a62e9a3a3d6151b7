import { InvalidArgumentError } from '#errors';

/** CRI's AuthConfig; absent and empty fields mean the same. */
export interface AuthConfig {
  readonly username?: string;
  readonly password?: string;
  /** base64 of `username:password`. */
  readonly auth?: string;
  /** The only registry that the credentials are for; empty: the one that the image's name says. */
  readonly serverAddress?: string;
  /** An OAuth2 refresh token for the registry's token server. */
  readonly identityToken?: string;
  /** A bearer token that is sent to the registry as it is. */
  readonly registryToken?: string;
}

/** One way to prove who asks. `origin` says where it is from and is safe to print; nothing else here is. */
export type Credential =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string; readonly origin: string }
  | { readonly kind: 'identityToken' | 'registryToken'; readonly token: string; readonly origin: string };

/** Picks the strongest form that is set; undefined: none is. @throws InvalidArgumentError naming `origin`, never a value. */
export function toCredential(auth: AuthConfig, origin: string): Credential | undefined {
  if (auth.registryToken) return { kind: 'registryToken', token: headerSafe(auth.registryToken, origin), origin };
  if (auth.identityToken) return { kind: 'identityToken', token: auth.identityToken, origin };
  if (auth.username) return basic(auth.username, auth.password ?? '', origin);
  if (!auth.auth) return undefined;
  const decoded = decodeBase64(auth.auth, origin).replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  if (colon < 0) throw new InvalidArgumentError(`read ${origin}: auth has no ':'; expected base64 of username:password`);
  // Docker's way to hand out an identity token where only a user and a password have a place.
  if (decoded.slice(0, colon) === '<token>') return { kind: 'identityToken', token: decoded.slice(colon + 1), origin };
  return basic(decoded.slice(0, colon), decoded.slice(colon + 1), origin);
}

/** Host (and port) of a server address such as `https://index.docker.io/v1/` or `quay.io`; '' when it is none. */
export function hostOfServerAddress(address: string): string {
  return address.replace(/^https?:\/\//, '').split('/')[0]?.toLowerCase() ?? '';
}

function basic(username: string, password: string, origin: string): Credential {
  if (username.includes(':')) throw new InvalidArgumentError(`read ${origin}: the user name holds a ':'; basic authentication cannot carry it`);
  return { kind: 'basic', username, password, origin };
}

function decodeBase64(text: string, origin: string): string {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text.trim())) throw new InvalidArgumentError(`read ${origin}: auth is not base64`);
  return Buffer.from(text, 'base64').toString('utf8');
}

function headerSafe(token: string, origin: string): string {
  if (!/^[\x21-\x7e]+$/.test(token)) throw new InvalidArgumentError(`read ${origin}: the registry token holds characters that an HTTP header cannot carry`);
  return token;
}
