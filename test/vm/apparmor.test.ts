/** The default AppArmor profile, on a kernel that has AppArmor: davit loads it, and containers that ask for none or for the runtime's default are held by it. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';
import type { ContainerConfig } from '../harness/index.ts';

const node = useNode();
/** CRI's NamespaceMode: with a namespace of its own the container's first process is /proc/1, not the pod's pause. */
const CONTAINER = 1;
/** CRI's ProfileType. */
const [RUNTIME_DEFAULT, UNCONFINED] = [0, 1];
type Security = NonNullable<NonNullable<ContainerConfig['linux']>['securityContext']>;

for (const runtimeHandler of ['crun', 'runc']) {
  test(`containers of ${runtimeHandler} run with the default profile unless they are unconfined or privileged`, async () => {
    const { davit } = node();
    await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
    const pod = await runPod(davit, { name: 'confined', linux: { securityContext: { privileged: true, namespaceOptions: { pid: CONTAINER } } }, runtimeHandler });
    const inside = async (name: string, securityContext: Security, script: string): Promise<string> => {
      const containerId = await runContainer(davit, pod, { name, command: ['sleep', '1000'], linux: { securityContext: { ...securityContext, namespaceOptions: { pid: CONTAINER } } } });
      const { stdout, stderr } = await davit.client.call('ExecSync', { containerId, cmd: ['sh', '-c', script], timeout: 60n });
      return Buffer.concat([stdout, stderr]).toString().trim();
    };
    const confinement = 'cat /proc/1/attr/current /proc/self/attr/current';
    assert.match(await readFile('/sys/kernel/security/apparmor/profiles', 'utf8'), /^davit-default \(enforce\)$/m);
    assert.equal(await inside('bare', {}, confinement), 'davit-default (enforce)\ndavit-default (enforce)');
    assert.equal(await inside('default', { apparmor: { profileType: RUNTIME_DEFAULT } }, confinement), 'davit-default (enforce)\ndavit-default (enforce)');
    assert.equal(await inside('free', { apparmor: { profileType: UNCONFINED } }, confinement), 'unconfined\nunconfined');
    assert.equal(await inside('privileged', { privileged: true }, confinement), 'unconfined\nunconfined');
    // Mounting takes a capability, and is denied all the same.
    const mounting = (apparmor: Security['apparmor']): Security => ({ capabilities: { addCapabilities: ['SYS_ADMIN'] }, ...apparmor && { apparmor } });
    const mount = 'mount -t tmpfs tmpfs /tmp && echo mounted; kill -0 1 && echo signals';
    assert.match(await inside('mounts', mounting(null), mount), /^signals\n.*denied/);
    assert.equal(await inside('mounts-freely', mounting({ profileType: UNCONFINED }), mount), 'mounted\nsignals');
  });
}
