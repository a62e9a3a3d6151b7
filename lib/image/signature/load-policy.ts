import { open } from 'node:fs/promises';
import { errnoOf, InvalidArgumentError } from '#errors';
import { parsePolicy } from './policy.ts';
import type { Policy } from './policy.ts';

/** Where the policy is. */
export interface PolicyFile {
  readonly path: string;
  /** An absent file lets everything through; else it is an error. */
  readonly optional: boolean;
}

const POLICY_LIMIT_BYTES = 4 * 1024 * 1024;

/** Reads the policy; undefined: there is none, and every image may be pulled. @throws InvalidArgumentError */
export async function loadPolicy({ path, optional }: PolicyFile): Promise<Policy | undefined> {
  let text: string;
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > POLICY_LIMIT_BYTES) throw new InvalidArgumentError(`${size} bytes; expected at most ${POLICY_LIMIT_BYTES}`);
    text = await file.readFile('utf8');
  } catch (error) {
    if (optional && errnoOf(error) === 'ENOENT') return undefined;
    throw new InvalidArgumentError(`read signature policy ${JSON.stringify(path)}`, { cause: error });
  }
  return parsePolicy(text, path);
}
