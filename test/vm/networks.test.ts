/** Pods on networks whose kernel drivers ordinary nodes have: ipvlan and macvlan below a link of the node. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../harness/index.ts';

const run = promisify(execFile);
const LINK = 'dvm0';

// Before the node looks at the host, and taken away after it has looked again.
before(async () => {
  await run('ip', ['link', 'add', LINK, 'type', 'dummy']);
  await run('ip', ['link', 'set', LINK, 'up']);
});
const node = useNode();
after(() => run('ip', ['link', 'delete', LINK]));

for (const [number, plugin] of [{ type: 'ipvlan', mode: 'l2' }, { type: 'macvlan', mode: 'bridge' }].entries()) {
  test(`pods of a ${plugin.type} network reach each other`, async () => {
    const { davit } = node();
    const subnet = `10.13${number}.0`;
    const dataDir = join(davit.directory, `addresses-${plugin.type}`);
    const file = join(davit.network.confDir, '05-direct.conflist');
    await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
    await writeFile(file, JSON.stringify({ cniVersion: '1.0.0', name: plugin.type, plugins: [{ ...plugin, master: LINK, ipam: { type: 'host-local', dataDir, ranges: [[{ subnet: `${subnet}.0/24` }]] } }] }));
    try {
      const [first, second] = await eventually('two pods with addresses of it', async () => {
        const pods = [await runPod(davit, { name: 'first' }), await runPod(davit, { name: 'second' })];
        const addresses = await Promise.all(pods.map(async ({ id }) => (await davit.client.call('PodSandboxStatus', { podSandboxId: id })).status?.network?.ip ?? ''));
        if (addresses.every((address) => address.startsWith(`${subnet}.`))) return pods.map((pod, at) => ({ pod, address: addresses[at] ?? '' }));
        // The directory's change has not been seen yet.
        for (const { id } of pods) await davit.client.call('RemovePodSandbox', { podSandboxId: id });
        return undefined;
      }, 60_000);
      assert.ok(first && second);
      const id = await runContainer(davit, first.pod, { name: 'asks', command: ['top', '-b'], linux: { securityContext: { capabilities: { addCapabilities: ['NET_RAW'] } } } });
      const { exitCode, stdout, stderr } = await davit.client.call('ExecSync', { containerId: id, cmd: ['ping', '-c', '1', '-W', '5', second.address], timeout: 30n });
      assert.equal(exitCode, 0, `${Buffer.from(stdout).toString()}${Buffer.from(stderr).toString()}`);
      for (const { pod } of [first, second]) await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
    } finally {
      await rm(file);
    }
  });
}
