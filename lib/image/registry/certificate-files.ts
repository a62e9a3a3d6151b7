/** The files of a directory of certs.d. Other runtimes pass over a `.crt` that is none without a word, and the registry is then not trusted: here it is an error with its name. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, FailedPreconditionError } from '#errors';

const CERTIFICATE_LIMIT_BYTES = 1024 * 1024;
/** One certificate; what stands around is for people. */
const CERTIFICATE = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[^]*?-----END \1-----/g;

export interface HostFiles { readonly ca: readonly string[]; readonly cert: readonly string[]; readonly key: readonly string[] }

/** `*.crt` are authorities, `NAME.cert` and `NAME.key` what we show; undefined when there is no such directory. @throws FailedPreconditionError naming the file that is wrong */
export async function readHostDirectory(directory: string): Promise<HostFiles | undefined> {
  let names: string[];
  try {
    names = (await readdir(directory)).sort();
  } catch (error) {
    // As other runtimes: a directory that is not for us is not there.
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errnoOf(error) ?? '')) return undefined;
    throw new FailedPreconditionError(`read certificates ${JSON.stringify(directory)}`, { cause: error });
  }
  const unpaired = names.find((n) => (n.endsWith('.cert') && !names.includes(n.replace(/\.cert$/, '.key'))) || (n.endsWith('.key') && !names.includes(n.replace(/\.key$/, '.cert'))));
  if (unpaired !== undefined) throw new FailedPreconditionError(`read certificates ${JSON.stringify(join(directory, unpaired))}: expected NAME.cert and NAME.key beside each other`);
  const ending = (text: string): string[] => names.filter((n) => n.endsWith(text)).map((n) => join(directory, n));
  const ca = await Promise.all(ending('.crt').map(async (path) => (await readCertificates(path)).text));
  const pairs = await Promise.all(ending('.cert').map((path) => readPair(path, path.replace(/\.cert$/, '.key'))));
  return { ca, cert: pairs.map(({ cert }) => cert), key: pairs.map(({ key }) => key) };
}

/** The text of a file of PEM. */
export async function readPem(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > CERTIFICATE_LIMIT_BYTES) throw new FailedPreconditionError(`${size} bytes; expected at most ${CERTIFICATE_LIMIT_BYTES}`);
    return await file.readFile('utf8');
  } catch (error) {
    throw new FailedPreconditionError(`read certificate ${JSON.stringify(path)}`, { cause: error });
  }
}

/** @throws FailedPreconditionError for a file without a certificate, or with one that cannot be read: OpenSSL would stop there, and not say so. */
async function readCertificates(path: string): Promise<{ text: string; first: X509Certificate }> {
  const text = await readPem(path);
  const [first] = (text.match(CERTIFICATE) ?? []).map((pem) => expecting('PEM certificates', path, () => new X509Certificate(pem)));
  if (!first) throw new FailedPreconditionError(`read certificate ${JSON.stringify(path)}: there is none in it; expected PEM, "-----BEGIN CERTIFICATE-----"`);
  return { text, first };
}

async function readPair(certPath: string, keyPath: string): Promise<{ cert: string; key: string }> {
  const [{ text: cert, first }, key] = await Promise.all([readCertificates(certPath), readPem(keyPath)]);
  const privateKey = expecting('a PEM key without a passphrase', keyPath, () => createPrivateKey(key));
  if (!first.checkPrivateKey(privateKey)) throw new FailedPreconditionError(`read certificate ${JSON.stringify(certPath)}: it is not of the key ${JSON.stringify(keyPath)}`);
  return { cert, key };
}

function expecting<T>(what: string, path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FailedPreconditionError(`read certificate ${JSON.stringify(path)}: expected ${what}`, { cause: error });
  }
}
