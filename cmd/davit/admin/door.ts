/** The daemon's side of the admin door. */
import { once } from 'node:events';
import { chmod, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { raceSignal } from '#async';
import { CancelledError, DavitError, errorText, FailedPreconditionError, InvalidArgumentError, NotFoundError, ResourceExhaustedError, UnavailableError } from '#errors';
import type { AdminCommand, AdminParts } from './command.ts';
import type { AdminReply } from './wire.ts';
import { adminSocketPath, MAX_REPLY_BYTES, MAX_REQUEST_BYTES, readLines } from './wire.ts';

interface Request { readonly command?: unknown; readonly request?: unknown; readonly root?: unknown }
interface Place { readonly root: string; readonly runroot: string }

/** From the connection to the whole request. */
const REQUEST_TIMEOUT_MS = 10_000;
/** A client that reads nothing for so long is given up. */
const READER_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 64;
/** root alone: who comes in may do everything. */
const SOCKET_MODE = 0o600;

/**
 * Opens the door below a runroot that this process has locked, with the root. Disposing closes it, cancels what is under way and waits for its end.
 * @throws a system error when the socket cannot be made, as when its path is longer than the kernel takes
 */
export async function openAdminDoor({ root, runroot }: Place, commands: Readonly<Record<string, AdminCommand<unknown>>>, parts: AdminParts): Promise<AsyncDisposable> {
  const path = adminSocketPath(runroot);
  const closing = new AbortController();
  const serving = new Set<Promise<void>>();
  const server = createServer((socket) => {
    const served = serveConnection(socket, commands, { parts, root, runroot }, closing.signal).finally(() => serving.delete(served));
    serving.add(served);
  });
  server.maxConnections = MAX_CONNECTIONS;
  // What a daemon left that was killed; nobody else has this runroot.
  await rm(path, { force: true });
  await listen(server, path);
  await chmod(path, SOCKET_MODE);
  return { [Symbol.asyncDispose]: async () => {
    const closed = once(server, 'close');
    server.close();
    closing.abort(new UnavailableError('the daemon is stopping'));
    await Promise.all(serving);
    await closed;
  } };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new UnavailableError(`listen on ${JSON.stringify(path)}`, { cause: error })));
    server.listen(path, () => resolve());
  });
}

async function serveConnection(socket: Socket, commands: Readonly<Record<string, AdminCommand<unknown>>>, { parts, ...place }: Place & { readonly parts: AdminParts }, closing: AbortSignal): Promise<void> {
  // A connection that breaks is one that closes.
  socket.on('error', () => undefined);
  const gone = new AbortController();
  socket.once('close', () => gone.abort(new CancelledError('the client has gone')));
  const signal = AbortSignal.any([gone.signal, closing]);
  try {
    const line = await raceSignal(readRequest(socket), AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]), 'read the request');
    // Read on, to see the client go.
    socket.resume();
    const { root, ...asked } = parseRequest(line);
    if (typeof root === 'string') await checkRoot(root, place);
    for await (const item of commandOf(asked, commands)(parts, signal)) await reply(socket, { item }, signal);
    await reply(socket, { end: true }, signal);
  } catch (error) {
    if (!(error instanceof DavitError)) parts.log.error('admin command failed', { error: error instanceof Error ? error.stack ?? error.message : String(error) });
    const code = error instanceof DavitError ? error.code : 'Internal';
    if (!gone.signal.aborted) await reply(socket, { error: { code, message: errorText(error) } }, gone.signal).catch(() => undefined);
  } finally {
    socket.destroySoon();
  }
}

async function readRequest(socket: Socket): Promise<string> {
  for await (const line of readLines(socket, MAX_REQUEST_BYTES)) return line;
  throw new CancelledError('the client has gone');
}

/** Who names a root means no other one, whichever daemon the runroot leads to. */
async function checkRoot(wanted: string, { root, runroot }: Place): Promise<void> {
  const [meant, own] = await Promise.all([wanted, root].map((path) => realpath(path).catch(() => path)));
  if (meant !== own) throw new FailedPreconditionError(`the davit of runroot ${JSON.stringify(runroot)} has the root ${JSON.stringify(root)}, not ${JSON.stringify(wanted)}; expected --runroot of the one that is meant`);
}

function commandOf({ command: name, request }: Request, commands: Readonly<Record<string, AdminCommand<unknown>>>): (parts: AdminParts, signal: AbortSignal) => AsyncIterable<unknown> {
  const command = typeof name === 'string' && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new NotFoundError(`command ${JSON.stringify(name)} is unknown to this daemon; expected one of ${Object.keys(commands).join(', ')}`);
  return (parts, signal) => command(typeof request === 'object' && request !== null ? { ...request } : {}, parts, signal);
}

function parseRequest(line: string): Request {
  try {
    return { ...JSON.parse(line) as object };
  } catch (error) {
    throw new InvalidArgumentError('the request is no JSON', { cause: error });
  }
}

async function reply(socket: Socket, answer: AdminReply, signal: AbortSignal): Promise<void> {
  const line = Buffer.from(`${JSON.stringify(answer)}\n`);
  if (line.length > MAX_REPLY_BYTES) throw new ResourceExhaustedError(`an item of ${line.length} bytes; expected at most ${MAX_REPLY_BYTES}`);
  if (socket.write(line)) return;
  const timeout = AbortSignal.timeout(READER_TIMEOUT_MS);
  await once(socket, 'drain', { signal: AbortSignal.any([signal, timeout]) }).catch((error: unknown) => {
    socket.destroy();
    throw new CancelledError('the client does not read', { cause: error });
  });
}
