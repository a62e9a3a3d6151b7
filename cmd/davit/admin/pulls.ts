import { delay } from '#async';
import type { PullProgress } from '#image';
import type { AdminCommand } from './command.ts';

const WATCH_INTERVAL_MS = 1000;

/** The pulls under way: once, or (`watch: true`) again and again until the client goes. */
export const pulls: AdminCommand<readonly PullProgress[]> = async function* ({ watch }, { images }, signal) {
  for (;;) {
    yield images.progress();
    if (watch !== true) return;
    await delay(WATCH_INTERVAL_MS, signal, 'watch pulls');
  }
};
