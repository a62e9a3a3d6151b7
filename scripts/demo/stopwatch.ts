/** Where each second went: every step with its time, and how much of it was spent in davit's calls, by the daemon's own log. */

export interface StepTime {
  readonly name: string;
  readonly ms: number;
  /** Of the daemon's calls that were the step's purpose; undefined where it was not asked anything. */
  readonly davitMs: number | undefined;
  readonly calls: string;
}

export interface Stopwatch {
  readonly steps: readonly StepTime[];
  /** Times `work` under `name`. */
  time<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Calls that only look: crictl makes some before each command, and the demo some while it waits. */
const LOOKING = /^(Version|List.*|ImageFsInfo|.*Status)$/;

/** @param log what the daemon has logged so far, JSON lines. */
export function createStopwatch(log: () => string): Stopwatch {
  const steps: StepTime[] = [];
  return {
    steps,
    time: async (name, work) => {
      const before = log().length;
      const begun = performance.now();
      const result = await work();
      const ms = performance.now() - begun;
      const calls = callsIn(log().slice(before));
      const purpose = calls.filter((call) => !LOOKING.test(call.name));
      const counted = purpose.length > 0 ? purpose : calls;
      steps.push({ name, ms, davitMs: counted.length === 0 ? undefined : counted.reduce((sum, call) => sum + call.ms, 0), calls: purpose.map((call) => call.name).join(', ') });
      return result;
    },
  };
}

interface Call { readonly name: string; readonly ms: number }

function callsIn(log: string): Call[] {
  return log.split('\n').flatMap((line): Call[] => {
    if (!line.startsWith('{')) return [];
    const { msg, part, ms } = JSON.parse(line) as { msg: string; part?: string; ms?: number };
    return part === 'cri' && ms !== undefined && /^[A-Z]\w+$/.test(msg) ? [{ name: msg, ms }] : [];
  });
}
