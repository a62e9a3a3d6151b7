import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

const NORMAL_CLOSURE = 1000;

/** The bytes of a WebSocket's binary messages as one stream; where one message ends and the next begins means nothing. */
export function tunnel(socket: WebSocket): Duplex {
  const stream: Duplex = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      if (socket.readyState === socket.OPEN) socket.send(chunk, { binary: true }, done);
      else done(new Error('the WebSocket is closed'));
    },
    final: (done) => { socket.close(NORMAL_CLOSURE); done(); },
    destroy: (error, done) => { socket.terminate(); done(error); },
  });
  socket.on('message', (data) => { if (!stream.push(data)) socket.pause(); });
  socket.on('error', (error) => stream.destroy(error));
  socket.on('close', () => { stream.push(null); });
  return stream;
}
