import { globSync } from 'node:fs';
import { resolve } from 'node:path';

/** A part of the tests: which files, how many at once, and how long one file may take. */
export interface Phase {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Needs root, and runs in processes, mounts and a network of its own (isolate.sh). */
  readonly isolated: boolean;
  /** Too long for `all`: runs only when it is named. */
  readonly onDemand?: boolean;
}

const ROOT = resolve(import.meta.dirname, '..');
const MINUTE_MS = 60_000;
const LONG = '**/*.long.test.ts';
/** Tests beside the sources that show more on a kernel with ipvlan or quotas, on an older one, or with cgroup v2 alone. */
const NEEDS_ANOTHER_KERNEL = ['lib/cni/real-plugins.kernel.test.ts', 'lib/linux/cgroup/cgroups.kernel.test.ts', 'lib/linux/overlay.kernel.test.ts', 'lib/storage/writable-quota.kernel.test.ts'];

/**
 * In the order in which they run. Pure tests share the cores; whatever looks at mounts, namespaces, cgroups or
 * network of the whole host runs alone, because its checks for leftovers count what everybody else makes, too.
 */
export const PHASES: readonly Phase[] = [
  { name: 'check', include: ['test/checks/**/*.test.ts'], exclude: [], concurrency: 2, timeoutMs: 15 * MINUTE_MS, isolated: false },
  { name: 'unit', include: ['{cmd,lib,scripts,test}/**/*.test.ts'], exclude: ['**/*.kernel.test.ts', LONG, 'test/{checks,harness,integration,conformance,kubelet,vm}/**'], concurrency: 2, timeoutMs: 6 * MINUTE_MS, isolated: false },
  { name: 'kernel', include: ['{cmd,lib,scripts,test}/**/*.kernel.test.ts'], exclude: ['test/{harness,integration,conformance,kubelet,vm}/**'], concurrency: 1, timeoutMs: 10 * MINUTE_MS, isolated: true },
  { name: 'integration', include: ['test/{harness,integration}/**/*.test.ts'], exclude: [LONG], concurrency: 1, timeoutMs: 10 * MINUTE_MS, isolated: true },
  { name: 'conformance', include: ['test/conformance/**/*.test.ts'], exclude: [LONG], concurrency: 1, timeoutMs: 15 * MINUTE_MS, isolated: true },
  { name: 'long', include: [`test/${LONG}`], exclude: [], concurrency: 1, timeoutMs: 60 * MINUTE_MS, isolated: true, onDemand: true },
  { name: 'kubelet', include: ['test/kubelet/**/*.test.ts'], exclude: [], concurrency: 1, timeoutMs: 15 * MINUTE_MS, isolated: true, onDemand: true },
  // In the machine that test/vm/boot.ts starts.
  { name: 'vm', include: ['test/vm/**/*.test.ts', 'test/integration/streaming/gigabyte.test.ts', ...NEEDS_ANOTHER_KERNEL], exclude: [], concurrency: 1, timeoutMs: 75 * MINUTE_MS, isolated: true, onDemand: true },
];

/** The phase's test files as absolute paths, sorted; with `under`, only those whose path in the clone begins with one of its texts. */
export function filesOf(phase: Phase, under: readonly string[] = []): string[] {
  return globSync([...phase.include], { cwd: ROOT, exclude: [...phase.exclude] })
    .filter((path) => under.length === 0 || under.some((prefix) => path.startsWith(prefix)))
    .sort().map((path) => resolve(ROOT, path));
}
