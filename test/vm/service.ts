/** davit put on a node as README.md says: the tree, the command, the unit of contrib, files below /etc. For a machine that is thrown away. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '#cri';
import type { CriClient } from '#cri';
import { eventually, registriesConf, startImages } from '../harness/index.ts';

const run = promisify(execFile);
const CLONE = resolve(import.meta.dirname, '../..');
/** systemctl waits for READY=1, by the unit at most two minutes. */
const START_TIMEOUT_MS = 150_000;
const CGROUP_ROOT = '/sys/fs/cgroup';

export interface Service extends AsyncDisposable {
  readonly client: CriClient;
  /** Pod log directories of tests. */
  readonly logs: string;
  /** systemctl. @returns what it prints @throws Error with its words */
  systemctl(...args: string[]): Promise<string>;
  /** A property of a unit. */
  property(unit: string, name: string): Promise<string>;
  /** A file of a cgroup; undefined when it is not there. */
  cgroupFile(cgroup: string, file: string): Promise<string | undefined>;
}

/** The cgroup of a process. */
export async function cgroupOf(pid: number | string): Promise<string> {
  return (await readFile(`/proc/${pid}/cgroup`, 'utf8')).trim().replace(/^0::/, '');
}

/** Installs davit and starts it by systemd. Disposing stops it; pods must be gone by then. */
export async function installService(): Promise<Service> {
  const stack = new AsyncDisposableStack();
  const images = stack.use(await startImages());
  await mkdir('/usr/local/lib', { recursive: true });
  await symlink(CLONE, '/usr/local/lib/davit');
  await symlink('/usr/local/lib/davit/bin/davit', '/usr/local/bin/davit');
  await cp(join(CLONE, 'contrib/systemd/davit.service'), '/etc/systemd/system/davit.service');
  await mkdir('/etc/containers', { recursive: true });
  await writeFile('/etc/containers/registries.conf', registriesConf(images.address));
  await mkdir('/etc/cni/net.d', { recursive: true });
  await cp(join(CLONE, 'contrib/cni.d/10-bridge.conflist'), '/etc/cni/net.d/10-bridge.conflist');
  const systemctl = async (...args: string[]): Promise<string> => (await run('systemctl', args, { timeout: START_TIMEOUT_MS })).stdout.trim();
  await systemctl('daemon-reload');
  await systemctl('start', 'davit');
  stack.defer(async () => { await systemctl('stop', 'davit'); });
  const client = createClient('/run/davit/davit.sock');
  stack.defer(() => { client.close(); });
  return {
    client, logs: '/var/log/pods', systemctl,
    property: (unit, name) => systemctl('show', '--value', '-p', name, unit),
    cgroupFile: (cgroup, file) => readFile(join(CGROUP_ROOT, cgroup, file), 'utf8').then((text) => text.trim(), () => undefined),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Waits until the daemon answers, as a client that reconnects. */
export async function answers(service: Service): Promise<void> {
  await eventually('davit to answer', () => service.client.call('Version', {}, { timeoutMs: 5000 }).then(() => true, () => false), START_TIMEOUT_MS);
}
