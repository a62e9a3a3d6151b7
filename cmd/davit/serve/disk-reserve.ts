/** Keeps room on the disk of root for the day when it is full. */
import { errorText } from '#errors';
import { fillReserve, reservePath } from '#fs';
import type { Logger } from '#log';

/** What was used of the reserve is made good at this pace, once the disk has room again. */
const REFILL_MS = 60_000;

/** Makes the reserve, and makes it whole again now and then; without it the daemon does what it can. Dispose to stop. */
export async function keepReserve(root: string, log: Logger): Promise<Disposable> {
  const path = reservePath(root);
  let isWhole = true;
  const fill = async (): Promise<void> => {
    const was = isWhole;
    isWhole = await fillReserve(path).catch((error: unknown) => { log.warn('the reserve of the disk cannot be made', { path, error: errorText(error) }); return false; });
    if (isWhole !== was) log.warn(isWhole ? 'the disk has room again' : 'the disk is nearly full: what frees room still works, nothing else may', { path });
  };
  await fill();
  const timer = setInterval(() => { void fill(); }, REFILL_MS).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
