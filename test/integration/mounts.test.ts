/** What containers mount: images as volumes, options, order, links, propagation. */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';
import type { ContainerConfig, RunningPod } from '../harness/index.ts';
import { RUNC } from '../harness/places.ts';

const node = useNode({ config: `[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` });
const IMAGE = { image: BUSYBOX_IMAGE, userSpecifiedImage: BUSYBOX_IMAGE };
const IMAGE_VOLUME = { containerPath: '/image', readonly: true, image: IMAGE };

async function pull(): Promise<string> {
  return (await node().davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } })).imageRef;
}

async function withMounts(pod: RunningPod, name: string, mounts: NonNullable<ContainerConfig['mounts']>, options: Omit<ContainerConfig, 'mounts'> = {}): Promise<string> {
  return runContainer(node().davit, pod, { name, command: ['sleep', '1000'], mounts, ...options });
}

async function sh(containerId: string, script: string): Promise<string> {
  const { stdout, stderr } = await node().davit.client.call('ExecSync', { containerId, cmd: ['sh', '-c', script], timeout: 30n });
  return `${Buffer.from(stdout).toString()}${Buffer.from(stderr).toString()}`.trim();
}

for (const runtimeHandler of ['crun', 'runc', 'newer']) {
  test(`an image is a volume with ${runtimeHandler}: whole or in part, read-only, with programs, told in the status, and shared`, async () => {
    const { davit } = node();
    const id = await pull();
    const pod = await runPod(davit, { name: 'images', runtimeHandler });
    const containerId = await withMounts(pod, 'whole', [IMAGE_VOLUME, { ...IMAGE_VOLUME, containerPath: '/part', imageSubPath: 'etc' }, { ...IMAGE_VOLUME, containerPath: '/file', imageSubPath: 'etc/passwd', mountOptions: ['noexec'] }]);
    assert.equal(await sh(containerId, '/image/bin/echo runs; test -f /part/passwd && echo part; head -c 4 /file'), 'runs\npart\nroot');
    assert.match(await sh(containerId, 'exec 2>&1; touch /image/x /part/x; (echo > /file); grep " /file " /proc/mounts'), /\/image\/x: Read-only .*\n.*\/part\/x: Read-only .*\n.*\/file: Read-only .*\n.* \/file overlay ro,noexec/);
    const { status } = await davit.client.call('ContainerStatus', { containerId });
    assert.deepEqual(status?.mounts.map((m) => [m.containerPath, m.image?.image, m.image?.imageRef, m.imageSubPath]), [['/image', BUSYBOX_IMAGE, id, ''], ['/part', BUSYBOX_IMAGE, id, 'etc'], ['/file', BUSYBOX_IMAGE, id, 'etc/passwd']]);
    const second = await withMounts(pod, 'second', [IMAGE_VOLUME]);
    await davit.client.call('RemoveContainer', { containerId });
    assert.equal(await sh(second, '/image/bin/echo still'), 'still');
  });
}

test('an image as a volume stays while its container does, though the image goes', async () => {
  const { davit } = node();
  await pull();
  const pod = await runPod(davit, { name: 'gone' });
  const containerId = await withMounts(pod, 'main', [IMAGE_VOLUME]);
  await davit.client.call('RemoveImage', { image: { image: BUSYBOX_IMAGE } });
  await davit.stop();
  await davit.start();
  assert.equal(await sh(containerId, '/image/bin/echo still'), 'still');
});

test('images as volumes are refused with kubelet\'s word when absent, and as a bad request when writable', async () => {
  const { davit } = node();
  await pull();
  const pod = await runPod(davit, { name: 'refused' });
  const refused = (name: string, mount: object, message: RegExp): Promise<void> => assert.rejects(withMounts(pod, name, [{ ...IMAGE_VOLUME, ...mount }]), message);
  await refused('absent', { image: { image: 'registry.k8s.io/no/such:1' } }, /ImageVolumeMountFailed: .*"registry.k8s.io\/no\/such:1" is not on this node/);
  await refused('no-path', { imageSubPath: 'no/such' }, /ImageVolumeMountFailed: .*no\/such/);
  await refused('climbing', { imageSubPath: '../etc' }, /\.\./);
  await refused('writable', { readonly: false }, /readonly: false for an image/);
  await refused('both', { hostPath: '/tmp' }, /both host_path/);
});

