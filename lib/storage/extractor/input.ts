import { read } from 'node:fs';
import { promisify } from 'node:util';

/** About what a socket holds. */
const BUFFER_BYTES = 256 * 1024;
/** One is filled while the others are worked on. */
const BUFFERS = 4;

const readInto = promisify(read);

/** Bytes that came in, in memory that is used again. */
export interface Input {
  readonly bytes: Buffer;
  /** Keeps `bytes` as they are until `work` settles. @throws later, from the loop over inputs, what `work` throws */
  hold(work: Promise<void>): void;
}

/** What comes in through `fd` until its end, a few buffers ahead of the work on them. */
export async function* readInputs(fd: number): AsyncGenerator<Input> {
  const slots = Array.from({ length: BUFFERS }, () => ({ buffer: Buffer.allocUnsafeSlow(BUFFER_BYTES), work: [] as Promise<void>[] }));
  for (;;) {
    for (const slot of slots) {
      await Promise.all(slot.work);
      slot.work = [];
      const { bytesRead } = await readInto(fd, slot.buffer, 0, BUFFER_BYTES, null);
      if (bytesRead === 0) return;
      yield {
        bytes: slot.buffer.subarray(0, bytesRead),
        hold: (work) => { work.catch(() => undefined); slot.work.push(work); },
      };
    }
  }
}
