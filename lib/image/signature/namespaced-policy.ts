import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, InvalidArgumentError } from '#errors';
import type { PolicyFile } from './load-policy.ts';

/** The policy that counts for pods of a namespace: `<directory>/<namespace>.json` if that exists, else `nodeWide`. @param namespace as a file name may have it */
export async function policyFileFor(directory: string, namespace: string, nodeWide: PolicyFile | undefined): Promise<PolicyFile | undefined> {
  const path = join(directory, `${namespace}.json`);
  try {
    await access(path);
    return { path, optional: false };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return nodeWide;
    throw new InvalidArgumentError(`read signature policy ${JSON.stringify(path)}`, { cause: error });
  }
}
