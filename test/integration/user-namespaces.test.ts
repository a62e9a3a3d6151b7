/** Pods with user namespaces, with each OCI runtime: who owns what inside and outside. */
import { strict as assert } from 'node:assert';
import { chown, mkdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../harness/index.ts';
import type { ContainerOptions, PodOptions, RunningPod } from '../harness/index.ts';
import { RUNC } from '../harness/places.ts';

const node = useNode({ config: `[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` });
const FIRST = 700_000;
const MAPPING = [{ hostId: FIRST, containerId: 0, length: 65_536 }];
/** From before the first namespace to when most containers run. */
const KILL_AFTER_MS = [40, 120, 200, 300];
const USERNS = { mode: 0, uids: MAPPING, gids: MAPPING };

async function usernsPod(runtimeHandler: string, options: { pid?: number; network?: number; sysctls?: Record<string, string> } = {}): Promise<RunningPod> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const { sysctls = {}, ...modes } = options;
  return runPod(davit, { name: `userns-${runtimeHandler}`, runtimeHandler, linux: { sysctls, securityContext: { namespaceOptions: { usernsOptions: USERNS, pid: 1, ...modes } } } } satisfies PodOptions & { runtimeHandler: string });
}

async function sh(containerId: string, script: string): Promise<string> {
  const { stdout, stderr, exitCode } = await node().davit.client.call('ExecSync', { containerId, cmd: ['sh', '-c', script], timeout: 30n });
  return `${Buffer.from(stdout).toString()}${Buffer.from(stderr).toString()}${exitCode === 0 ? '' : `exit ${exitCode}`}`.trim();
}

function sleeping(name: string, options: Omit<ContainerOptions, 'name'> = {}): ContainerOptions {
  return { name, command: ['sleep', '1000'], ...options };
}

