import assert from 'node:assert/strict';
import test from 'node:test';
import { containerCgroupsPath, ownsPodCgroup, podCgroupPath, type CgroupManager } from './cgroups-path.ts';

const cases: [manager: CgroupManager, parent: string, pod: string, cgroupsPath: string, path: string][] = [
  ['cgroupfs', '', '/davit/pod1', '/davit/pod1/ctr', '/davit/pod1/ctr'],
  ['cgroupfs', '/kubepods/burstable/podX/', '/kubepods/burstable/podX', '/kubepods/burstable/podX/ctr', '/kubepods/burstable/podX/ctr'],
  ['cgroupfs', 'relative', '/relative', '/relative/ctr', '/relative/ctr'],
  ['systemd', '', '/davit.slice/davit-pod1.slice', 'davit-pod1.slice:davit:ctr', '/davit.slice/davit-pod1.slice/davit-ctr.scope'],
  ['systemd', '/test.slice', '/test.slice', 'test.slice:davit:ctr', '/test.slice/davit-ctr.scope'],
  ['systemd', 'kubepods-besteffort-podA_b.slice', '/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podA_b.slice', 'kubepods-besteffort-podA_b.slice:davit:ctr',
    '/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podA_b.slice/davit-ctr.scope'],
];
for (const [manager, parent, pod, cgroupsPath, path] of cases) {
  test(`${manager} names the cgroups of a pod with parent '${parent}'`, () => {
    assert.equal(podCgroupPath(manager, parent, 'pod1'), pod);
    assert.deepEqual(containerCgroupsPath(manager, pod, 'ctr'), { cgroupsPath, path });
    assert.equal(ownsPodCgroup(parent), parent === '');
  });
}

const refused: [CgroupManager, string][] = [['cgroupfs', '/a/../..'], ['cgroupfs', '/a/./b'], ['cgroupfs', '/a\0b'], ['cgroupfs', '/a/x.slice'], ['systemd', '/kubepods/pod'], ['systemd', '.slice'], ['systemd', 'a--b.slice'], ['systemd', '-a.slice']];
for (const [manager, parent] of refused) test(`${manager} refuses parent ${JSON.stringify(parent)}`, () => assert.throws(() => podCgroupPath(manager, parent, 'p'), { code: 'InvalidArgument' }));
