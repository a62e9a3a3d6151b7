import type { IncomingMessage } from 'node:http';
import { DataLossError, DeadlineExceededError } from '#errors';

/**
 * The chunks of an answer, with back-pressure: the next is asked for when the caller has done with the last. A chunk is the caller's own. The idle time counts
 * only while the network is waited for. Leaving the loop early destroys the connection.
 * @throws DeadlineExceededError, or ECONNRESET when the body ends before its Content-Length.
 */
export async function* readBody(response: IncomingMessage, options: { idleTimeoutMs: number; signal: AbortSignal }): AsyncGenerator<Buffer> {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) response.destroy(new DeadlineExceededError(`no byte of the body for ${options.idleTimeoutMs} ms`));
    else timer.refresh();
  }, options.idleTimeoutMs);
  const onAbort = (): void => { response.destroy(options.signal.reason instanceof Error ? options.signal.reason : new Error('aborted')); };
  if (options.signal.aborted) onAbort();
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      waiting = false;
      yield chunk;
      waiting = true;
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
    response.destroy();
  }
}

/** The whole of a small answer. @throws DataLossError when it is longer than `limitBytes` */
export async function readDocument(response: IncomingMessage, limitBytes: number, options: { idleTimeoutMs: number; signal: AbortSignal }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readBody(response, options)) {
    size += chunk.length;
    if (size > limitBytes) throw new DataLossError(`the answer is longer than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
