/** The kernel should kill a container before the daemon. */
import { readFileSync, writeFileSync } from 'node:fs';
import { errorText } from '#errors';
import type { Logger } from '#log';

/** What other container runtimes use; −1000 would exempt the daemon altogether. */
const OOM_SCORE_ADJ = -999;
const FILE = '/proc/self/oom_score_adj';

/** Lowers our own score unless it is that low; without CAP_SYS_RESOURCE it stays. Containers get their own from lib/oci. */
export function lowerOomScore(log: Logger): void {
  try {
    if (Number(readFileSync(FILE, 'utf8')) > OOM_SCORE_ADJ) writeFileSync(FILE, String(OOM_SCORE_ADJ));
  } catch (error) {
    log.info('the oom score of the daemon stays as it is', { wanted: OOM_SCORE_ADJ, error: errorText(error) });
  }
}
