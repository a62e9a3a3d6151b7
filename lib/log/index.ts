/** Structured log lines for the daemon: text for a person, JSON for a collector, to one stream. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | bigint | undefined>>;

/** Writes one line; never throws. `child` adds fields to every line. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): Logger;
}

export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
/** A value longer than this is cut: no client chooses the size of a log line. */
const MAX_VALUE_CHARS = 4096;

/** @param write takes one line with its newline; stderr in the daemon. */
export function createLogger(options: { level: LogLevel; format: 'text' | 'json'; write: (line: string) => void }): Logger {
  const threshold = LOG_LEVELS.indexOf(options.level);
  const make = (base: LogFields): Logger => {
    const at = (level: LogLevel) => (message: string, fields: LogFields = {}): void => {
      if (LOG_LEVELS.indexOf(level) < threshold) return;
      options.write(formatLine(options.format, level, message, { ...base, ...fields }));
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: (fields) => make({ ...base, ...fields }) };
  };
  return make({});
}

/** A logger for tests and for code that has nowhere to write. */
export const silentLogger: Logger = createLogger({ level: 'error', format: 'text', write: () => undefined });

function formatLine(format: 'text' | 'json', level: LogLevel, message: string, fields: LogFields): string {
  const time = new Date().toISOString();
  const entries = Object.entries(fields).filter((e): e is [string, string | number | boolean | bigint] => e[1] !== undefined)
    .map(([k, v]) => [k, typeof v === 'bigint' ? v.toString() : typeof v === 'string' ? v.slice(0, MAX_VALUE_CHARS) : v] as const);
  if (format === 'json') return `${JSON.stringify({ time, level, msg: message, ...Object.fromEntries(entries) })}\n`;
  const tail = entries.map(([k, v]) => ` ${k}=${typeof v === 'string' && /[\s"=\\]|^$/.test(v) ? JSON.stringify(v) : String(v)}`).join('');
  return `${time} ${level.padEnd(5)} ${message.replace(/[\r\n]+/g, ' ')}${tail}\n`;
}
