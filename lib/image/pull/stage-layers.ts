import type { StagedLayer } from '#storage';
import type { Descriptor } from '../manifest/manifest.ts';
import { LayerState } from './progress.ts';
import type { ProgressTracker } from './progress.ts';
import type { PullContext } from './pull-context.ts';

export interface LayerPlan { readonly layer: Descriptor; readonly diffID: string; readonly chainID: string }

/** Brings one layer into the storage's staging, and writes down how far it is. */
export type StageOne = (plan: LayerPlan, state: LayerState, signal: AbortSignal) => Promise<StagedLayer>;

/** The staged layers of one pull by chainID; those that the storage had are held. Disposing gives up its share in both; what was committed is the storage's. */
export interface StagedLayers extends AsyncDisposable { readonly layers: ReadonlyMap<string, StagedLayer> }

/** Tries to join flights of other pulls that end badly, before a layer is fetched alone. */
const MAX_JOINS = 3;

/** Stages every layer that the storage lacks, all at once; when one fails the others are cancelled and nothing stays staged. */
export async function stageLayers(plans: readonly LayerPlan[], stage: StageOne, context: Pick<PullContext, 'storage' | 'flights'>, progress: ProgressTracker, signal: AbortSignal): Promise<StagedLayers> {
  const states = plans.map((p) => new LayerState(p.layer));
  progress.watchLayers(states);
  const shares = new AsyncDisposableStack();
  const siblings = new AbortController();
  const together = AbortSignal.any([signal, siblings.signal]);
  const layers = new Map<string, StagedLayer>();
  const stageOne = async (plan: LayerPlan, index: number): Promise<void> => {
    const own = states[index];
    if (!own) return;
    const held = context.storage.layers.hold([plan.chainID]);
    if (held) { shares.use(held); own.stage = 'present'; own.bytes = own.totalBytes; return; }
    for (let join = 0; ; join++) {
      const share = context.flights.share(plan.chainID, own, (state, alone) => stage(plan, state, alone));
      shares.use(share);
      states[index] = share.state;
      try {
        layers.set(plan.chainID, await share.staged(together));
        return;
      } catch (error) {
        if (!share.joined || join === MAX_JOINS || together.aborted) throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(plans.map((plan, i) => stageOne(plan, i).catch((error: unknown) => { if (!siblings.signal.aborted) siblings.abort(error); throw error; })));
  if (outcomes.every((o) => o.status === 'fulfilled')) return { layers, [Symbol.asyncDispose]: () => shares.disposeAsync() };
  await shares.disposeAsync();
  throw firstReason(signal, siblings.signal);
}

/** What failed first, not what was cancelled because of it. */
function firstReason(caller: AbortSignal, siblings: AbortSignal): Error {
  const reason: unknown = caller.aborted ? caller.reason : siblings.reason;
  return reason instanceof Error ? reason : new Error('the pull was cancelled', { cause: reason });
}
