import type { PullLimits } from '#image';
import { durationMs } from '../config/duration.ts';
import type { Config } from '../config/schema.ts';

/** The limits of pulls as the configuration sets them; a time of 0 leaves davit's own. */
export function pullLimits(image: Config['image']): Partial<PullLimits> {
  const times = {
    idleBodyTimeoutMs: durationMs(image.pull_progress_timeout), dialTimeoutMs: durationMs(image.pull_connect_timeout),
    headersTimeoutMs: durationMs(image.pull_answer_timeout), retryAfterMaxMs: durationMs(image.pull_retry_after_max), rateWindowMs: durationMs(image.pull_min_rate_window),
  };
  return {
    ...Object.fromEntries(Object.entries(times).filter(([, ms]) => ms > 0)),
    outageMs: durationMs(image.pull_outage_max), minBytesPerSecond: image.pull_min_rate, maxBytesPerSecond: image.pull_max_rate, layersInFlight: image.pull_max_layers, rangesTotalBytes: image.pull_ranges_size,
  };
}
