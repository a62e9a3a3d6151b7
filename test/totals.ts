/** An event of node:test's run(), as its reporters take them. */
export interface TestEvent { readonly type: string; readonly data: unknown }

/** What several runs came to. A cancelled test counts as failed, a todo as skipped. */
export interface Totals {
  tests: number; suites: number; passed: number; failed: number; skipped: number;
  /** Names of the tests that were skipped. */
  readonly skips: string[];
  /** Adds an event; false when it is a run's own summary, which the caller must not pass on. */
  take(event: TestEvent): boolean;
}

interface SummaryData { file?: string; counts: { tests: number; suites: number; passed: number; failed: number; cancelled: number; skipped: number; todo: number } }
interface PassData { name: string; skip?: string | boolean; todo?: string | boolean }
interface DiagnosticData { message: string; nesting: number }

const SUMMARY_LINE = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

export function emptyTotals(): Totals {
  return {
    tests: 0, suites: 0, passed: 0, failed: 0, skipped: 0, skips: [],
    take(event) {
      const { type, data } = event as { type: string; data: unknown };
      if (type === 'test:pass') noteSkip(this, data as PassData);
      if (type === 'test:diagnostic') return !((data as DiagnosticData).nesting === 0 && SUMMARY_LINE.test((data as DiagnosticData).message));
      if (type !== 'test:summary' || (data as SummaryData).file !== undefined) return true;
      add(this, (data as SummaryData).counts);
      return false;
    },
  };
}

/** The events with which node's reporters close a run. */
export function totalEvents(totals: Totals, durationMs: number): TestEvent[] {
  const lines = [`tests ${totals.tests}`, `suites ${totals.suites}`, `pass ${totals.passed}`, `fail ${totals.failed}`, 'cancelled 0', `skipped ${totals.skipped}`, 'todo 0', `duration_ms ${Math.round(durationMs)}`];
  const diagnostics = lines.map((message) => ({ type: 'test:diagnostic', data: { nesting: 0, message, level: 'info' } }));
  const counts = { tests: totals.tests, suites: totals.suites, passed: totals.passed, failed: totals.failed, cancelled: 0, skipped: totals.skipped, todo: 0, topLevel: totals.tests };
  return [...diagnostics, { type: 'test:summary', data: { success: totals.failed === 0, counts, duration_ms: durationMs, file: undefined } }];
}

/** The one plain line at the end. */
export function totalLine(totals: Totals): string {
  return `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
}

function noteSkip(totals: Totals, data: PassData): void {
  if (isMarked(data.skip) || isMarked(data.todo)) totals.skips.push(data.name);
}

function isMarked(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}

function add(totals: Totals, counts: SummaryData['counts']): void {
  totals.tests += counts.tests;
  totals.suites += counts.suites;
  totals.passed += counts.passed;
  totals.failed += counts.failed + counts.cancelled;
  totals.skipped += counts.skipped + counts.todo;
}
