import type { NetworksOverview } from '#cni';
import type { AdminCommand } from './command.ts';

/** What is configured, chosen, broken and attached; `check: true` first asks the plugins about every sandbox that is attached. */
export const networks: AdminCommand<NetworksOverview> = async function* ({ check }, { cni }, signal) {
  const { attached } = await cni.overview();
  for (const { sandboxId, ifName, state } of check === true ? attached : []) {
    signal.throwIfAborted();
    // The complaint, if there is one, is in the next overview.
    if (state === 'attached') await cni.check({ sandboxId, ifName }, { signal }).catch(() => undefined);
  }
  yield await cni.overview();
};
