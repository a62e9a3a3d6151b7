import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SharedWork } from '#async';
import { errnoOf, errorText, InvalidArgumentError, UnavailableError } from '#errors';
import type { ProcessRunner } from '#linux';
import type { LinuxSeccomp } from '../spec/types.ts';

/** Turns profiles into BPF programs, each once. */
export interface SeccompCompiler {
  /** The program: struct sock_filter after struct sock_filter. @throws InvalidArgumentError with libseccomp's reason. */
  compile(profile: LinuxSeccomp, options: { signal: AbortSignal }): Promise<Buffer>;
}

const COMPILE_TIMEOUT_MS = 20_000;
/** Programs kept in memory, some 15 kB each; profiles differ by file and by the capabilities of containers. */
const MAX_PROGRAMS = 64;
/** Beyond BPF_MAXINSNS the kernel takes no program. */
const MAX_PROGRAM_BYTES = 4096 * 8;
const INSTRUCTION_BYTES = 8;
/** Part of every digest: a change of the translation makes old programs unknown. */
const FORMAT = 'davit-seccomp-2';

/** @param options.cacheDir holds programs of earlier daemons of this boot; made when missing, only root may write it. */
export function createSeccompCompiler(options: { readonly cacheDir: string; readonly runner: ProcessRunner }): SeccompCompiler {
  const programs = new Map<string, SharedWork<Buffer>>();
  const begin = (digest: string, text: string): SharedWork<Buffer> => {
    const work = new SharedWork((signal) => load(options, digest, text, signal), { cancelWhenAlone: false });
    programs.set(digest, work);
    const oldest = programs.size > MAX_PROGRAMS ? programs.keys().next().value : undefined;
    if (oldest !== undefined) programs.delete(oldest);
    return work;
  };
  return {
    compile: async (profile, { signal }) => {
      const text = JSON.stringify(profile);
      const digest = createHash('sha256').update(`${FORMAT}\0${process.arch}\0${text}`).digest('hex');
      const work = programs.get(digest) ?? begin(digest, text);
      try {
        return await work.join(signal, 'compile seccomp profile');
      } catch (error) {
        if (work.settled && programs.get(digest) === work) programs.delete(digest);
        throw error;
      }
    },
  };
}

async function load(options: { readonly cacheDir: string; readonly runner: ProcessRunner }, digest: string, text: string, signal: AbortSignal): Promise<Buffer> {
  const file = join(options.cacheDir, `${digest}.bpf`);
  return await readProgram(file) ?? compile(options, file, text, signal);
}

async function compile({ cacheDir, runner }: { readonly cacheDir: string; readonly runner: ProcessRunner }, file: string, text: string, signal: AbortSignal): Promise<Buffer> {
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const output = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const main = join(import.meta.dirname, 'compile-main.ts');
    const result = await runner.run({ file: process.execPath, args: [main, output], env: {}, stdin: Buffer.from(text), timeoutMs: COMPILE_TIMEOUT_MS }, { signal });
    if (result.timedOut) throw new UnavailableError(`compile seccomp profile: no result after ${COMPILE_TIMEOUT_MS} ms`);
    if (result.exitCode !== 0) throw new InvalidArgumentError(`compile seccomp profile: ${result.stderr.toString('utf8').trim() || `ended by ${result.signal ?? result.exitCode ?? 'nothing known'}`}`);
    const program = await readProgram(output);
    if (!program) throw new InvalidArgumentError(`compile seccomp profile: the program is empty or larger than ${MAX_PROGRAM_BYTES} bytes, which the kernel does not take`);
    await rename(output, file);
    return program;
  } finally {
    await rm(output, { force: true });
  }
}

/** Undefined when there is no program of a possible size in the file. */
async function readProgram(file: string): Promise<Buffer | undefined> {
  try {
    const program = await readFile(file);
    return program.length > 0 && program.length <= MAX_PROGRAM_BYTES && program.length % INSTRUCTION_BYTES === 0 ? program : undefined;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw new UnavailableError(`read seccomp program '${file}': ${errorText(error)}`, { cause: error });
  }
}