for (const runtimeHandler of ['crun', 'runc', 'newer']) {
  test(`mounts with ${runtimeHandler} follow links, have the options asked for, and hide nothing of each other`, async () => {
    const { davit } = node();
    await pull();
    const directory = join(davit.directory, `mounts-${runtimeHandler}`);
    await mkdir(join(directory, 'real/inner'), { recursive: true });
    await writeFile(join(directory, 'real/file'), '');
    await symlink('real', join(directory, 'link'));
    const pod = await runPod(davit, { name: 'mounts', runtimeHandler });
    const containerId = await withMounts(pod, 'main', [
      { containerPath: '/outer/inner/deep', hostPath: join(directory, 'real') }, { containerPath: '/outer', hostPath: join(directory, 'link'), mountOptions: ['noexec', 'nosuid', 'nodev'] },
      { containerPath: '/made', hostPath: join(directory, 'absent/deep') }, { containerPath: '/etc/hosts', hostPath: join(directory, 'real/file'), readonly: true },
    ]);
    assert.equal(await sh(containerId, 'ls /outer /outer/inner/deep | tr "\\n" " "; ls -d /made'), '/outer: file inner  /outer/inner/deep: file inner /made');
    assert.match(await sh(containerId, 'grep " /outer " /proc/mounts'), /^(?=.*\bnoexec\b)(?=.*\bnosuid\b)(?=.*\bnodev\b).*\brw\b/);
    assert.equal(await sh(containerId, 'grep " /etc/hosts " /proc/mounts | wc -l; grep -c " /dev/shm \\| /dev/mqueue \\| /sys \\| /proc " /proc/mounts'), '1\n4');
  });

  test(`with ${runtimeHandler} a container sees what is its own of /proc, /sys and cgroups, and can change none of the node's`, async () => {
    await pull();
    const containerId = await withMounts(await runPod(node().davit, { name: 'views', runtimeHandler }), 'main', [], { linux: { resources: { memoryLimitInBytes: 64n << 20n } } });
    const mounted = async (path: string): Promise<string> => sh(containerId, `grep " ${path} " /proc/mounts | cut -d " " -f 3,4`);
    for (const [path, kind] of [['/proc', /^proc rw,nosuid,nodev,noexec/], ['/sys', /^sysfs ro,nosuid,nodev,noexec/], ['/dev', /^tmpfs rw,nosuid/], ['/dev/pts', /^devpts /], ['/dev/mqueue', /^mqueue /], ['/dev/shm', /^tmpfs .*nodev.*size=65536k/]] as const) {
      assert.match(await mounted(path), kind, path);
    }
    assert.match(await sh(containerId, 'mkdir /sys/fs/cgroup/memory/x; touch /sys/kernel/x; true'), /^mkdir: .*memory\/x.*Read-only file system\ntouch: .*Read-only/);
    // What stands at the top is its own cgroup.
    assert.equal(await sh(containerId, 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes'), String(64 << 20));
    // The pod's processes, none of the node's.
    assert.equal(await sh(containerId, 'tr "\\0" "\\n" < /proc/1/cmdline; cat /proc/[0-9]*/cmdline | tr "\\0" " " | grep -c "[s]erve --config" || true'), 'pause\n0');
  });

  test(`read-only reaches mounts below it only when recursive, with ${runtimeHandler}`, async () => {
    const { davit } = node();
    await pull();
    const directory = join(davit.directory, `rro-${runtimeHandler}`);
    await mkdir(join(directory, 'sub'), { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(directory, 'sub')]);
    try {
      const pod = await runPod(davit, { name: 'rro', runtimeHandler });
      const writes = async (name: string, recursiveReadOnly: boolean): Promise<string> => {
        const containerId = await withMounts(pod, name, [{ containerPath: '/v', hostPath: directory, readonly: true, recursiveReadOnly }]);
        return sh(containerId, '{ touch /v/x 2> /dev/null && echo top; touch /v/sub/x 2> /dev/null && echo below; true; }');
      };
      assert.equal(await writes('plain', false), 'below');
      assert.equal(await writes('recursive', true), '');
      await node().removeAllPods();
    } finally {
      execFileSync('umount', [join(directory, 'sub')]);
    }
  });
}
