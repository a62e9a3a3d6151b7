/**
 * The extractor: a process that unpacks one layer after another, fed by the daemon. It ends when its input does, or after a layer that failed,
 * and dies with the daemon: nobody writes to staging that the next one sweeps.
 * Started by extractor-process.ts; see messages.ts for what is said.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { Socket } from 'node:net';
import { DataLossError } from '#errors';
import { dieWithParent } from '#linux';
import { WARM } from '../extractor-command.ts';
import { toRemoteError } from '../remote-error.ts';
import { Extraction } from './extraction.ts';
import { ByteInput } from './input.ts';
import { CONTROL_FD, MAX_LINE_CHARS, type ExtractorOrder, type ExtractorMessage } from './messages.ts';

const PROGRESS_INTERVAL_MS = 200;

if (process.argv[2] === WARM) {
  flushCompileCache();
} else {
  dieWithParent(Number(process.argv[2]));
  process.umask(0);
  await serve().catch(fail);
}

async function serve(): Promise<void> {
  const input = new ByteInput(0);
  let extraction: Extraction | undefined;
  for await (const order of orders()) {
    if (order.kind === 'begin') {
      const begun = extraction = new Extraction(order.request, { onProgress: progressReporter(), onFailure: fail });
      input.start((bytes) => {
        const taken = begun.write(bytes);
        taken.catch(fail);
        return taken;
      });
    } else if (extraction) {
      await input.finish(order.bytes);
      await using finished = extraction;
      extraction = undefined;
      send({ kind: 'done', result: await finished.finish() });
    }
  }
}

async function* orders(): AsyncGenerator<ExtractorOrder> {
  let rest = '';
  for await (const text of new Socket({ fd: CONTROL_FD, readable: true, writable: false }).setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARS) throw new DataLossError(`read order: a line is longer than ${MAX_LINE_CHARS} characters`);
    for (const line of lines) yield JSON.parse(line) as ExtractorOrder;
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
