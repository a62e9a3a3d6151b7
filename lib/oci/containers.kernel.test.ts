import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { mount, MNT_DETACH, MS, umount } from '#linux';
import type { ContainerConfig, LinuxContainerSecurityContext } from './config.ts';
import { containerConfig, mountConfig, namespaceOptions } from './config-for-test.ts';
import { processJson } from './process-json.ts';
import { testNode } from './run-for-test.ts';
import type { Runtime } from './runtimes/runtime.ts';

const node = await testNode();
after(() => node[Symbol.asyncDispose]());
const runtimes = { crun: node.runtimes.get('crun'), runc: node.runtimes.get('runc') };
/** Nothing pinned: network and IPC of the node, a pid namespace of its own. */
const onNode: Partial<LinuxContainerSecurityContext> = { namespaceOptions: { ...namespaceOptions, network: 'node', ipc: 'node' } };
const defaultSeccomp = { profileType: 'runtimeDefault', localhostRef: '' } as const;

let ids = 0;
async function sh(runtime: Runtime, script: string, security: Partial<LinuxContainerSecurityContext> = {}, config: Partial<ContainerConfig> = {}): Promise<string> {
  const id = `c${process.pid}-${++ids}`;
  await node.spec(runtime, id, containerConfig({ ...config, command: ['sh', '-c', script] }, { ...onNode, ...security }));
  const { output, exitCode } = await node.run(runtime, id);
  assert.equal(exitCode, 0, output);
  return output.trim();
}

