/** What a container may, with each OCI runtime: privileges, capabilities, users and groups, namespaces, paths, devices. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { messages } from '#cri';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';
import type { ContainerConfig, RunningPod } from '../harness/index.ts';
import { RUNC } from '../harness/places.ts';

type Security = messages.Input<messages.LinuxContainerSecurityContext>;
const node = useNode({ config: `[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` });
const OWN_PROCESSES = { pid: 1 };

async function pod(runtimeHandler: string, security: messages.Input<messages.LinuxSandboxSecurityContext> = {}): Promise<RunningPod> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  return runPod(davit, { name: 'security', runtimeHandler, linux: { securityContext: { namespaceOptions: OWN_PROCESSES, ...security } } });
}

let counter = 0;
/** Starts a container with this security context and says what a script prints in it. */
async function inside(on: RunningPod, securityContext: Security, script: string, more: ContainerConfig = {}): Promise<string> {
  return sh(await running(on, securityContext, more), script);
}

async function running(on: RunningPod, securityContext: Security, more: ContainerConfig = {}): Promise<string> {
  return runContainer(node().davit, on, { name: `c${counter++}`, command: ['sleep', '1000'], ...more, linux: { securityContext, ...more.linux } });
}

async function sh(containerId: string, script: string): Promise<string> {
  const { stdout } = await node().davit.client.call('ExecSync', { containerId, cmd: ['sh', '-c', `exec 2>&1; ${script}`], timeout: 30n });
  return Buffer.from(stdout).toString().trim();
}

const STATUS = (field: string): string => `sed -n 's/^${field}:\\s*//p' /proc/self/status`;
const bit = (n: number): bigint => 1n << BigInt(n);
const [CHOWN, NET_BIND_SERVICE, NET_RAW] = [bit(0), bit(10), bit(13)];
/** What the daemon has, which is all that it can give. */
const OURS = BigInt(`0x${/^CapBnd:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`);
const set = (text: string): bigint => BigInt(`0x${text}`);

