import { Socket } from 'node:net';
import type { SocketConstructorOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { ReadBuffers } from '#conmon';

/** Takes what has come. The chunk is its own until it calls `done`, once; its memory is then used again. */
type ChunkTaker = (chunk: Buffer, done: () => void) => void;

/** A client's connection, and how it is read. */
export interface ClientSocket {
  /** To write, to pause, to close. */
  readonly socket: Duplex;
  /** Once, before anything can have come. */
  readonly onChunk: (take: ChunkTaker) => void;
  /** Nothing has come for a while: memory that is kept for more goes. */
  readonly rest: () => void;
}

/** A connection that node reads, into new memory each time. */
export function plainSocket(socket: Duplex): ClientSocket {
  return { socket, onChunk: (take) => { socket.on('data', (chunk: Buffer) => take(chunk, () => undefined)); }, rest: () => undefined };
}

/**
 * The same connection, read into memory that is used again: two thirds of the daemon's time of an exec's input goes into new memory, and into finding out that
 * it is of no more use. Node does so for sockets that it is told to when it makes them, and a server's it makes by itself: so the connection moves to a
 * socket that is made like that. The first one stays as who it is for the server, and is closed with the other. To be called before anything else is done
 * with a socket that is not being read by anybody. What is not plain TCP (TLS), or cannot be moved, is read as before.
 */
export function rereadSocket(original: Duplex): ClientSocket {
  const handle = handleOf(original);
  if (!handle) return plainSocket(original);
  const buffers = new ReadBuffers();
  let take: ChunkTaker = (_chunk, done) => done();
  const callback = (size: number, read: Uint8Array): boolean => {
    const buffer = read as Buffer;
    buffers.filled(buffer, size);
    take(buffer.subarray(0, size), () => buffers.giveBack(buffer));
    return true;
  };
  const options: SocketConstructorOpts & { handle: object } = { handle, allowHalfOpen: true, onread: { buffer: () => buffers.next(), callback } };
  (original as unknown as Handled)._handle = null;
  const socket = new Socket(options);
  original.once('close', () => socket.destroy());
  socket.once('close', () => original.destroy());
  return { socket, onChunk: (taker) => { take = taker; }, rest: () => buffers.rest() };
}

/** Where node keeps a socket's connection, which is no part of its interface. */
interface Handled { _handle: object | null }

function handleOf(socket: Duplex): object | undefined {
  return socket.constructor === Socket ? (socket as unknown as Partial<Handled>)._handle ?? undefined : undefined;
}
