/** Devices by CDI, with each OCI runtime. */
import { strict as assert } from 'node:assert';
import { mkdtempSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';
import { RUNC } from '../harness/places.ts';

const SPEC_DIRECTORY = mkdtempSync(join(tmpdir(), 'davit-cdi-'));
after(() => rm(SPEC_DIRECTORY, { recursive: true }));
const node = useNode({ config: `[crio.runtime]\ncdi_spec_dirs = ["${SPEC_DIRECTORY}"]\n[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` });

for (const runtimeHandler of ['crun', 'runc', 'newer']) {
  test(`CDI devices reach a container with ${runtimeHandler}: node, variable, mount, group and hook`, async () => {
    const { davit } = node();
    await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
    const hook = join(davit.directory, 'hook');
    const hooked = join(davit.directory, `hooked-${runtimeHandler}`);
    await writeFile(hook, `#!/bin/sh\ncat > /dev/null\necho "$1" > ${hooked}\n`);
    await chmod(hook, 0o755);
    await writeFile(join(SPEC_DIRECTORY, 'vendor.json'), JSON.stringify({
      cdiVersion: '0.6.0', kind: 'vendor.com/thing', containerEdits: { mounts: [{ hostPath: hook, containerPath: '/vendor/hook', options: ['ro', 'bind'] }] },
      devices: [{ name: 'zero', containerEdits: { env: ['THING=zero'], deviceNodes: [{ path: '/dev/thing0', hostPath: '/dev/zero' }], additionalGids: [4242], hooks: [{ hookName: 'createRuntime', path: hook, args: ['hook', 'argument'] }] } }],
    }));
    const pod = await runPod(davit, { name: 'devices', runtimeHandler });
    const containerId = await runContainer(davit, pod, { name: 'main', command: ['sleep', '1000'], CDIDevices: [{ name: 'vendor.com/thing=zero' }] });
    const { stdout, stderr } = await davit.client.call('ExecSync', { containerId, cmd: ['sh', '-c', 'head -c 2 /dev/thing0 | wc -c; echo $THING; test -x /vendor/hook && echo mounted; id -G'], timeout: 10n });
    assert.equal(Buffer.from(stdout).toString() + Buffer.from(stderr).toString(), '2\nzero\nmounted\n0 4242\n');
    assert.equal(await readFile(hooked, 'utf8'), 'argument\n');
    await assert.rejects(runContainer(davit, pod, { name: 'none', CDIDevices: [{ name: 'vendor.com/thing=none' }] }), /CDI device 'vendor.com\/thing=none': no specification on this node has it/);
  });
}
