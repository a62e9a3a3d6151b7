/** ginkgo's JSON report (its types.Report), as far as a verdict needs it. */
export interface SpecReport {
  readonly ContainerHierarchyTexts: readonly string[] | null;
  readonly LeafNodeText: string;
  readonly LeafNodeType: string;
  readonly State: string;
  readonly RunTime: number;
  readonly Failure?: { readonly Message?: string };
}

export type Outcome = 'passed' | 'failed' | 'skipped';
export interface SpecResult { readonly name: string; readonly outcome: Outcome; readonly message: string; readonly durationMs: number }

/** Skipped by a validation run: they measure, and only when told how much. */
const BENCHMARK = / benchmark about /;
const NS_PER_MS = 1_000_000;

/** Results by the full name that ginkgo prints. @throws Error when the text is no report, or when something beside a spec failed */
export function readReport(text: string, which: 'specs' | 'benchmarks' = 'specs'): Map<string, SpecResult> {
  const suites = JSON.parse(text) as { SpecReports: readonly SpecReport[] | null }[];
  const all = suites.flatMap((suite) => suite.SpecReports ?? []);
  const broken = all.find((spec) => spec.LeafNodeType !== 'It' && spec.State !== 'passed');
  if (broken) throw new Error(`critest's ${broken.LeafNodeType} ${broken.State}: ${broken.Failure?.Message ?? ''}`);
  const results = all.filter((spec) => spec.LeafNodeType === 'It').map(resultOf).filter((result) => BENCHMARK.test(result.name) === (which === 'benchmarks'));
  return new Map(results.map((result) => [result.name, result]));
}

/** `N passed, N failed, N skipped`. */
export function countLine(results: Iterable<SpecResult>): string {
  const all = [...results];
  const count = (outcome: Outcome): number => all.filter((result) => result.outcome === outcome).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** Why a listed spec does not do; undefined when it passed. */
export function complaint(name: string, result: SpecResult | undefined): string | undefined {
  if (result === undefined) return `critest has no spec "${name}"`;
  if (result.outcome === 'passed') return undefined;
  return `${result.outcome}: ${result.message === '' ? 'no message' : result.message}`;
}

function resultOf(spec: SpecReport): SpecResult {
  return {
    name: [...spec.ContainerHierarchyTexts ?? [], spec.LeafNodeText].join(' '), outcome: outcomeOf(spec.State),
    message: spec.Failure?.Message ?? '', durationMs: Math.round(spec.RunTime / NS_PER_MS),
  };
}

/** Whatever is neither passed nor skipped (panicked, interrupted, timedout, aborted) has failed. */
function outcomeOf(state: string): Outcome {
  if (state === 'passed') return 'passed';
  return state === 'skipped' || state === 'pending' ? 'skipped' : 'failed';
}
