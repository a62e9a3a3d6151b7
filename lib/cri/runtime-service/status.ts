import type { Dependencies, UnaryHandler } from '../handler.ts';
import type { Condition, RuntimeHandlerInfo } from '../info.ts';
import type { Input, RuntimeCondition, RuntimeHandler } from '../generated/cri.js';
import { toVerboseInfo } from '../convert/verbose.ts';

/** Answered from memory, whatever else goes on: it is the node's liveness. */
export const status: UnaryHandler<'Status'> = (deps, { verbose }) => ({
  status: { conditions: [fromCondition('RuntimeReady', deps.info.runtimeCondition()), fromCondition('NetworkReady', deps.info.networkCondition())] },
  runtimeHandlers: fromHandlers(deps.info.handlers(), deps.info.defaultHandler),
  features: deps.info.features,
  info: toVerboseInfo(verbose, () => ({ config: describe(deps) })),
});

function fromCondition(type: string, { ready, reason, message }: Condition): Input<RuntimeCondition> {
  return { type, status: ready, reason, message };
}

/** The default one is there twice, with its name and with the empty one by which pods without a RuntimeClass ask for it. */
function fromHandlers(handlers: readonly RuntimeHandlerInfo[], defaultHandler: string): readonly Input<RuntimeHandler>[] {
  const unnamed = handlers.filter(({ name }) => name === defaultHandler).map(({ features }) => ({ name: '', features }));
  return [...unnamed, ...handlers];
}

function describe({ info, pods, images }: Dependencies): Readonly<Record<string, unknown>> {
  return { ...info.describe(), cgroupDriver: info.cgroupDriver, defaultRuntimeHandler: info.defaultHandler, operations: pods.operations(), pulls: images.progress() };
}
