/** Names of the signals that end containers. */
import { constants } from 'node:os';

/** What glibc leaves to programs. */
const [RT_MIN, RT_MAX] = [34, 64];
/** Names that end at the middle: CRI counts the lower half from SIGRTMIN and the upper one from SIGRTMAX. */
const LAST_FROM_MIN = RT_MIN + 15;
const SIGNALS: Readonly<Record<string, number>> = constants.signals;

/**
 * CRI's name, as 'SIGTERM' or 'SIGRTMIN+3', of what an image's STOPSIGNAL may be: a number, or a name with or without SIG in any case
 * (https://docs.docker.com/reference/dockerfile/#stopsignal). Undefined for what is no signal.
 */
export function stopSignalName(text: string): string | undefined {
  const wanted = text.trim().toUpperCase();
  if (/^\d{1,2}$/.test(wanted)) return nameOf(Number(wanted));
  const name = wanted.startsWith('SIG') ? wanted : `SIG${wanted}`;
  if (Object.hasOwn(SIGNALS, name)) return name;
  const number = realTime(name);
  return number === undefined ? undefined : nameOf(number);
}

/** Number of a name of stopSignalName(); SIGTERM for any other. */
export function signalNumber(name: string): number {
  return realTime(name) ?? SIGNALS[name] ?? constants.signals.SIGTERM;
}

function realTime(name: string): number | undefined {
  const match = /^SIGRT(?:(MIN)(?:\+(\d{1,2}))?|MAX(?:-(\d{1,2}))?)$/.exec(name);
  if (!match) return undefined;
  const number = match[1] === 'MIN' ? RT_MIN + Number(match[2] ?? 0) : RT_MAX - Number(match[3] ?? 0);
  return number >= RT_MIN && number <= RT_MAX ? number : undefined;
}

function nameOf(number: number): string | undefined {
  if (number === RT_MIN) return 'SIGRTMIN';
  if (number === RT_MAX) return 'SIGRTMAX';
  if (number > RT_MIN && number <= LAST_FROM_MIN) return `SIGRTMIN+${number - RT_MIN}`;
  if (number > LAST_FROM_MIN && number < RT_MAX) return `SIGRTMAX-${RT_MAX - number}`;
  return Object.keys(SIGNALS).find((name) => SIGNALS[name] === number);
}
