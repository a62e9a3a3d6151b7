import { raceSignal } from '#async';
import { ByteCollector } from '#bytes';
import type { ExecSpec, Monitor } from './api.ts';

export interface ExecSyncResult {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly exitCode: number;
  readonly timedOut: boolean;
}

/**
 * Runs a command in a container to its end; its memory is bounded by twice `spec.outputLimitBytes`.
 * Aborting `signal` kills the command.
 */
export async function execSync(monitor: Monitor, spec: ExecSpec, options: { signal: AbortSignal }): Promise<ExecSyncResult> {
  await using session = await monitor.exec(spec, options);
  if (spec.stdin) session.closeStdin();
  const all = Promise.all([collect(session.stdout), collect(session.stderr), session.exited]);
  const [stdout, stderr, { exitCode, timedOut }] = await raceSignal(all, options.signal, `exec in "${monitor.id}"`);
  return { stdout, stderr, exitCode, timedOut };
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const all = new ByteCollector();
  for await (const piece of stream) all.add(piece);
  return all.take();
}
