import { setTimeout as sleep } from 'node:timers/promises';
import { errorText } from '#errors';
import type { Logger } from '#log';
import type { Storage } from '#storage';

/** Checks every layer each `intervalMs` (0: never) and logs what is damaged. Disposing ends it. */
export function startScrub(storage: Pick<Storage, 'check'>, { intervalMs, bytesPerSecond }: { intervalMs: number; bytesPerSecond: number }, log: Logger): AsyncDisposable {
  const closing = new AbortController();
  const running = intervalMs === 0 ? Promise.resolve() : scrubForEver(storage, { intervalMs, bytesPerSecond, signal: closing.signal }, log);
  return { [Symbol.asyncDispose]: async () => { closing.abort(); await running; } };
}

async function scrubForEver(storage: Pick<Storage, 'check'>, how: { intervalMs: number; bytesPerSecond: number; signal: AbortSignal }, log: Logger): Promise<void> {
  const { intervalMs, bytesPerSecond, signal } = how;
  while (!signal.aborted) {
    try {
      await sleep(intervalMs, undefined, { signal, ref: false });
      let layers = 0;
      for await (const report of storage.check({ full: true, bytesPerSecond, signal })) {
        if (report.kind === 'layer') layers++;
        if (report.problems > 0) log.error('damage found; run davit check --repair', { ...(report.kind === 'layer' ? { layer: report.chainID } : {}), problems: report.problems, first: report.named[0] ?? '' });
      }
      log.info('layers checked', { layers });
    } catch (error) {
      if (!signal.aborted) log.warn('checking the layers failed', { error: errorText(error) });
    }
  }
}
