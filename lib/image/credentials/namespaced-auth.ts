import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reference } from '../reference.ts';
import { repositoryOf } from '../reference.ts';
import { readAuthFile } from './auth-file.ts';
import type { AuthFile } from './auth-file.ts';

/**
 * The credentials that kubelet's credential provider (crio-credential-provider) has put down for one pull of a pod: `<namespace>-<sha256 of the repository>.json`.
 * Who reads them takes them away. @param namespace as a file name may have it. @throws InvalidArgumentError when the file cannot be read
 */
export async function takeNamespacedAuth(directory: string, namespace: string, reference: Reference): Promise<AuthFile | undefined> {
  const path = join(directory, `${namespace}-${createHash('sha256').update(repositoryOf(reference)).digest('hex')}.json`);
  try {
    const file = await readAuthFile(path);
    return file.auths.size + file.credHelpers.size > 0 || file.credsStore !== undefined ? file : undefined;
  } finally {
    await rm(path, { force: true });
  }
}
