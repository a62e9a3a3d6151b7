/**
 * The admin door: how the operator's commands speak with the running daemon. One unix socket, `<runroot>/davit-admin.sock`, for root alone.
 * A connection carries one request, a line of JSON `{"command": NAME, "request": {…}, "root": PATH}`, and its answer: a line `{"item": …}` for each thing the
 * daemon has to say, then `{"end": true}` or `{"error": {"code": …, "message": …}}`. Closing the connection cancels what was asked for.
 * `root` is there when the client named one: it must be the daemon's.
 */
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { DataLossError } from '#errors';

export type AdminReply = { readonly item: unknown } | { readonly end: true } | { readonly error: { readonly code: string; readonly message: string } };

export const MAX_REQUEST_BYTES = 64 * 1024;
/** Of one item; what is larger is told in several. */
export const MAX_REPLY_BYTES = 16 * 1024 * 1024;

export function adminSocketPath(runroot: string): string {
  return join(runroot, 'davit-admin.sock');
}

/** The lines that come in, without their ends; an unfinished last one is dropped. Leaving the loop leaves the socket open. @throws DataLossError for a line of more than `limitBytes` */
export async function* readLines(socket: Socket, limitBytes: number): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      rest = rest.subarray(end + 1);
      parts = [];
      size = 0;
    }
    parts.push(rest);
    size += rest.length;
    if (size > limitBytes) throw new DataLossError(`a line of more than ${limitBytes} bytes`);
  }
}
