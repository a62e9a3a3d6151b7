/** The system calls and kernel facts that Node lacks, typed. The only importer of FFI. */
export { DEFAULT_MAX_OUTPUT_BYTES } from './process.ts';
export type { ProcessRunner, RunResult, RunSpec } from './process.ts';
