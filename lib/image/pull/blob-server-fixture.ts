import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEFAULT_PULL_LIMITS } from '../limits.ts';
import type { BlobSource } from '../registry/registry-client.ts';
import { Transport } from '../registry/transport.ts';
import { CertificateStore, Trust } from '../registry/trust.ts';

/** A server that answers every request with `answer`, as a source of blobs. Disposing ends it. */
export async function serveBlob(answer: (response: ServerResponse) => void): Promise<BlobSource & AsyncDisposable> {
  const server = createServer((_, response) => { answer(response.on('error', () => undefined)); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const transport = new Transport(DEFAULT_PULL_LIMITS);
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const trust = new Trust(new CertificateStore([]), true);
  return {
    name: 'it', host: url.host, openBlob: (_digest, _range, signal) => transport.send({ url, method: 'GET', headers: {}, trust }, signal),
    [Symbol.asyncDispose]: async () => {
      transport[Symbol.dispose]();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
