/** Looking after pods' networks while nobody asks: what no pod owns is given back, and what an earlier daemon left is checked. */
import { errorText } from '#errors';
import type { PodContext } from './context.ts';
import { networkStepMs, POD_INTERFACE } from './context.ts';

/** CNI GC with the pods that are known. What fails is logged and tried again by the next collection. Never rejects. */
export async function collectNetworkGarbage({ cni, config, store, log }: PodContext): Promise<void> {
  try {
    const { detached, networks, failures } = await cni.collect((sandboxId) => store.getPod(sandboxId) !== undefined, { signal: AbortSignal.timeout(networkStepMs(config)) });
    if (failures.length > 0) log.warn('network garbage is not fully collected', { failures: failures.join('; ') });
    if (detached > 0 || networks.length > 0) log.info('network garbage is collected', { detached, networks: networks.join(', ') });
  } catch (error) {
    log.warn('network garbage is not collected', { error: errorText(error) });
  }
}

/** After recovery: CHECK of every running pod's network, one after another, then a collection at every interval until it is disposed. */
export function startNetworkUpkeep(context: PodContext, recovered: Promise<void>): Disposable {
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const { networkGcIntervalMs } = context.config;
  const schedule = (): void => {
    if (networkGcIntervalMs > 0 && !closing.signal.aborted) timer = setTimeout(() => { void collectNetworkGarbage(context).then(schedule); }, networkGcIntervalMs).unref();
  };
  void recovered.then(() => checkRunning(context, closing.signal)).then(schedule);
  return { [Symbol.dispose]: () => { closing.abort(); clearTimeout(timer); } };
}

/** Only pods of an earlier daemon are there at this time. What is wrong is logged, and told by whoever lists the networks. */
async function checkRunning({ cni, config, store, log }: PodContext, closing: AbortSignal): Promise<void> {
  for (const { id, phase, network } of [...store.pods]) {
    if (closing.aborted) return;
    if (phase !== 'ready' || network !== 'attached') continue;
    try {
      await cni.check({ sandboxId: id, ifName: POD_INTERFACE }, { signal: AbortSignal.any([closing, AbortSignal.timeout(networkStepMs(config))]) });
    } catch (error) {
      if (!closing.aborted && store.getPod(id)?.phase === 'ready') log.warn('CHECK does not find the network of a running pod in order', { pod: id, error: errorText(error) });
    }
  }
}
