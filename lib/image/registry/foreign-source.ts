import type { IncomingMessage } from 'node:http';
import { throwIfAborted } from '#async';
import type { PullLimits } from '../limits.ts';
import { answerFailure, transportFailure } from './answer-failure.ts';
import { rangeHeader } from './byte-range.ts';
import { sendFollowing } from './redirects.ts';
import type { BlobSource } from './registry-client.ts';
import type { Transport } from './transport.ts';
import type { Trust } from './trust.ts';

/**
 * One of the `urls` of a foreign layer (image-spec descriptor.md). Whoever wrote the manifest chose the address: no credentials
 * of any kind are sent there, the certificate is verified, and only the digest makes the bytes good.
 */
export function foreignSource(address: string, { transport, trust, limits }: { transport: Transport; trust: Trust; limits: PullLimits }): BlobSource | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  const name = `${url.origin} (foreign address of the layer, anonymous)`;
  return { name, host: url.host, openBlob: async (_digest, range, signal) => {
    const headers = rangeHeader(range);
    let response: IncomingMessage;
    try {
      ({ response } = await sendFollowing(transport, { url, method: 'GET', headers, trust }, signal));
    } catch (error) {
      throwIfAborted(signal, `pull from ${url.origin}`);
      throw transportFailure(name, error);
    }
    if (response.statusCode === 200 || (response.statusCode === 206 && headers.range !== undefined)) return response;
    throw await answerFailure(name, response, { limits, signal });
  } };
}
