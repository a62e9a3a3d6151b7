/** Which certificates a registry's host may show, and which one we show it (containers-certs.d.5). */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { FailedPreconditionError } from '#errors';
import { readHostDirectory, readPem, type HostFiles } from './certificate-files.ts';

/** Bundles of the system's certificate authorities, as distributions place them; the first that exists counts. */
const SYSTEM_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/cert.pem'];
/** The machine behind docker.io; certs.d has it under the name that references have. */
export const DOCKER_HUB_HOST = 'registry-1.docker.io';

/** How a host is trusted. Contexts of one `name` are the same; connections are used again for the same alone. */
export interface NamedContext { readonly secureContext: SecureContext; readonly name: string }

/** The system's authorities and certs.d, for all pulls. */
export class CertificateStore {
  readonly #directories: readonly string[];
  readonly #bundles: readonly string[];
  #roots: Roots | undefined;

  /** @param directories certs.d directories; for a host the first one with a directory of its name counts. @param bundles of the system's authorities, the first that exists counts */
  constructor(directories: readonly string[], bundles: readonly string[] = SYSTEM_BUNDLES) {
    this.#directories = directories;
    this.#bundles = bundles;
  }

  /** The context for a `host[:port]` as addresses have it. @throws FailedPreconditionError naming the file that is wrong */
  async context(host: string): Promise<NamedContext> {
    const roots = await this.#systemRoots();
    for (const path of this.#directories.flatMap((directory) => directoryNames(host).map((name) => join(directory, name)))) {
      const own = await readHostDirectory(path);
      if (own) return { secureContext: makeContext(path, { ...own, ca: [...roots.ca, ...own.ca] }), name: createHash('sha256').update(JSON.stringify([roots.version, own])).digest('hex') };
    }
    return { secureContext: roots.context ??= makeContext(roots.from, { ca: roots.ca, cert: [], key: [] }), name: roots.version };
  }

  /** Those that count now: who adds an authority to the system's replaces the file. */
  async #systemRoots(): Promise<Roots> {
    for (const from of this.#bundles) {
      const info = await stat(from).catch(() => undefined);
      const version = info && `${from} ${info.ino} ${info.size} ${info.mtimeMs}`;
      if (version !== undefined && version === this.#roots?.version) return this.#roots;
      const text = version === undefined ? undefined : await readPem(from).catch(() => undefined);
      if (version !== undefined && text !== undefined) return this.#roots = { version, from, ca: [text] };
    }
    // A node without a bundle has those that Node brings.
    return this.#roots?.version === BUNDLED ? this.#roots : this.#roots = { version: BUNDLED, from: BUNDLED, ca: getCACertificates('bundled') };
  }
}

/** Authorities of one version of their file, and who trusts them alone once that was made: reading them takes a while. */
interface Roots { readonly version: string; readonly from: string; readonly ca: readonly string[]; context?: SecureContext }

const BUNDLED = "node's own";

/** What certs.d may call a host: addresses leave out the port of https, which who wrote the reference may have named. */
function directoryNames(host: string): string[] {
  const name = host === DOCKER_HUB_HOST ? 'docker.io' : host;
  return /:\d+$/.test(name) ? [name] : [name, `${name}:443`];
}

/** TLS for the hosts of one pull; files are read once for each. */
export class Trust {
  /** Certificates are not verified, of whatever host. */
  readonly insecure: boolean;
  readonly #store: CertificateStore;
  readonly #contexts = new Map<string, Promise<NamedContext>>();

  constructor(store: CertificateStore, insecure: boolean) {
    this.#store = store;
    this.insecure = insecure;
  }

  /** @param host with its port, if the address has one */
  context(host: string): Promise<NamedContext> {
    const known = this.#contexts.get(host) ?? this.#store.context(host);
    this.#contexts.set(host, known);
    return known;
  }
}

function makeContext(directory: string, { ca, cert, key }: HostFiles): SecureContext {
  try {
    return createSecureContext({ ca: [...ca], ...(cert.length > 0 && { cert: [...cert], key: [...key] }) });
  } catch (error) {
    // Each file was read and each pair fits; TLS has room for one pair of a kind.
    throw new FailedPreconditionError(`read certificates ${JSON.stringify(directory)}: expected no two pairs of NAME.cert and NAME.key whose keys are of one type`, { cause: error });
  }
}
