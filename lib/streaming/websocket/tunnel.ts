import { Duplex } from 'node:stream';
import type { ClientSocket } from '../client-socket.ts';
import { WebSocketConnection } from './connection.ts';
import { CloseCode, Opcode } from './frames.ts';

type Taker = Parameters<ClientSocket['onChunk']>[0];

/** What is written to it is sent in messages; what comes does not come through it. */
class TunnelSocket extends Duplex {
  readonly #connection: () => WebSocketConnection;

  constructor(connection: () => WebSocketConnection) {
    super({
      read: () => undefined,
      writev: (chunks, done) => { connection().send(Opcode.binary, [], chunks.map(({ chunk }) => chunk as Buffer), done); },
      final: (done) => { connection().close(CloseCode.normal); done(); },
      destroy: (error, done) => { connection().destroy(error ?? undefined); done(error); },
    });
    this.#connection = connection;
  }

  override pause(): this {
    this.#connection().pause();
    return this;
  }

  override resume(): this {
    this.#connection().resume();
    return this;
  }
}

export interface Tunnel extends ClientSocket {
  /** Bytes of the WebSocket that came with the request, once everything else is set up. */
  unshift(head: Buffer): void;
}

/** The bytes of a WebSocket's messages as one connection; where one message ends and the next begins means nothing. */
export function tunnel(client: ClientSocket): Tunnel {
  let take: Taker = (_chunk, done) => done();
  const socket: TunnelSocket = new TunnelSocket(() => connection);
  const connection: WebSocketConnection = new WebSocketConnection(client, { onPart: (part, _last, done) => take(part, done), onEnd: (error) => { socket.destroy(error); } }, { whole: false });
  return {
    socket,
    onChunk: (taker) => { take = taker; },
    unshift: (head) => connection.unshift(head),
    rest: () => connection.rest(),
  };
}
