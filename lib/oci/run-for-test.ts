/** Kernel tests run real containers from the builders' specs: the node's /usr as the image, a runtime of the node, its output. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcessRunner, detectCgroups } from '#linux';
import { createLogger } from '#log';
import { writeBundle } from './bundle.ts';
import { containerCgroupsPath } from './cgroups-path.ts';
import type { ContainerConfig, PodSandboxConfig } from './config.ts';
import { mountConfig, sandboxConfig } from './config-for-test.ts';
import { createContainerSpec, type ContainerSpecRequest } from './create-spec.ts';
import { readHostFacts, type HostFacts } from './host.ts';
import type { Runtime } from './runtimes/runtime.ts';
import { createRuntimes, type Runtimes } from './runtimes/runtimes.ts';
import type { Spec } from './spec/types.ts';

export interface TestNode extends AsyncDisposable {
  readonly directory: string;
  readonly runtimes: Runtimes;
  readonly host: HostFacts;
  /** Lines of the daemon's log. */
  readonly log: string[];
  /** Memory limit of a cgroup. */
  limit(cgroupPath: string): bigint | undefined;
  /** The spec of a container whose image is the node's /usr. */
  spec(runtime: Runtime, id: string, config: ContainerConfig, more?: Partial<ContainerSpecRequest> & { sandbox?: PodSandboxConfig }): Promise<Spec>;
  /** Runs it to its end and gives its output, both streams. */
  run(runtime: Runtime, id: string): Promise<{ output: string; exitCode: number | undefined }>;
  /** Starts it and leaves it running. */
  start(runtime: Runtime, id: string): Promise<void>;
  /** Runs any command of the runtime. */
  command(runtime: Runtime, args: readonly string[]): Promise<{ output: string; exitCode: number | undefined }>;
}

const TIMEOUT_MS = 30_000;

export async function testNode(): Promise<TestNode> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-oci-'));
  const cgroups = detectCgroups();
  const cgroup = `/davit-oci-test-${process.pid}`;
  const log: string[] = [];
  const runner = createProcessRunner();
  const runtimes = await createRuntimes({
    handlers: { crun: { path: '/usr/bin/crun', root: join(directory, 'crun'), type: 'oci' }, runc: { path: '/usr/sbin/runc', root: join(directory, 'runc'), type: 'oci' } },
    defaultHandler: 'crun', cgroupManager: 'cgroupfs', runner, log: createLogger({ level: 'warn', format: 'text', write: (line) => log.push(line) }),
  });
  const host = await readHostFacts(cgroups);
  await Promise.all(['resolv.conf', 'hostname'].map((name) => writeFile(join(directory, name), `${name} of the pod\n`)));
  const command: TestNode['command'] = async (runtime, args) => {
    const result = await runner.run({ file: runtime.handler.path, args: [...runtime.globalArgs(), ...args], env: {}, timeoutMs: TIMEOUT_MS }, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { output: result.stdout.toString() + result.stderr.toString(), exitCode: result.exitCode };
  };
  return {
    directory, runtimes, host, log, command,
    limit: (path) => cgroups.stats(path)?.memory.limit,
    spec: async (runtime, id, config, more = {}) => {
      const rootfsPath = await usrImage(join(directory, id));
      const withUsr = { ...config, mounts: [mountConfig({ containerPath: '/usr', hostPath: '/usr', readonly: true }), ...config.mounts] };
      const { spec } = await createContainerSpec({
        id, sandboxId: 'sandbox', config: withUsr, sandbox: sandboxConfig(), image: { env: [], entrypoint: [], cmd: [], workingDir: '', user: '', volumes: [] }, rootfsPath,
        namespaceOptions: config.linux.securityContext.namespaceOptions, namespaces: {},
        cgroupsPath: containerCgroupsPath('cgroupfs', cgroup, id).cgroupsPath, files: { resolvConf: join(directory, 'resolv.conf'), hostname: join(directory, 'hostname'), shm: '/dev/shm' },
        host, runtime, mountMaker: NO_MOUNTS, ...more,
      }, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      await writeBundle(join(directory, id, 'bundle'), spec);
      return spec;
    },
    run: (runtime, id) => command(runtime, ['run', '--bundle', join(directory, id, 'bundle'), id]),
    start: async (runtime, id) => {
      const log = join(directory, id, 'log');
      // The container keeps its output open, so that must not be the runner's pipe.
      const args = ['-c', 'log=$1; shift; exec "$@" > "$log" 2>&1 < /dev/null', 'sh', log, runtime.handler.path, ...runtime.globalArgs(), 'run', '--detach', '--bundle', join(directory, id, 'bundle'), id];
      const { exitCode } = await runner.run({ file: '/bin/sh', args, env: {}, timeoutMs: TIMEOUT_MS }, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (exitCode !== 0) throw new Error(`run ${id}: ${await readFile(log, 'utf8')}`);
    },
    [Symbol.asyncDispose]: async () => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      await cgroups.killAll(cgroup, { signal });
      await cgroups.remove(cgroup, { signal });
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Nothing here asks for an image's tree or mapped ids. */
const refuse = (): Promise<never> => Promise.reject(new Error('unused'));
const NO_MOUNTS = { image: refuse, idMapped: refuse };

/** A rootfs with accounts of its own, whose programs are a mount of the node's /usr. */
async function usrImage(directory: string): Promise<string> {
  const rootfs = join(directory, 'rootfs');
  await mkdir(join(rootfs, 'etc'), { recursive: true });
  await mkdir(join(rootfs, 'usr'));
  await mkdir(join(rootfs, 'tmp'));
  await Promise.all(['bin', 'sbin', 'lib', 'lib64'].map((name) => symlink(`usr/${name}`, join(rootfs, name))));
  await writeFile(join(rootfs, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\nperson:x:1000:1001::/home:/bin/sh\n');
  await writeFile(join(rootfs, 'etc/group'), 'root:x:0:\npeople:x:1001:\nextra:x:5000:person\n');
  return rootfs;
}
