import type { ByteSink, ByteSource, Connection } from '#conmon';

/**
 * Carries bytes both ways until both directions have ended; the end of one is passed on and does not end the other.
 * @param signal aborts when the client has gone: the connection is closed.
 */
export async function forward(connection: Connection, fromClient: ByteSource, toClient: ByteSink, signal: AbortSignal): Promise<void> {
  const [sent, received] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const gone = (): void => { connection.close(); sent.resolve(); received.resolve(); };
  if (signal.aborted) gone();
  else signal.addEventListener('abort', gone, { once: true });
  connection.open({ take: (piece, done) => toClient.write(piece, done), end: () => { toClient.end(); received.resolve(); } });
  fromClient.open({ take: (piece, done) => connection.write(piece, done), end: () => { connection.end(); sent.resolve(); } });
  await Promise.all([sent.promise, received.promise]);
  signal.removeEventListener('abort', gone);
  connection.close();
}