for (const handler of ['crun', 'runc', 'newer']) {
  describe(`with ${handler}`, () => {
    test('a privileged container has all devices, capabilities and paths, and no profile', async () => {
      const securityContext: Security = { privileged: true, maskedPaths: ['/proc/keys'], readonlyPaths: ['/proc/sys'], seccomp: { profileType: 0 }, noNewPrivs: true };
      const id = await running(await pod(handler, { privileged: true }), securityContext);
      assert.equal(set(await sh(id, STATUS('CapEff'))), OURS);
      assert.equal(await sh(id, STATUS('Seccomp')), '0');
      assert.match(await sh(id, 'ls /dev/loop-control; grep " /sys \\| /sys/fs/cgroup " /proc/mounts | cut -d" " -f2,4'), /^\/dev\/loop-control\n\/sys rw\S*\n\/sys\/fs\/cgroup rw/);
      assert.equal(await sh(id, 'head -c 1 /proc/keys > /dev/null && cat /proc/sys/kernel/domainname > /tmp/d && cat /tmp/d > /proc/sys/kernel/domainname && mknod /tmp/zero c 1 5 && head -c 1 /tmp/zero | wc -c'), '1');
    });

    test('capabilities are added, dropped and made ambient', async () => {
      const on = await pod(handler);
      const effective = async (capabilities: Security['capabilities']): Promise<bigint> => set(await inside(on, { capabilities }, STATUS('CapEff')));
      assert.equal(await effective({ addCapabilities: ['ALL'], dropCapabilities: ['NET_RAW'] }), OURS & ~NET_RAW);
      assert.equal(await effective({ addCapabilities: ['CAP_CHOWN'], dropCapabilities: ['all'] }), CHOWN);
      assert.equal((await effective({})) & NET_RAW, 0n);
      const ambient = await inside(on, { runAsUser: { value: 1000n }, capabilities: { dropCapabilities: ['ALL'], addAmbientCapabilities: ['NET_BIND_SERVICE'] } }, `${STATUS('CapAmb')}; ${STATUS('CapEff')}; ${STATUS('CapBnd')}`);
      assert.deepEqual(ambient.split('\n').map(set), [NET_BIND_SERVICE, NET_BIND_SERVICE, NET_BIND_SERVICE]);
    });

    test('users come by number and name, groups by policy', async () => {
      const on = await pod(handler);
      assert.equal(await inside(on, { runAsUser: { value: 1000n }, runAsGroup: { value: 2000n }, supplementalGroups: [3000n] }, 'id -u; id -g; id -G'), '1000\n2000\n2000 3000');
      assert.equal(await inside(on, { runAsUsername: 'nobody', supplementalGroupsPolicy: 1 }, 'id -un'), 'nobody');
      await assert.rejects(running(on, { runAsUsername: 'no-such' }), /'no-such': not in the image's \/etc\/passwd/);
      const id = await running(on, { runAsUser: { value: 1000n }, runAsGroup: { value: 2000n }, supplementalGroups: [3000n] });
      const { status } = await node().davit.client.call('ContainerStatus', { containerId: id });
      const { uid, gid, supplementalGroups } = status?.user?.linux ?? {};
      assert.deepEqual([uid, gid, supplementalGroups], [1000n, 2000n, [2000n, 3000n]]);
    });

    test('paths are masked and read-only, whatever they are, and one that is absent is no error', async () => {
      const on = await pod(handler);
      const securityContext: Security = { maskedPaths: ['/etc/passwd', '/no/such', '/var'], readonlyPaths: ['/tmp', '/no/such'], readonlyRootfs: false };
      assert.equal(await inside(on, securityContext, 'wc -c < /etc/passwd; ls /var | wc -l; touch /tmp/x'), '0\n0\ntouch: /tmp/x: Read-only file system');
      assert.equal(await inside(on, { readonlyRootfs: true }, 'touch /x; touch /dev/shm/x && echo shm; touch /etc/hostname'), 'touch: /x: Read-only file system\nshm\ntouch: /etc/hostname: Read-only file system');
    });

    test('no_new_privs and seccomp are as asked', async () => {
      const on = await pod(handler);
      const state = (securityContext: Security): Promise<string> => inside(on, securityContext, `${STATUS('NoNewPrivs')}; ${STATUS('Seccomp')}`);
      assert.equal(await state({ noNewPrivs: true, seccomp: { profileType: 0 } }), '1\n2');
      assert.equal(await state({ seccomp: { profileType: 1 } }), '0\n0');
      assert.equal(await state({}), '0\n0');
    });

    test('a container may have processes and IPC of its own, or look at another\'s processes', async () => {
      const on = await pod(handler);
      const first = await running(on, { namespaceOptions: OWN_PROCESSES }, { command: ['sh', '-c', 'exec sleep 4321'] });
      assert.equal(await inside(on, { namespaceOptions: { pid: 3, targetId: first } }, 'tr "\\0" " " < /proc/1/cmdline'), 'sleep 4321');
      const ipc = 'readlink /proc/self/ns/ipc; touch /dev/shm/mine; ls /dev/shm; grep -c " /dev/mqueue " /proc/mounts';
      const [shared, own] = [await inside(on, { namespaceOptions: OWN_PROCESSES }, ipc), await inside(on, { namespaceOptions: { ...OWN_PROCESSES, ipc: 1 } }, `ls /dev/shm; ${ipc}`)];
      assert.notEqual(shared.split('\n')[0], own.split('\n')[0]);
      assert.deepEqual([shared.split('\n').slice(1), own.split('\n').slice(1)], [['mine', '1'], ['mine', '1']]);
    });

    test('devices come with their permissions, and the score for the OOM killer within what the daemon may', async () => {
      const on = await pod(handler);
      const device = (permissions: string): ContainerConfig => ({ devices: [{ hostPath: '/dev/loop-control', containerPath: '/dev/lc', permissions }] });
      assert.equal(await inside(on, {}, 'stat -c %F /dev/lc; (: < /dev/lc) && echo open', device('r')), 'character special file\nopen');
      assert.equal(await inside(on, {}, 'cat /proc/1/oom_score_adj', { linux: { resources: { oomScoreAdj: 321n } } }), '321');
      const own = Number(readFileSync('/proc/self/oom_score_adj', 'utf8'));
      const low = Number(await inside(on, {}, 'cat /proc/1/oom_score_adj', { linux: { resources: { oomScoreAdj: -998n } } }));
      assert.ok(low <= own, `${low} of a container that asked for -998, ${own} is ours`);
    });
  });
}

test('what the node does not have is refused: AppArmor, privileges of a pod that has none; SELinux options are a word in the log and in the container\'s own information', async () => {
  const on = await pod('');
  await assert.rejects(running(on, { apparmor: { profileType: 2, localhostRef: 'p' } }), /AppArmor profile 'p' is asked for, but this node's kernel has no AppArmor/);
  await assert.rejects(running(on, { privileged: true }), /security_context.privileged/);
  await assert.rejects(running(on, { namespaceOptions: { network: 2 } }), /network NODE: the pod has POD/);
  const ids = [await running(on, { selinuxOptions: { type: 'spc_t' } }), await running(on, { selinuxOptions: { level: 's0:c0,c1' } }), await running(on, {})];
  assert.equal(node().davit.log().match(/SELinux is off on this node/g)?.length, 1);
  const told = await Promise.all(ids.map(async (containerId) => {
    const { info } = await node().davit.client.call('ContainerStatus', { containerId, verbose: true });
    return ((JSON.parse(info['info'] ?? '{}') as { warnings?: string[] }).warnings ?? []).filter((warning) => warning.startsWith('SELinux is off'));
  }));
  assert.deepEqual(told.map((warnings) => warnings.length), [1, 1, 0]);
});

test('a node may refuse containers whose SELinux options it cannot give', async () => {
  const { davit } = node();
  await davit.stop();
  await appendFile(join(davit.directory, 'davit.conf'), '[crio.runtime]\nselinux_unavailable = "refuse"\n');
  await davit.start();
  const on = await pod('');
  await assert.rejects(running(on, { selinuxOptions: { type: 'my_t', level: 's0:c0,c1' } }), /^FailedPreconditionError: SELinux options '\*:\*:my_t:s0:c0,c1' are asked for, but SELinux is off on this node/);
  await running(on, {});
});
