import type { IncomingMessage } from 'node:http';
import { ERROR_BODY_LIMIT_BYTES, ERROR_BODY_TIMEOUT_MS } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { readDocument } from './body.ts';

const MAX_SHOWN_CHARS = 256;

/** For messages: status and words of an answer that is not the one wanted; reads at most some of its body. */
export async function answerText(response: IncomingMessage, options: { limits: PullLimits; signal: AbortSignal }): Promise<string> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(ERROR_BODY_TIMEOUT_MS)]);
  const text = await readDocument(response, ERROR_BODY_LIMIT_BYTES, { limits: options.limits, signal }).then(bodyText, () => '');
  return `${response.statusCode ?? 0}${response.statusMessage ? ` ${shown(response.statusMessage)}` : ''}${text === '' ? '' : `: ${text}`}`;
}

/** The server's own words: the first of a registry's `errors`, else the beginning of the text. */
function bodyText(body: Buffer): string {
  const text = body.toString('utf8');
  return shown(firstError(text) || text);
}

/** '' where there is none. */
function firstError(text: string): string {
  try {
    const first = (JSON.parse(text) as { errors?: { code?: unknown; message?: unknown }[] }).errors?.[0];
    return [first?.code, first?.message].filter((p): p is string => typeof p === 'string' && p !== '').join(': ');
  } catch {
    return '';
  }
}

/** Text from outside on one line of bounded length. */
function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').trim().slice(0, MAX_SHOWN_CHARS);
}
