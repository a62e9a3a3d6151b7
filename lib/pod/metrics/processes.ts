/** What /proc says about the processes of containers. */
import type { CountDescriptors, ReadFiles } from '#linux';

export interface ProcessFacts {
  readonly count: bigint;
  /** Undefined when there are more than are counted: a part of them would be no truth. */
  readonly descriptors: { readonly open: bigint; readonly sockets: bigint } | undefined;
  /** Soft limit of the container's first process; undefined: unlimited, or the process is gone. */
  readonly maxOpenFiles: bigint | undefined;
}

/** One container's. */
export interface ProcessesOf {
  readonly pids: readonly number[];
  /** The process that it was started with. */
  readonly firstPid: number;
}

export interface ProcessReaders {
  readonly readFiles: ReadFiles;
  readonly countDescriptors: CountDescriptors;
}

/** Bounds of one container's count of descriptors. */
const COUNT_LIMITS = { processes: 512, descriptors: 8192 };
/** Room for /proc/PID/limits: some 1.3 KiB. */
const LIMITS_BYTES = 2048;

/** In their order. @param limits beyond which descriptors are not counted */
export async function processFacts(containers: readonly ProcessesOf[], { readFiles, countDescriptors }: ProcessReaders, proc = '/proc', limits = COUNT_LIMITS): Promise<ProcessFacts[]> {
  const counted = containers.map(({ pids }) => (pids.length > limits.processes ? [] : pids));
  const [text, lengths] = [Buffer.allocUnsafe(containers.length * LIMITS_BYTES), new Int32Array(containers.length)];
  const [counts] = await Promise.all([countDescriptors(counted, limits.descriptors), readFiles(containers.map(({ firstPid }) => `${proc}/${firstPid}/limits`), text, lengths)]);
  let end = 0;
  return containers.map(({ pids }, i) => {
    const { open, sockets } = counts[i] ?? { open: 0, sockets: 0 };
    const length = Math.max(0, lengths[i] ?? 0);
    return {
      count: BigInt(pids.length),
      descriptors: pids.length > limits.processes || open > limits.descriptors ? undefined : { open: BigInt(open), sockets: BigInt(sockets) },
      maxOpenFiles: softLimitOfOpenFiles(text.toString('latin1', end, end += length)),
    };
  });
}

/** Of a text of /proc/PID/limits; there is none of a process that has ended. */
function softLimitOfOpenFiles(text: string): bigint | undefined {
  const soft = /^Max open files\s+(\d+)/m.exec(text)?.[1];
  return soft === undefined ? undefined : BigInt(soft);
}
