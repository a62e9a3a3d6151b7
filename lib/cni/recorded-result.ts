import { errorText } from '#errors';
import type { Logger } from '#log';
import type { AttachmentRecord } from './attachment-records.ts';
import type { JsonObject } from './json.ts';
import { convertResult } from './result.ts';
import { isAtLeast, PREV_RESULT_SINCE } from './version.ts';

/** The result that DEL and CHECK hand on, in the version of their request; undefined where that version has none, or none can be read. */
export function recordedResult({ attachment, network, result }: AttachmentRecord, log: Logger): JsonObject | undefined {
  if (!result || !isAtLeast(network.version, PREV_RESULT_SINCE)) return undefined;
  try {
    return convertResult(result, network.version);
  } catch (error) {
    log.warn('recorded result of a network attachment is unreadable; going on without it', { sandbox: attachment.sandboxId, error: errorText(error) });
    return undefined;
  }
}