for (const [name, runtime] of Object.entries(runtimes)) {
  test(`${name}: a container has its command, environment, directory, hostname file and the pod's resolv.conf`, async () => {
    const envs = [{ key: 'ANSWER', value: Buffer.from('forty two ü') }];
    assert.equal(await sh(runtime, 'echo "$ANSWER|$PWD|$HOSTNAME|$PATH"; cat /etc/resolv.conf', {}, { envs, workingDir: '/tmp' }),
      `forty two ü|/tmp|${hostname()}|/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nresolv.conf of the pod`);
  });

  test(`${name}: user, groups and capabilities are those asked for`, async () => {
    assert.equal(await sh(runtime, 'id -u; id -g; id -G', { runAsUsername: 'person', supplementalGroups: [7] }), '1000\n1001\n1001 7 5000');
    const caps = await sh(runtime, 'grep -E "CapBnd|CapEff|CapAmb" /proc/self/status', { capabilities: { addCapabilities: ['NET_ADMIN'], dropCapabilities: ['CAP_KILL'], addAmbientCapabilities: [] } });
    assert.match(caps, /CapEff:\t00000000000015db\nCapBnd:\t00000000000015db\nCapAmb:\t0000000000000000/);
  });

  test(`${name}: seccomp is off when nothing is asked for, the default profile denies with EPERM, and exec has it too`, async () => {
    assert.equal(await sh(runtime, 'grep ^Seccomp: /proc/self/status'), 'Seccomp:\t0');
    const denied = 'grep ^Seccomp: /proc/self/status; unshare --uts true; unshare --user true; true';
    assert.equal(await sh(runtime, denied, { seccomp: defaultSeccomp }), 'Seccomp:\t2\nunshare: unshare failed: Operation not permitted\nunshare: unshare failed: Operation not permitted');
    assert.equal(await sh(runtime, 'grep ^Seccomp: /proc/self/status', { seccomp: defaultSeccomp, privileged: true }), 'Seccomp:\t0');
  });

  test(`${name}: a Localhost profile in Docker's format is in force`, async () => {
    const file = join(node.directory, `${name}-profile.json`);
    await writeFile(file, JSON.stringify({
      defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO', errnoRet: 28, includes: { arches: ['amd64', 'arm64'] } }, { names: ['chmod', 'fchmodat'], action: 'SCMP_ACT_ERRNO', includes: { caps: ['CAP_SYS_BOOT'] } }],
    }));
    const output = await sh(runtime, 'mkdir /tmp/x; chmod 700 /tmp && echo changed', { seccomp: { profileType: 'localhost', localhostRef: file } });
    assert.match(output, /mkdir: cannot create directory '\/tmp\/x': No space left on device|mkdir: cannot create directory ‘\/tmp\/x’: No space left on device/);
    assert.match(output, /changed/);
  });

  test(`${name}: masked and read-only paths, read-only rootfs, no_new_privs`, async () => {
    const output = await sh(runtime, 'wc -c < /proc/timer_list 2>&1; ls /proc/scsi | wc -l; echo 1 > /proc/sys/vm/swappiness; touch /file; grep NoNewPrivs /proc/self/status', {
      maskedPaths: ['/proc/timer_list', '/proc/scsi'], readonlyPaths: ['/proc/sys'], readonlyRootfs: true, noNewPrivs: true,
    });
    assert.match(output, /^0\n0\n/);
    assert.match(output, /swappiness: Read-only file system/);
    assert.match(output, /touch: .*Read-only file system/);
    assert.match(output, /NoNewPrivs:\t1/);
  });

  test(`${name}: a privileged container has every capability of the daemon and the node's devices`, async () => {
    const [caps, ...rest] = (await sh(runtime, 'grep CapEff /proc/self/status; ls /dev/loop-control /dev/kmsg 2>&1; touch /sys/kernel/mm/transparent_hugepage/enabled && echo writable', { privileged: true })).split('\n');
    const own = /CapBnd:\t(\w+)/.exec(await readFile('/proc/self/status', 'utf8'))?.[1];
    assert.equal(caps, `CapEff:\t${own}`);
    assert.deepEqual(rest.at(-1), 'writable');
    assert.ok(rest.includes('/dev/kmsg'), rest.join(' '));
  });

  test(`${name}: exec runs as the container does, under its seccomp profile`, async () => {
    const id = `e${process.pid}-${name}`;
    const config = containerConfig({ command: ['sleep', '100'], envs: [{ key: 'A', value: Buffer.from('b') }] }, { ...onNode, seccomp: defaultSeccomp, runAsUser: 1000 });
    const spec = await node.spec(runtime, id, config);
    const options = { signal: AbortSignal.timeout(20_000) };
    await node.start(runtime, id);
    assert.equal((await runtime.state(id, options))?.status, 'running');
    const file = join(node.directory, `${id}.json`);
    await writeFile(file, processJson(spec.process, ['sh', '-c', 'id -u; echo $A; grep ^Seccomp: /proc/self/status']));
    assert.equal((await node.command(runtime, ['exec', '--process', file, id])).output, '1000\nb\nSeccomp:\t2\n');
    await runtime.delete(id, { force: true, ...options });
    await runtime.delete(id, options);
    assert.equal(await runtime.state(id, options), undefined);
  });

  test(`${name}: update changes limits of a running container and names what the kernel refuses`, async () => {
    const id = `u${process.pid}-${name}`;
    const spec = await node.spec(runtime, id, containerConfig({ command: ['sleep', '100'] }, onNode, { memoryLimitInBytes: 64 << 20 }));
    const signal = AbortSignal.timeout(20_000);
    const { host } = node;
    await node.start(runtime, id);
    const limits = containerConfig({}, {}, { memoryLimitInBytes: 128 << 20, cpuShares: 512 }).linux.resources;
    await runtime.update(id, limits, { host, bundle: node.directory, signal });
    assert.equal(node.limit(spec.linux.cgroupsPath), BigInt(128 << 20));
    await assert.rejects(runtime.update(id, { ...limits, cpusetCpus: '4000' }, { host, bundle: node.directory, signal }), /update container .* by runtime handler/);
    await runtime.delete(id, { force: true, signal });
  });

  test(`${name}: mounts of the client: read-only, symbolic link followed, missing host path made, propagation`, async () => {
    const base = join(node.directory, `${name}-mounts`);
    await mkdir(join(base, 'real'), { recursive: true });
    await writeFile(join(base, 'real/file'), 'content\n');
    await symlink('real', join(base, 'link'));
    const mounts = [
      mountConfig({ containerPath: '/data/inner', hostPath: join(base, 'missing') }),
      mountConfig({ containerPath: '/data', hostPath: join(base, 'link'), readonly: true, mountOptions: ['noexec'] }),
    ];
    await mkdir(join(base, 'real/inner'));
    const output = await sh(runtime, 'exec 2>&1; cat /data/file; touch /data/new; touch /data/inner/new; grep " /data " /proc/self/mountinfo | cut -d" " -f6', {}, { mounts });
    assert.match(output, /^content\ntouch: .*Read-only file system\nro,.*noexec/);
    assert.ok((await stat(join(base, 'missing/new'))).isFile());
  });

  test(`${name}: recursive read-only mounts`, async (t) => {
    if (!runtime.handler.features.recursiveReadOnlyMounts) assert.fail(`${name} must have them here`);
    const base = join(node.directory, `${name}-rro`);
    await mkdir(join(base, 'below'), { recursive: true });
    mount('tmpfs', join(base, 'below'), 'tmpfs', 0);
    t.after(() => umount(join(base, 'below'), MNT_DETACH));
    for (const recursiveReadOnly of [false, true]) {
      const mounts = [mountConfig({ containerPath: '/data', hostPath: base, readonly: true, recursiveReadOnly })];
      const output = await sh(runtime, 'touch /data/below/file && echo written; true', {}, { mounts });
      assert.match(output, recursiveReadOnly ? /Read-only file system/ : /^written$/);
    }
  });

  test(`${name}: mounts that the container makes come through a shared mount`, async (t) => {
    const base = join(node.directory, `${name}-shared`);
    await mkdir(base);
    mount(base, base, '', MS.BIND);
    t.after(() => umount(base, MNT_DETACH));
    mount('', base, '', MS.PRIVATE);
    const mounts = [mountConfig({ containerPath: '/data', hostPath: base, propagation: 'bidirectional' })];
    await assert.rejects(sh(runtime, 'true', {}, { mounts }), /not a shared mount/);
    mount('', base, '', MS.SHARED);
    await sh(runtime, 'mkdir /data/m && mount -t tmpfs tmpfs /data/m && touch /data/m/file', { privileged: true }, { mounts });
    assert.ok((await stat(join(base, 'm/file'))).isFile());
  });
}

