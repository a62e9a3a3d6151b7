import type { IncomingMessage } from 'node:http';
import { EndpointFailure } from '../registry/failure.ts';
import type { BlobSource } from '../registry/registry-client.ts';

/** Whether a 206 says that it holds the bytes from `start` up to `end` (exclusive) of a blob of `sizeBytes` (RFC 9110 section 14.4). */
export function holdsRange({ headers }: IncomingMessage, start: number, end: number, sizeBytes: number): boolean {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  return range !== null && Number(range[1]) === start && Number(range[2]) === end - 1 && (range[3] === '*' || Number(range[3]) === sizeBytes);
}

/** Whether the server of this answer takes requests for ranges. */
export function takesRanges({ statusCode, headers }: IncomingMessage): boolean {
  return statusCode === 206 || headers['accept-ranges'] === 'bytes';
}

/**
 * Bytes to drop before the first wanted one: all before `offset` when the server ignores Range.
 * @param onWrongRange called when the answer is a range, and not the one asked for
 * @throws EndpointFailure when the answer is of another size or place
 */
export function bytesToSkip(response: IncomingMessage, source: BlobSource, offset: number, sizeBytes: number, onWrongRange: () => void): number {
  const refuse = (message: string, retriable = false): EndpointFailure => { response.destroy(); return new EndpointFailure(source.name, 'content', message, { retriable }); };
  const { 'content-length': length, 'content-encoding': encoding = 'identity', 'content-range': contentRange } = response.headers;
  const expected = response.statusCode === 206 ? sizeBytes - offset : sizeBytes;
  if (response.statusCode === 206 && !holdsRange(response, offset, sizeBytes, sizeBytes)) {
    onWrongRange();
    throw refuse(`asked for bytes ${offset}-${sizeBytes - 1}, the answer holds ${JSON.stringify(contentRange ?? 'no range')}`, true);
  }
  // Some servers call a compressed blob encoded: with the right length it is the blob itself.
  if (encoding !== 'identity' && Number(length) !== expected) throw refuse(`the answer is encoded as ${encoding}, although identity was asked for`);
  if (length !== undefined && Number(length) !== expected) throw refuse(`the registry sends ${Number(length)} bytes where the manifest says ${expected}`);
  return response.statusCode === 206 ? 0 : offset;
}
