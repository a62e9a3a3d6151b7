import { MAX_TIMER_MS, raceSignal, withDeadline } from '#async';
import { DeadlineExceededError } from '#errors';
import { constants } from 'node:os';
import type { LiveContainer, PodContext } from './context.ts';
import { STEP_TIMEOUT_MS } from './context.ts';
import { recordExit } from './exit.ts';
import type { ContainerRecord } from './record.ts';
import { containerState, nowNs } from './record.ts';
import { signalNumber } from './stop-signal.ts';

/** Stops under way, so that a later one may shorten the grace of an earlier one. */
export class Stops {
  readonly #graces = new Map<string, Grace>();

  /** The grace of a stop that begins. */
  begin(containerId: string, ms: number): Grace {
    const grace = new Grace(ms);
    this.#graces.set(containerId, grace);
    return grace;
  }

  /** The stop under way, if there is one, waits no longer than `ms` from now. */
  shorten(containerId: string, ms: number): void {
    this.#graces.get(containerId)?.shorten(ms);
  }

  end(containerId: string): void {
    this.#graces.get(containerId)?.end();
    this.#graces.delete(containerId);
  }
}

class Grace {
  readonly #over = Promise.withResolvers<void>();
  #endsAt = Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.shorten(ms);
  }

  get over(): Promise<void> {
    return this.#over.promise;
  }

  shorten(ms: number): void {
    const endsAt = performance.now() + ms;
    if (endsAt >= this.#endsAt) return;
    this.#endsAt = endsAt;
    clearTimeout(this.#timer);
    if (ms <= 0) this.#over.resolve();
    else this.#timer = setTimeout(() => this.#over.resolve(), Math.min(ms, MAX_TIMER_MS)); // one of more than 24 days is one of 24 days
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * The stop signal, the grace, SIGKILL. Callers share one stop, and a second one may shorten its grace. When all of them leave during the grace
 * nobody is killed later: who wants the end asks again. Beyond the grace it goes on without them. Does not hold the pod's queue: the grace may be long.
 * @throws DeadlineExceededError when the process outlives SIGKILL (uninterruptible in the kernel).
 */
export async function stopContainer(context: PodContext, stops: Stops, container: ContainerRecord, timeoutMs: number, signal: AbortSignal): Promise<void> {
  await context.restoring.get(container.id);
  const live = context.live.get(container.id);
  if (!live) endUnrestored(context, container.id);
  if (containerState(container) === 'exited' || !live) return;
  stops.shorten(container.id, timeoutMs);
  await context.operations.run(`stop:${container.id}`, 'StopContainer', container.id, {}, signal, async (operation, ending) => {
    const hasEnded = (): boolean => context.store.getContainer(container.id)?.exit !== undefined;
    // A stop that waited for the end of an abandoned one.
    if (hasEnded()) return;
    const grace = stops.begin(container.id, timeoutMs);
    try {
      if (timeoutMs > 0 && await runs(context, container.id, live, grace, ending)) {
        operation.stage(`grace after ${container.stopSignal}`);
        await sendSignal(live, signalNumber(container.stopSignal));
        await raceSignal(Promise.race([live.exited, grace.over]), ending, `stop container "${container.id}"`);
      }
      if (hasEnded()) return;
      operation.stage('SIGKILL');
      live.isKilled = true;
      await sendSignal(live, constants.signals.SIGKILL);
      await afterKill(context, container, live);
    } finally {
      stops.end(container.id);
    }
  }, { endsWithCallers: true });
}

/** One that is being started runs in a moment, and may end as it wants to then. */
async function runs(context: PodContext, id: string, live: LiveContainer, grace: Grace, ending: AbortSignal): Promise<boolean> {
  if (live.starting) await raceSignal(Promise.race([live.starting.catch(() => undefined), grace.over]), ending, `stop container "${id}"`);
  const container = context.store.getContainer(id);
  return container !== undefined && containerState(container) === 'running';
}

/** A container that waits for its restore has no process yet: it ends as if it had been killed. */
function endUnrestored(context: PodContext, id: string): void {
  const container = context.store.getContainer(id);
  if (container?.restoredFrom === undefined || containerState(container) !== 'created') return;
  const signal = constants.signals.SIGKILL;
  recordExit(context, id, { exitCode: 128 + signal, signal, finishedAt: nowNs(), reason: 'Error', message: '' });
}

async function sendSignal(live: LiveContainer, number: number): Promise<void> {
  await withDeadline('send a signal through the monitor', STEP_TIMEOUT_MS.kill, new AbortController().signal, (signal) => live.monitor.kill(number, { signal }));
}

/** Waits for the exit; with a shared pid namespace the rest of the cgroup is killed as well. */
async function afterKill(context: PodContext, container: ContainerRecord, live: LiveContainer): Promise<void> {
  await withDeadline('wait for the killed container', STEP_TIMEOUT_MS.killedExit, new AbortController().signal, async (signal) => {
    try {
      await raceSignal(live.exited, signal, 'wait for the killed container');
    } catch (error) {
      const left = context.cgroups.processes(container.cgroupPath);
      throw new DeadlineExceededError(`stop container "${container.id}": alive ${STEP_TIMEOUT_MS.killedExit} ms after SIGKILL, processes ${left.join(' ')} of its cgroup do not end (uninterruptible sleep?)`, { cause: error });
    }
  });
}
