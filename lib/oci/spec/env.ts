import { InvalidArgumentError } from '#errors';
import type { EnvVar } from '../config.ts';

/** PATH where neither the node's defaults nor the image nor the container set one, as Docker's. */
const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The environment in order of precedence, each name once: the container's over the image's over the node's defaults. */
export function processEnv(input: { readonly envs: readonly EnvVar[]; readonly imageEnv: readonly string[]; readonly defaultEnv: readonly string[]; readonly hostname: string; readonly tty: boolean }): string[] {
  const env = new Map<string, string>();
  const set = (entry: string): void => { env.set(entry.split('=', 1)[0] ?? entry, entry); };
  set(DEFAULT_PATH);
  if (input.tty) set('TERM=xterm');
  if (input.hostname !== '') set(`HOSTNAME=${input.hostname}`);
  for (const entry of [...input.defaultEnv, ...input.imageEnv]) if (entry !== '') set(entry);
  for (const { key, value } of input.envs) set(`${checkedKey(key)}=${text(key, value)}`);
  return [...env.values()];
}

function checkedKey(key: string): string {
  if (key === '' || /[=\0]/.test(key)) throw new InvalidArgumentError(`environment variable '${key.replaceAll('\0', '\\0')}': the name must not be empty or hold '=' or NUL`);
  return key;
}

/** config.json is JSON, so a value has to be Unicode to get through. */
function text(key: string, value: Uint8Array): string {
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
    if (decoded.includes('\0')) throw new InvalidArgumentError(`environment variable '${key}': the value holds a NUL byte`);
    return decoded;
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw error;
    throw new InvalidArgumentError(`environment variable '${key}': the value is not UTF-8, which the OCI configuration cannot express`, { cause: error });
  }
}
