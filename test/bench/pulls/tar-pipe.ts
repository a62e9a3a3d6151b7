/** What a host's own programs take for an image's layers: a decompressor into GNU tar, no digests, as many layers at a time as there are processors. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

export const DECOMPRESSORS = { gzip: ['igzip', 'gzip'], zstd: ['zstd'] } as const;

/** @param state a directory on the file system that the runtime unpacks to. @returns milliseconds */
export async function timeTarPipes(program: string, blobs: readonly string[], state: string): Promise<number> {
  const directory = await mkdtemp(join(state, 'bench-tar-'));
  try {
    const queue = blobs.map((blob, index) => ({ blob, target: join(directory, String(index)) }));
    for (const { target } of queue) await mkdir(target);
    const begun = performance.now();
    const worker = async (): Promise<void> => { for (let next = queue.shift(); next; next = queue.shift()) await pipe(program, next.blob, next.target); };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    return performance.now() - begun;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function pipe(program: string, blob: string, target: string): Promise<void> {
  const child = spawn('/bin/bash', ['-o', 'pipefail', '-c', '"$0" -dc < "$1" | tar --extract --directory "$2"', program, blob, target], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit') as [number | null];
  if (code !== 0) throw new Error(`${program} and tar of "${blob}": exit code ${code}`);
}
