/**
 * The extractor: a process that unpacks one layer after another, fed by the daemon through stdin. It ends when stdin does, or after a layer that failed,
 * and dies with the daemon: nobody writes to staging that the next one sweeps.
 * Started by extractor-process.ts; see frames.ts for what is said.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { dieWithParent } from '#linux';
import { toRemoteError } from '../remote-error.ts';
import { Extraction } from './extraction.ts';
import { FRAME, FrameParser, type ExtractorMessage, type ExtractRequest } from './frames.ts';
import { readInputs } from './input.ts';

const PROGRESS_INTERVAL_MS = 200;

dieWithParent(Number(process.argv[2]));
process.umask(0);
await serve().catch(fail);

async function serve(): Promise<void> {
  const pieces: { type: number; piece: Buffer; last: boolean }[] = [];
  const parser = new FrameParser((type, piece, last) => pieces.push({ type, piece, last }));
  let json = '';
  let extraction: Extraction | undefined;
  for await (const input of readInputs(0)) {
    parser.push(input.bytes);
    for (const { type, piece, last } of pieces.splice(0)) {
      if (type === FRAME.data && extraction) {
        const written = extraction.write(piece);
        input.hold(written);
        // At once, though nothing more may come.
        written.catch(fail);
      } else if (type === FRAME.begin) {
        json += piece.toString('latin1');
        if (!last) continue;
        extraction = new Extraction(JSON.parse(Buffer.from(json, 'latin1').toString()) as ExtractRequest, progressReporter());
        json = '';
      } else if (type === FRAME.end && extraction) {
        await using finished = extraction;
        extraction = undefined;
        send({ kind: 'done', result: await finished.finish() });
        // Now and not at exit: an extractor may be killed.
        flushCompileCache();
      }
    }
  }
}

function progressReporter(): (progress: { uncompressedBytes: number; entries: number }) => void {
  let last = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    send({ kind: 'progress', ...progress });
  };
}

function fail(error: unknown): never {
  send({ kind: 'failed', ...toRemoteError(error) });
  process.exit(1);
}

function send(message: ExtractorMessage): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}
