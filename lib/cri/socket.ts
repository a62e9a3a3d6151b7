/** The place of the daemon's socket: what an earlier daemon left there, and who may connect. */
import { lstat, mkdir, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { errnoOf, FailedPreconditionError, InvalidArgumentError } from '#errors';

/** sun_path less its closing NUL. */
export const MAX_SOCKET_PATH_BYTES = 107;
/** root and the socket's group connect; nobody else. */
export const SOCKET_MODE = 0o660;
/** A daemon that does not even accept in this time is alive all the same: its backlog is full. */
const PROBE_TIMEOUT_MS = 1000;

/**
 * Makes the directories above `path` and takes away a socket that nobody listens on.
 * @throws InvalidArgumentError for a path that no socket can have
 * @throws FailedPreconditionError when a daemon answers there, or when something else is there
 */
export async function prepareSocket(path: string): Promise<void> {
  if (!path.startsWith('/')) throw new InvalidArgumentError(`listen on ${JSON.stringify(path)}: no absolute path`);
  const bytes = Buffer.byteLength(path);
  if (bytes > MAX_SOCKET_PATH_BYTES) throw new InvalidArgumentError(`listen on ${JSON.stringify(path)}: ${bytes} bytes long, the kernel takes at most ${MAX_SOCKET_PATH_BYTES}`);
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  const found = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isSocket()) throw new FailedPreconditionError(`listen on ${JSON.stringify(path)}: a file that is no socket is there; remove it or listen elsewhere`);
  if (await isAnswered(path)) throw new FailedPreconditionError(`listen on ${JSON.stringify(path)}: another daemon answers there; stop it or listen elsewhere`);
  await unlink(path);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path, timeout: PROBE_TIMEOUT_MS });
    const settle = (answered: boolean): void => { socket.destroy(); resolve(answered); };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(true));
    socket.once('error', (error) => settle(!['ECONNREFUSED', 'ENOENT'].includes(errnoOf(error) ?? '')));
  });
}
