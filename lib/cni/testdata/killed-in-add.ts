/** A daemon that is killed right after its first plugin has attached a sandbox. Arguments: JSON of what it needs. */
import { createProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { createCni } from '../cni.ts';
import { insideNamespace, type KilledDaemon } from '../test-network.ts';

const { options, hostNamespace, attachment } = JSON.parse(process.argv[2] ?? '') as KilledDaemon;
const inside = insideNamespace(createProcessRunner(), hostNamespace);
const cni = await createCni({
  ...options, log: silentLogger,
  runner: { run: async (spec, call) => {
    const result = await inside.run(spec, call);
    if (spec.env['CNI_COMMAND'] === 'ADD') process.kill(process.pid, 'SIGKILL');
    return result;
  } },
});
await cni.add(attachment, { signal: AbortSignal.timeout(20_000) });
