/** What an OCI runtime alone takes for a container like the bench's: a bundle by hand, with a ready seccomp program. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProcessRunner, detectCgroups } from '#linux';
import { createSeccompCompiler, DEFAULT_CAPABILITIES, defaultSeccompProfile } from '#oci';
import type { Stopwatch } from './stopwatch.ts';

export const CRUN = '/usr/bin/crun';
/** Of the profile's compilation, which is not measured. */
const COMPILE_TIMEOUT_MS = 30_000;

const CGROUP = `/davit-bench-${process.pid}`;
const REMOVE_TIMEOUT_MS = 10_000;

/** crun with a state of its own below a directory. All times are milliseconds. Containers must be gone before it is disposed. */
export interface ContainerFloor extends AsyncDisposable {
  create(id: string, netns: string): Promise<number>;
  /** Only its bundle, for somebody else to create it: with crun's global arguments that its state is found by, and its process. */
  prepare(id: string, netns: string): Promise<{ readonly bundle: string; readonly globalArgs: readonly string[]; readonly process: object }>;
  start(id: string): Promise<number>;
  exec(id: string): Promise<number>;
  /** Kills and deletes it. */
  remove(id: string): Promise<void>;
}

export async function createContainerFloor(directory: string, stopwatch: Stopwatch): Promise<ContainerFloor> {
  const compiler = createSeccompCompiler({ cacheDir: join(directory, 'seccomp'), runner: createProcessRunner() });
  const program = await compiler.compile(defaultSeccompProfile(DEFAULT_CAPABILITIES), { signal: AbortSignal.timeout(COMPILE_TIMEOUT_MS) });
  const globalArgs = ['--root', join(directory, 'crun')];
  const crun = (...args: string[]): Promise<number> => stopwatch.run(CRUN, ...globalArgs, ...args);
  const prepare: ContainerFloor['prepare'] = async (id, netns) => {
    const bundle = join(directory, id);
    const config = spec(id, netns, program.toString('base64'));
    await makeRootFileSystem(join(bundle, 'rootfs'));
    await writeFile(join(bundle, 'config.json'), JSON.stringify(config));
    return { bundle, globalArgs, process: config.process };
  };
  return {
    prepare,
    create: async (id, netns) => crun('create', '--bundle', (await prepare(id, netns)).bundle, id),
    start: (id) => crun('start', id),
    exec: (id) => crun('exec', id, '/bin/true'),
    remove: async (id) => { await crun('delete', '--force', id); },
    [Symbol.asyncDispose]: () => detectCgroups().remove(CGROUP, { signal: AbortSignal.timeout(REMOVE_TIMEOUT_MS) }),
  };
}

/** The host's /usr as the image. */
async function makeRootFileSystem(rootfs: string): Promise<void> {
  for (const name of ['usr', 'proc', 'dev', 'sys', 'etc', 'tmp']) await mkdir(join(rootfs, name), { recursive: true });
  for (const name of ['bin', 'lib', 'lib64']) await symlink(`usr/${name}`, join(rootfs, name));
}

function spec(id: string, netns: string, program: string): { readonly process: object; readonly [key: string]: unknown } {
  const mount = (destination: string, type: string, source: string, ...options: string[]): object => ({ destination, type, source, options: ['nosuid', 'noexec', ...options] });
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: false, user: { uid: 0, gid: 0 }, args: ['sleep', '3600'], env: ['PATH=/usr/bin:/bin'], cwd: '/', noNewPrivileges: false,
      capabilities: { bounding: DEFAULT_CAPABILITIES, effective: DEFAULT_CAPABILITIES, permitted: DEFAULT_CAPABILITIES },
    },
    root: { path: 'rootfs' }, hostname: 'bench', annotations: { 'run.oci.seccomp_bpf_data': program },
    mounts: [
      mount('/proc', 'proc', 'proc', 'nodev'), mount('/dev', 'tmpfs', 'tmpfs', 'mode=755', 'size=65536k'), mount('/dev/pts', 'devpts', 'devpts', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'),
      mount('/dev/mqueue', 'mqueue', 'mqueue', 'nodev'), mount('/dev/shm', 'tmpfs', 'shm', 'nodev', 'mode=1777', 'size=65536k'), mount('/sys', 'sysfs', 'sysfs', 'nodev', 'ro'),
      mount('/sys/fs/cgroup', 'cgroup', 'cgroup', 'nodev', 'ro'), { destination: '/usr', type: 'bind', source: '/usr', options: ['bind', 'ro'] },
    ],
    linux: {
      cgroupsPath: `${CGROUP}/${id}`, resources: { devices: [{ allow: false, access: 'rwm' }], cpu: { shares: 2 } },
      namespaces: [{ type: 'pid' }, { type: 'ipc' }, { type: 'uts' }, { type: 'mount' }, { type: 'network', path: netns }],
      maskedPaths: ['/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/timer_list', '/proc/scsi', '/sys/firmware'], readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
    },
  };
}
