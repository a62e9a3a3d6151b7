import { SharedWork } from '#async';
import type { StagedLayer } from '#storage';
import type { LayerState } from './progress.ts';

interface Flight { readonly work: SharedWork<StagedLayer>; readonly state: LayerState; users: number; failed: boolean }

/** One pull's share in a layer that is being fetched, or lies staged. Disposing the last share throws an uncommitted layer away. */
export interface LayerShare extends AsyncDisposable {
  readonly state: LayerState;
  /** Whether another pull began it. */
  readonly joined: boolean;
  staged(signal: AbortSignal): Promise<StagedLayer>;
}

/** The layers that pulls under way have staged or are staging, by chainID: each is fetched once. */
export class LayersInFlight {
  readonly #flights = new Map<string, Flight>();

  /** Joins the layer's flight, or begins one with `start`. */
  share(chainID: string, state: LayerState, start: (state: LayerState, signal: AbortSignal) => Promise<StagedLayer>): LayerShare {
    const found = this.#flights.get(chainID);
    const joined = found !== undefined && !found.failed;
    const flight = joined ? found : this.#begin(chainID, state, start);
    flight.users++;
    let held = true;
    return {
      state: flight.state, joined,
      staged: (signal) => flight.work.join(signal, `layer ${state.digest}`),
      [Symbol.asyncDispose]: async () => {
        if (!held) return;
        held = false;
        if (--flight.users > 0) return;
        if (this.#flights.get(chainID) === flight) this.#flights.delete(chainID);
        await discard(flight.work);
      },
    };
  }

  #begin(chainID: string, state: LayerState, start: (state: LayerState, signal: AbortSignal) => Promise<StagedLayer>): Flight {
    const flight: Flight = { work: new SharedWork((signal) => start(state, signal).catch((error: unknown) => { flight.failed = true; throw error; }), { cancelWhenAlone: true }), state, users: 0, failed: false };
    this.#flights.set(chainID, flight);
    return flight;
  }
}

/** Cancels what nobody waits for, and removes what was staged and not committed. */
async function discard(work: SharedWork<StagedLayer>): Promise<void> {
  const gone = AbortSignal.abort();
  await work.join(gone, 'layer').catch(() => undefined);
  await work.ended();
  const staged = await work.join(new AbortController().signal, 'layer').catch(() => undefined);
  await staged?.[Symbol.asyncDispose]();
}
