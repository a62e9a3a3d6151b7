/** Keeps room on the disk of root for the day when it is full. */
import { errorText } from '#errors';
import { fillReserve, isDiskFull, reservePath } from '#fs';
import type { Logger } from '#log';

/** What was used of the reserve is made good at this pace, once the disk has room again. */
const REFILL_MS = 60_000;

/** What was said last of the reserve. */
const WHOLE = 'the disk has room again';
const FULL = 'the disk is nearly full: what frees room still works, nothing else may';

/** Makes the reserve, and makes it whole again now and then; without it the daemon does what it can, and says once why. Dispose to stop. */
export async function keepReserve(root: string, log: Logger): Promise<Disposable> {
  const path = reservePath(root);
  let told: string = WHOLE;
  const tell = (state: string, message: string, fields: Readonly<Record<string, unknown>>): void => {
    if (state !== told) log.warn(message, { path, ...fields });
    told = state;
  };
  const fill = async (): Promise<void> => {
    try {
      const state = await fillReserve(path) ? WHOLE : FULL;
      tell(state, state, {});
    } catch (error) {
      if (isDiskFull(error)) tell(FULL, FULL, {});
      else tell(errorText(error), 'the reserve of the disk cannot be made', { error: errorText(error) });
    }
  };
  await fill();
  const timer = setInterval(() => { void fill(); }, REFILL_MS).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
