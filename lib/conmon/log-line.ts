/** One record of a container's log in CRI's format: `<RFC 3339 time> <stream> <P|F> <content>`. */
export interface LogLine {
  /** As written, nine digits and `Z`. */
  readonly time: string;
  readonly stream: 'stdout' | 'stderr';
  /** The line goes on in the next record of the same stream. */
  readonly partial: boolean;
  readonly content: string;
}

const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP])(?::\S*)? ?([^]*)$/;

/** Reads one line, without its newline; undefined when it is not of the format. */
export function parseLogLine(line: string): LogLine | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, time = '', stream, tag, content = ''] = match;
  return { time, stream: stream === 'stderr' ? 'stderr' : 'stdout', partial: tag === 'P', content };
}

/** The line of a record, with its newline. */
export function formatLogLine(line: LogLine): string {
  return `${line.time} ${line.stream} ${line.partial ? 'P' : 'F'} ${line.content}\n`;
}
