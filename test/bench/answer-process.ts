/** A server that answers every call with as many bytes as it is told: `answer-process.ts SOCKET BYTES`. */
import { createServer } from 'node:http2';

const [socket = '', bytes = '0'] = process.argv.slice(2);
const head = Buffer.alloc(5);
head.writeUInt32BE(Number(bytes), 1);
const body = Buffer.concat([head, Buffer.alloc(Number(bytes), 'x')]);

createServer().on('stream', (stream) => {
  stream.resume();
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(body);
}).listen(socket, () => process.stdout.write('ready\n'));
