import type { SpdyConnection } from '../spdy/connection.ts';
import { ResetStatus } from '../spdy/frames.ts';
import type { SpdyStream } from '../spdy/stream.ts';
import { STREAM_CREATION_TIMEOUT_MS } from '../limits.ts';
import { runCommand } from './session.ts';
import type { CommandTarget } from './session.ts';

/** Protocols of exec and attach over SPDY. v1 differs from v2 only in what its clients do. */
export const SPDY_COMMAND_PROTOCOLS: readonly string[] = ['v4.channel.k8s.io', 'v3.channel.k8s.io', 'v2.channel.k8s.io', 'channel.k8s.io'];

export interface CommandSession {
  onStream(stream: SpdyStream): void;
  /** The connection has ended. */
  onEnd(): void;
}

/** Waits until the client has opened the streams of its command, then runs it and ends the connection. */
export function commandOverSpdy(target: CommandTarget, protocol: string, connection: SpdyConnection): CommandSession {
  const wanted = wantedStreams(target, protocol);
  const streams = new Map<string, SpdyStream>();
  const gone = new AbortController();
  const late = setTimeout(() => connection.close(), STREAM_CREATION_TIMEOUT_MS);
  let begun = false;
  const run = async (): Promise<void> => {
    clearTimeout(late);
    begun = true;
    const at = (name: string): SpdyStream | undefined => streams.get(name);
    const error = streams.get('error') as SpdyStream;
    error.input.close();
    await runCommand(target, {
      stdin: at('stdin')?.input, stdout: at('stdout'), stderr: at('stderr'), resize: at('resize')?.input, error, structuredStatus: protocol.startsWith('v4.'),
    }, gone.signal);
    connection.close();
  };
  return {
    onStream(stream) {
      const type = stream.headers.get('streamtype')?.toLowerCase() ?? '';
      if (begun || !wanted.has(type) || streams.has(type)) {
        stream.reset(ResetStatus.refusedStream);
        return;
      }
      streams.set(type, stream);
      stream.reply();
      if (streams.size === wanted.size) void run();
    },
    onEnd() {
      clearTimeout(late);
      gone.abort();
    },
  };
}

function wantedStreams({ request }: CommandTarget, protocol: string): ReadonlySet<string> {
  const hasResize = request.tty && (protocol.startsWith('v4.') || protocol.startsWith('v3.'));
  return new Set(['error', ...request.stdin ? ['stdin'] : [], ...request.stdout ? ['stdout'] : [], ...request.stderr ? ['stderr'] : [], ...hasResize ? ['resize'] : []]);
}
