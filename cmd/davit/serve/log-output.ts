/** Log lines to standard error, which may be slow, full or gone: none of that may stop the daemon or fill its memory. */
import type { Writable } from 'node:stream';

/** What may wait for a slow reader; lines beyond it are dropped and counted. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Returns what createLogger() writes to. Lines are dropped while the reader does not keep up, and for good when it has gone. */
export function logOutput(stream: Writable): (line: string) => void {
  let dropped = 0;
  stream.on('error', () => { dropped = Infinity; });
  return (line) => {
    if (dropped === Infinity) return;
    if (stream.writableLength > MAX_WAITING_BYTES) { dropped++; return; }
    if (dropped > 0) stream.write(`${new Date().toISOString()} warn  log lines were dropped: the reader is too slow count=${dropped}\n`);
    dropped = 0;
    stream.write(line);
  };
}
