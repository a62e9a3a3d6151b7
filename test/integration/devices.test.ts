/** Devices by CDI and limits of block IO by class, with each OCI runtime. */
import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';
import { RUNC } from '../harness/places.ts';

const SPEC_DIRECTORY = mkdtempSync(join(tmpdir(), 'davit-cdi-'));
after(() => rm(SPEC_DIRECTORY, { recursive: true }));
const CLASSES = join(SPEC_DIRECTORY, 'blockio.conf');
const node = useNode({ config: `[crio.runtime]\ncdi_spec_dirs = ["${SPEC_DIRECTORY}"]\nblockio_config_file = "${CLASSES}"\n[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` });

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
    const { stdout, stderr } = await davit.client.call('ExecSync', { containerId, cmd: ['sh', '-c', 'head -c 2 /dev/thing0 | wc -c; echo $THING; test -x /vendor/hook && echo mounted; id -G'], timeout: 60n });
    assert.equal(Buffer.from(stdout).toString() + Buffer.from(stderr).toString(), '2\nzero\nmounted\n0 4242\n');
    assert.equal(await readFile(hooked, 'utf8'), 'argument\n');
    await assert.rejects(runContainer(davit, pod, { name: 'none', CDIDevices: [{ name: 'vendor.com/thing=none' }] }), /CDI device 'vendor.com\/thing=none': no specification on this node has it/);
  });
}

for (const runtimeHandler of ['crun', 'runc', 'newer']) {
  test(`a class of block IO limits a container with ${runtimeHandler}, and one of RDT is refused`, async () => {
    const { davit } = node();
    await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
    await writeFile(CLASSES, 'Classes:\n  slow:\n  - Devices: ["/dev/loop0"]\n    ThrottleReadBps: 60M\n');
    const pod = await runPod(davit, { name: 'blockio', runtimeHandler, annotations: { 'blockio.resources.beta.kubernetes.io/container.main': 'slow', 'rdt.resources.beta.kubernetes.io/container.other': 'gold' } });
    const containerId = await runContainer(davit, pod, { name: 'main', command: ['sleep', '1000'] });
    const { info } = await davit.client.call('ContainerStatus', { containerId, verbose: true });
    const { runtimeSpec } = JSON.parse(info['info'] ?? '{}') as { runtimeSpec: { linux: { cgroupsPath: string; resources: { blockIO: object } } } };
    assert.deepEqual(runtimeSpec.linux.resources.blockIO, { throttleReadBpsDevice: [{ major: 7, minor: 0, rate: 60_000_000 }] });
    const [file, line] = existsSync('/sys/fs/cgroup/blkio') ? ['blkio', '7:0 60000000\n'] : ['', '7:0 rbps=60000000 wbps=max riops=max wiops=max\n'];
    assert.equal(await readFile(join('/sys/fs/cgroup', file, runtimeSpec.linux.cgroupsPath, file === '' ? 'io.max' : 'blkio.throttle.read_bps_device'), 'utf8'), line);
    await assert.rejects(runContainer(davit, pod, { name: 'other' }), /RDT class 'gold': davit does not manage resctrl/);
  });
}
