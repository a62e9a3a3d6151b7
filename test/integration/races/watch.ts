/** Looks at the lists again and again while others act: a state never goes back, and what has gone does not come again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CriClient } from '#cri';
import { DavitError } from '#errors';
import { EXITED, NOT_READY } from './calls.ts';

const PAUSE_MS = 15;
const GONE = 99;

/** @returns what was seen that must not be, when `ended` aborts */
export async function watchStates(client: CriClient, ended: AbortSignal): Promise<string[]> {
  const states = new Map<string, number>();
  const wrong: string[] = [];
  while (!ended.aborted) {
    try {
      const [{ items }, { containers }] = [await client.call('ListPodSandbox', {}), await client.call('ListContainers', {})];
      note(states, wrong, 'pod', items, NOT_READY);
      note(states, wrong, 'container', containers, EXITED);
    } catch (error) {
      // Between two daemons.
      if (!(error instanceof DavitError && ['Unavailable', 'Cancelled'].includes(error.code))) wrong.push(`list: ${String(error)}`);
    }
    await delay(PAUSE_MS);
  }
  return wrong;
}

function note(states: Map<string, number>, wrong: string[], what: string, listed: readonly { readonly id: string; readonly state: number }[], last: number): void {
  const now = new Map(listed.map(({ id, state }) => [`${what} ${id}`, state]));
  for (const [id, before] of states) if (id.startsWith(what) && !now.has(id) && before !== GONE) states.set(id, GONE);
  for (const [id, state] of now) {
    const before = states.get(id) ?? 0;
    if (state > last || state < before) wrong.push(`${id} is in state ${state} after ${before}`);
    states.set(id, state);
  }
}