for (const handler of ['crun', 'runc', 'newer']) {
  describe(`with ${handler}`, () => {
    test('root of the container is nobody outside, owns the image inside, and can use what a pod has', async () => {
      const { davit } = node();
      const pod = await usernsPod(handler, { sysctls: { 'net.ipv4.ip_unprivileged_port_start': '80', 'kernel.shm_rmid_forced': '1' } });
      const id = await runContainer(davit, pod, sleeping('main'));
      assert.match(await sh(id, 'cat /proc/self/uid_map /proc/self/gid_map'), new RegExp(`^\\s*0\\s+${FIRST}\\s+65536\\n\\s*0\\s+${FIRST}\\s+65536$`));
      assert.equal(await sh(id, 'stat -c "%u:%g" / /bin/sh /etc/passwd /etc/hostname /etc/resolv.conf /dev/shm | sort -u'), '0:0');
      assert.equal(await sh(id, 'echo x > /root-was-here && chown 33:44 /root-was-here && stat -c %u:%g /root-was-here'), '33:44');
      assert.equal(await sh(id, 'echo x > /dev/shm/x && echo name > /etc/hostname && cat /etc/hostname && ls -d /dev/mqueue && cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/kernel/shm_rmid_forced'), 'name\n/dev/mqueue\n80\n1');
      const written = await stat(join(davit.root, 'containers', id, 'upper/root-was-here'));
      assert.deepEqual([written.uid, written.gid], [FIRST + 33, FIRST + 44]);
      const { info } = await davit.client.call('ContainerStatus', { containerId: id, verbose: true });
      const { pid } = JSON.parse(info['info'] ?? '{}') as { pid: number };
      assert.match(await readFile(`/proc/${pid}/status`, 'utf8'), new RegExp(`Uid:\\s+${FIRST}\\s`));
    });

    test('a volume with mapped ids has the owners of the disk inside, and what is written inside on the disk', async () => {
      const { davit } = node();
      const volume = join(davit.directory, `volume-${handler}`);
      await mkdir(join(volume, 'sub'), { recursive: true });
      await writeFile(join(volume, 'data'), 'text');
      await chown(join(volume, 'data'), 1000, 2000);
      const pod = await usernsPod(handler);
      const mapped = { uidMappings: MAPPING, gidMappings: MAPPING };
      const id = await runContainer(davit, pod, sleeping('main', { mounts: [
        { hostPath: volume, containerPath: '/volume', ...mapped }, { hostPath: join(volume, 'data'), containerPath: '/file', readonly: true, ...mapped },
      ] }));
      assert.equal(await sh(id, 'stat -c "%u:%g" /volume /volume/data /file; echo x > /volume/new; echo x > /file'), '0:0\n1000:2000\n1000:2000\nsh: can\'t create /file: Read-only file system\nexit 1');
      assert.equal((await stat(join(volume, 'new'))).uid, 0);
    });

    test('a user that is not root reads, writes its output by name, and shares processes with its pod', async () => {
      const { davit } = node();
      const pod = await usernsPod(handler, { pid: 0 });
      await runContainer(davit, pod, sleeping('first'));
      const id = await runContainer(davit, pod, {
        name: 'second', command: ['sh', '-c', 'echo by name > /dev/stdout; sleep 1000'], linux: { securityContext: { runAsUser: { value: 1000n }, namespaceOptions: { usernsOptions: USERNS } } },
      });
      // A container that has been started may not be its program yet.
      await eventually('both programs', async () => await sh(id, 'pgrep sleep | wc -l') === '2');
      assert.equal(await sh(id, 'id -u; cat /proc/1/comm'), '1000\npause');
      const { status } = await davit.client.call('ContainerStatus', { containerId: id });
      await eventually('its output', async () => (await readFile(status?.logPath ?? '', 'utf8')).includes('stdout F by name\n'));
    });

    test('it goes with the node\'s network', async () => {
      const { davit } = node();
      const pod = await usernsPod(handler, { network: 2 });
      const id = await runContainer(davit, pod, sleeping('main'));
      assert.equal(await sh(id, 'readlink /proc/self/ns/net; ls -d /sys/class/net; stat -c %u /bin/sh'), `${await readlink('/proc/self/ns/net')}\n/sys/class/net\n0`);
    });
  });
}

test('ids that are not mapped, and mappings of a mount that are not the pod\'s, are refused', async () => {
  const { davit } = node();
  const pod = await usernsPod('');
  await assert.rejects(runContainer(davit, pod, sleeping('far', { linux: { securityContext: { runAsUser: { value: 70_000n } } } })), /user 70000.*not mapped/);
  const other = [{ hostId: 1, containerId: 0, length: 10 }];
  await assert.rejects(runContainer(davit, pod, sleeping('other', { mounts: [{ hostPath: '/tmp', containerPath: '/x', uidMappings: other, gidMappings: other }] })), /must be those of the pod's user namespace/);
});

test('kill -9 while such containers with volumes and images as volumes are made: nothing stays mounted, and the volume keeps what is in it', async () => {
  const { davit } = node();
  const volume = join(davit.directory, 'precious');
  await mkdir(volume);
  await writeFile(join(volume, 'data'), 'precious');
  const mapped = { uidMappings: MAPPING, gidMappings: MAPPING };
  const mounts = [{ hostPath: volume, containerPath: '/volume', ...mapped }, { hostPath: join(volume, 'data'), containerPath: '/file', ...mapped }, { image: { image: BUSYBOX_IMAGE }, containerPath: '/image', readonly: true }];
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  for (const ms of KILL_AFTER_MS) {
    const settled = Promise.allSettled([1, 2, 3].map(async () => runContainer(davit, await usernsPod('crun'), sleeping('main', { mounts }))));
    await delay(ms);
    await davit.kill9();
    await settled;
    await davit.start();
    await node().removeAllPods();
    await node().assertClean();
    assert.equal(await readFile(join(volume, 'data'), 'utf8'), 'precious');
  }
});
