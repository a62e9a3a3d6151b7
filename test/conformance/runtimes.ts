import { RUNC } from '../harness/places.ts';

/** An OCI runtime that critest judges, as the default handler of a daemon of its own. */
export interface JudgedRuntime {
  readonly name: string;
  /** Text of davit.conf. */
  readonly config: string;
}

/** Debian's crun and runc, found in PATH, and the newer runc that set-up builds, which has id-mapped mounts. */
export const JUDGED_RUNTIMES: readonly JudgedRuntime[] = [
  { name: 'crun', config: '' },
  { name: 'runc', config: '[crio.runtime]\ndefault_runtime = "runc"\n' },
  { name: 'newer runc', config: `[crio.runtime]\ndefault_runtime = "newer"\n[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` },
];
