import { errorText } from '#errors';
import type { Images } from '#image';
import type { CheckReport } from '#storage';
import type { StorageParts } from './command.ts';

type LayerReport = Extract<CheckReport, { kind: 'layer' }>;

export type CheckItem =
  | { readonly report: CheckReport; /** A name of an image that has the layer. */ readonly of: string }
  | { readonly repaired: string; readonly from: string }
  | { readonly unrepaired: string; readonly reason: string };

/** Checks the storage; with `repair` the images of damaged layers are pulled again, of which only those layers are fetched. */
export async function* check({ full, repair }: Readonly<Record<string, unknown>>, parts: StorageParts, signal: AbortSignal): AsyncGenerator<CheckItem> {
  const damaged: LayerReport[] = [];
  for await (const report of parts.storage.check({ full: full === true, signal })) {
    if (report.kind === 'layer' && report.problems > 0) damaged.push(report);
    yield { report, of: report.kind === 'layer' ? nameOf(report, parts.images) : '' };
  }
  for (const layer of repair === true ? damaged : []) yield await repairLayer(layer, parts, signal);
}

async function repairLayer({ chainID, images: ids }: LayerReport, { storage, images }: StorageParts, signal: AbortSignal): Promise<CheckItem> {
  const sources = ids.flatMap((id) => images.resolve(id)?.repoDigests ?? []);
  let reason = 'no image that has it came from a registry: remove the image and bring it again';
  for (const source of sources) {
    using condemned = new DisposableStack();
    condemned.use(storage.layers.condemn([chainID]));
    try {
      await images.pull(source, { signal });
      if (storage.layers.has(chainID)) return { repaired: chainID, from: source };
      reason = `${source} does not have this layer any more`;
    } catch (error) {
      signal.throwIfAborted();
      reason = errorText(error);
    }
  }
  return { unrepaired: chainID, reason };
}

function nameOf({ images: ids }: LayerReport, images: Images): string {
  const views = ids.flatMap((id) => images.resolve(id) ?? []);
  return views.flatMap((view) => [...view.repoTags, ...view.repoDigests])[0] ?? ids[0] ?? 'no image';
}
