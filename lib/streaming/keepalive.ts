import { KEEPALIVE_MS } from './limits.ts';

/** What a connection is looked at for. */
export interface KeptAlive {
  /** Bytes that have gone either way. */
  readonly traffic: number;
  ping(): void;
  /** Nothing has happened since the last look. */
  rest(): void;
  destroy(error: Error): void;
}

/**
 * Sends a ping now and then, so that a client that has vanished is noticed even while it is not read, and ends a connection on which
 * nothing has happened for `idleMs`. @returns stops that
 */
export function keepAlive(connection: KeptAlive, idleMs: number): () => void {
  let traffic = connection.traffic;
  let quietSince = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (connection.traffic !== traffic) [traffic, quietSince] = [connection.traffic, now];
    else connection.rest();
    if (now - quietSince >= idleMs) connection.destroy(new Error(`the stream was idle for ${idleMs} ms`));
    else connection.ping();
  }, Math.max(1, Math.min(KEEPALIVE_MS, idleMs / 2)));
  return () => clearInterval(timer);
}