test('a container joins the namespaces of its pod, and gets the daemon\'s oom score when it may not have less', async (t) => {
  const holder = spawn('unshare', ['--net', '--ipc', '--uts', 'sh', '-c', 'hostname pinned && echo ready && exec sleep 100'], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  const at = (name: string): string => `/proc/${holder.pid}/ns/${name}`;
  const id = `n${process.pid}`;
  const config = containerConfig({ command: ['sh', '-c', 'for n in net ipc uts pid; do readlink /proc/self/ns/$n; done; hostname; cat /proc/self/oom_score_adj'] }, { namespaceOptions: { ...namespaceOptions, pid: 'pod' } }, { oomScoreAdj: -998 });
  await node.spec(runtimes.crun, id, config, { namespaces: { net: at('net'), ipc: at('ipc'), uts: at('uts'), pid: at('pid') } });
  const { output } = await node.run(runtimes.crun, id);
  const links = await Promise.all(['net', 'ipc', 'uts', 'pid'].map((name) => readlink(at(name))));
  const { oomScoreAdj, capabilities } = node.host;
  const mayLower = capabilities.has('CAP_SYS_RESOURCE');
  assert.equal(output, `${links.join('\n')}\npinned\n${mayLower ? -998 : Math.max(-998, oomScoreAdj)}\n`);
  assert.equal(node.log.filter((line) => line.includes('oom_score_adj')).length, mayLower ? 0 : 1);
});

test('crun gets a ready program, runc the rules', async () => {
  const [ready, rules] = await Promise.all(Object.values(runtimes).map((runtime, i) =>
    node.spec(runtime, `s${process.pid}-${i}`, containerConfig({ annotations: { 'run.oci.seccomp_bpf_data': 'AAAA', 'run.oci.handler': 'krun' } }, { ...onNode, seccomp: defaultSeccomp }))));
  assert.ok((ready?.annotations?.['run.oci.seccomp_bpf_data']?.length ?? 0) > 1000);
  assert.equal(ready?.linux.seccomp, undefined);
  assert.equal(rules?.annotations?.['run.oci.seccomp_bpf_data'], undefined);
  assert.ok((rules?.linux.seccomp?.syscalls?.length ?? 0) > 5);
  assert.equal(ready?.annotations?.['run.oci.handler'], undefined);
});
