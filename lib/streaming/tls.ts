import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import { errorText, InvalidArgumentError } from '#errors';
import type { Logger } from '#log';
import type { TlsFiles } from './api.ts';

/** How often the files are looked at: who renews a certificate does so days before its end. */
const RELOAD_INTERVAL_MS = 60_000;

export interface WatchedTls extends Disposable {
  readonly options: TlsOptions;
  /** Called with new options when the files have changed and are usable. */
  onChange(listener: (options: SecureContextOptions) => void): void;
}

/** Reads certificate and key, and again when they change; what cannot be used is logged and the last good stays. @throws InvalidArgumentError when they cannot be used at first. */
export async function watchTls(files: TlsFiles, log: Logger, intervalMs: number = RELOAD_INTERVAL_MS): Promise<WatchedTls> {
  let current = await load(files);
  let listener: ((options: SecureContextOptions) => void) | undefined;
  const look = async (): Promise<void> => {
    try {
      const fresh = await load(files);
      if (fresh.cert === current.cert && fresh.key === current.key && fresh.ca === current.ca) return;
      current = fresh;
      listener?.(fresh);
      log.info('streaming server: the certificate was read again', { cert: files.cert });
    } catch (error) {
      log.warn('streaming server: the changed certificate cannot be used, the last one stays', { error: errorText(error) });
    }
  };
  const timer = setInterval(() => void look(), intervalMs);
  return {
    options: { ...current, ...(files.ca === '' ? {} : { requestCert: true, rejectUnauthorized: true }) },
    onChange: (wanted) => { listener = wanted; },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

async function load(files: TlsFiles): Promise<SecureContextOptions> {
  const [cert, key, ca] = await Promise.all([readPem(files.cert), readPem(files.key), files.ca === '' ? undefined : readPem(files.ca)]);
  const options: SecureContextOptions = {
    cert, key, minVersion: files.minVersion, ...(ca === undefined ? {} : { ca }), ...(files.cipherSuites.length === 0 ? {} : { ciphers: files.cipherSuites.join(':') }),
  };
  try {
    createSecureContext(options);
    // OpenSSL takes authorities that are none, and would refuse every client.
    if (ca !== undefined) new X509Certificate(ca);
  } catch (error) {
    throw new InvalidArgumentError(`use certificate "${files.cert}" with key "${files.key}"${files.ca === '' ? '' : ` and authorities "${files.ca}"`}`, { cause: error });
  }
  return options;
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    throw new InvalidArgumentError(`read "${path}" for the streaming server`, { cause: error });
  }
}
