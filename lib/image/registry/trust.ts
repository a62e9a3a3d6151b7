/** Which certificates a registry's host may show, and which one we show it (containers-certs.d.5). */
import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { errnoOf, FailedPreconditionError } from '#errors';

/** Bundles of the system's certificate authorities, as distributions place them; the first that exists counts. */
const SYSTEM_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/cert.pem'];
/** The machine behind docker.io; certs.d has it under the name that references have. */
export const DOCKER_HUB_HOST = 'registry-1.docker.io';
const CERTIFICATE_LIMIT_BYTES = 1024 * 1024;

/** How a host is trusted. Contexts of one `name` are the same; connections are used again for the same alone. */
export interface NamedContext { readonly secureContext: SecureContext; readonly name: string }

/** The system's authorities and certs.d, for all pulls. */
export class CertificateStore {
  readonly #directories: readonly string[];
  #roots: Promise<readonly string[]> | undefined;
  #system: Promise<NamedContext> | undefined;

  /** @param directories certs.d directories; for a host the first one with a directory of its name counts */
  constructor(directories: readonly string[]) {
    this.#directories = directories;
  }

  /** The context for a `host[:port]` as the reference writes it. @throws FailedPreconditionError naming the file that is wrong */
  async context(host: string): Promise<NamedContext> {
    const name = host === DOCKER_HUB_HOST ? 'docker.io' : host;
    for (const path of this.#directories.map((directory) => join(directory, name))) {
      const own = await readHostDirectory(path);
      if (own) return { secureContext: makeContext(path, { ...own, ca: [...await this.#systemRoots(), ...own.ca] }), name: createHash('sha256').update(JSON.stringify(own)).digest('hex') };
    }
    return this.#system ??= this.#systemRoots().then((ca) => ({ secureContext: createSecureContext({ ca: [...ca] }), name: '' }));
  }

  #systemRoots(): Promise<readonly string[]> {
    return this.#roots ??= readSystemRoots();
  }
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

interface HostFiles { readonly ca: readonly string[]; readonly cert: readonly string[]; readonly key: readonly string[] }

/** `*.crt` are authorities, `NAME.cert` and `NAME.key` what we show; undefined when there is no such directory. */
async function readHostDirectory(directory: string): Promise<HostFiles | undefined> {
  let names: string[];
  try {
    names = (await readdir(directory)).sort();
  } catch (error) {
    // As other runtimes: a directory that is not for us is not there.
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errnoOf(error) ?? '')) return undefined;
    throw new FailedPreconditionError(`read certificates ${JSON.stringify(directory)}`, { cause: error });
  }
  const read = (ending: string): Promise<string[]> => Promise.all(names.filter((n) => n.endsWith(ending)).map((n) => readPem(join(directory, n))));
  const unpaired = names.find((n) => (n.endsWith('.cert') && !names.includes(n.replace(/\.cert$/, '.key'))) || (n.endsWith('.key') && !names.includes(n.replace(/\.key$/, '.cert'))));
  if (unpaired !== undefined) throw new FailedPreconditionError(`read certificates ${JSON.stringify(join(directory, unpaired))}: expected NAME.cert and NAME.key beside each other`);
  return { ca: await read('.crt'), cert: await read('.cert'), key: await read('.key') };
}

function makeContext(directory: string, { ca, cert, key }: HostFiles): SecureContext {
  try {
    return createSecureContext({ ca: [...ca], ...(cert.length > 0 && { cert: [...cert], key: [...key] }) });
  } catch (error) {
    throw new FailedPreconditionError(`read certificates ${JSON.stringify(directory)}: expected PEM certificates and keys`, { cause: error });
  }
}

async function readSystemRoots(): Promise<readonly string[]> {
  for (const path of SYSTEM_BUNDLES) {
    const text = await readPem(path).catch(() => undefined);
    if (text !== undefined) return [text];
  }
  // A node without a bundle has those that Node brings.
  return getCACertificates('bundled');
}

async function readPem(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > CERTIFICATE_LIMIT_BYTES) throw new FailedPreconditionError(`${size} bytes; expected at most ${CERTIFICATE_LIMIT_BYTES}`);
    return await file.readFile('utf8');
  } catch (error) {
    throw new FailedPreconditionError(`read certificate ${JSON.stringify(path)}`, { cause: error });
  }
}
