import type { StreamSession } from './api.ts';
import type { ByteSource, ByteTaker, ProcessStreams } from './byte-streams.ts';

/** The streams of a session whose bytes come and go as frames. */
export function framedStreams(session: StreamSession, ended: Promise<number>): ProcessStreams {
  const [stdout, stderr] = [outputSource(session.stdout), outputSource(session.stderr)];
  const exited = Promise.all([ended, stdout.ended, stderr.ended]).then(([exitCode]) => exitCode);
  exited.catch(() => undefined);
  return {
    stdin: { write: (piece, done) => { void session.write(piece).then(done); }, end: () => session.closeStdin() },
    stdout, stderr, exited,
    resize: (size) => session.resize(size),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

type Output = StreamSession['stdout'];

function outputSource(output: Output): ByteSource & { readonly ended: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    ended: promise,
    open: (taker) => { void pass(output, taker).finally(resolve); },
    close: () => { output.destroy(); resolve(); },
  };
}

/** The next piece is given when the taker is done with the last. */
async function pass(output: Output, taker: ByteTaker): Promise<void> {
  try {
    for await (const piece of output) await new Promise<void>((done) => { taker.take(piece, done); });
  } catch {
    // Why the session broke is said by its `exited`.
  }
  taker.end();
}
