/**
 * For tests on a real kernel: a network namespace that plays the host, so that bridges and
 * iptables rules of a test are never the machine's, and namespaces that play pods. All of them go
 * with the TestNetwork.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createProcessRunner, MNT_DETACH, umount, type ProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { createCni } from './cni.ts';
import type { Attachment, Cni, CniOptions } from './types.ts';

const execute = promisify(execFile);
/** Where Debian's package puts the plugins. */
const PLUGIN_DIR = '/usr/lib/cni';
const NSENTER = '/usr/bin/nsenter';
const OWN_NAMESPACE = '/proc/self/ns/net';

export interface TestNetwork extends AsyncDisposable {
  readonly options: Pick<CniOptions, 'confDir' | 'pluginDirs' | 'cacheDir'>;
  readonly hostNamespace: string;
  cni(): Promise<Cni>;
  /** A new namespace; @returns its path. */
  pod(name: string): Promise<string>;
  /** Unmounts and removes the namespace's file. */
  removePod(name: string): Promise<void>;
  /** Runs a program inside `namespace`; @returns stdout. */
  inside(namespace: string, file: string, ...args: string[]): Promise<string>;
  /** Names of the interfaces in `namespace`. */
  links(namespace: string): Promise<string[]>;
  /** A process inside `namespace` that answers every TCP connection to `port` with `text`; it listens when this resolves. */
  serve(namespace: string, port: number, text: string): Promise<void>;
  /** The same for datagrams. */
  serveUdp(namespace: string, port: number, text: string): Promise<void>;
  /** What a connection from `namespace` to the address reads. */
  dial(namespace: string, host: string, port: number): Promise<string>;
  /** IP addresses that host-local has given away. */
  allocations(): Promise<string[]>;
}

export interface KilledDaemon {
  readonly options: TestNetwork['options'];
  readonly hostNamespace: string;
  readonly attachment: Attachment;
}

export interface TestNetworkShape {
  /** Default: a bridge, portmap and loopback. */
  readonly plugins?: (ipam: object) => readonly object[];
  /** Of host-local, each with a range of its own. Default one of v4. */
  readonly subnets?: readonly string[];
  readonly cniVersion?: string;
  /** Plugins run in the namespace of the test itself, which then must be one that nobody else uses (test/isolate.sh). */
  readonly inOwnNamespace?: boolean;
}

/** A network as Kubernetes nodes have it, with a namespace in the part of the node. */
export async function testNetwork(shape: TestNetworkShape = {}): Promise<TestNetwork> {
  const root = await mkdtemp(join(tmpdir(), 'cni-net-'));
  const namespaces = join(root, 'ns');
  const servers: ChildProcess[] = [];
  const options = { confDir: join(root, 'net.d'), pluginDirs: [PLUGIN_DIR], cacheDir: join(root, 'cache') };
  await Promise.all([mkdir(namespaces), mkdir(options.confDir)]);
  await writeFile(join(options.confDir, '10-test.conflist'), JSON.stringify(network(join(root, 'ipam'), shape)));
  const pod = (name: string): Promise<string> => makeNamespace(join(namespaces, name));
  const inside = async (namespace: string, file: string, ...args: string[]): Promise<string> => (await execute(NSENTER, [`--net=${namespace}`, file, ...args], { timeout: 20_000 })).stdout;
  const hostNamespace = shape.inOwnNamespace === true ? OWN_NAMESPACE : await pod('host');
  await inside(hostNamespace, 'ip', 'link', 'set', 'lo', 'up');
  return {
    options, hostNamespace, pod, inside,
    cni: () => createCni({ ...options, runner: insideNamespace(createProcessRunner(), hostNamespace), log: silentLogger }),
    links: async (namespace) => (JSON.parse(await inside(namespace, 'ip', '-json', 'link')) as { ifname: string }[]).map(({ ifname }) => ifname),
    removePod: (name) => removeNamespace(join(namespaces, name)),
    serve: async (namespace, port, text) => { servers.push(await startServer(namespace, `require('net').createServer((c) => c.end(${JSON.stringify(text)})).listen(${port}, () => console.log('listening'))`)); },
    serveUdp: async (namespace, port, text) => {
      servers.push(await startServer(namespace, `const s = require('dgram').createSocket('udp4'); s.on('message', (_, from) => s.send(${JSON.stringify(text)}, from.port, from.address)).bind(${port}, () => console.log('listening'))`));
    },
    dial: (namespace, host, port) => inside(namespace, process.execPath, '-e', `require('net').connect(${port}, '${host}').on('error', (e) => { throw e; }).pipe(process.stdout)`),
    allocations: async () => (await readdir(join(root, 'ipam', 'test')).catch(() => [])).filter((name) => /^[\da-f]+[.:]/.test(name)),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map(async (server) => { server.kill('SIGKILL'); if (server.exitCode === null && server.signalCode === null) await once(server, 'exit'); }));
      for (const name of await readdir(namespaces)) await removeNamespace(join(namespaces, name));
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Plugins run in `namespace` as in the host's. */
export function insideNamespace(runner: ProcessRunner, namespace: string): ProcessRunner {
  return { run: (spec, options) => runner.run({ ...spec, file: NSENTER, args: [`--net=${namespace}`, spec.file, ...spec.args] }, options) };
}

function network(dataDir: string, { plugins = bridgePortmapLoopback, subnets = ['10.251.3.0/24'], cniVersion = '1.0.0' }: TestNetworkShape): unknown {
  const routes = subnets.map((subnet) => ({ dst: subnet.includes(':') ? '::/0' : '0.0.0.0/0' }));
  return { cniVersion, name: 'test', plugins: plugins({ type: 'host-local', dataDir, ranges: subnets.map((subnet) => [{ subnet }]), routes }) };
}

function bridgePortmapLoopback(ipam: object): object[] {
  return [{ type: 'bridge', bridge: 'br-test', isGateway: true, ipMasq: true, hairpinMode: true, ipam }, { type: 'portmap', capabilities: { portMappings: true } }, { type: 'loopback' }];
}

async function makeNamespace(path: string): Promise<string> {
  await writeFile(path, '');
  await execute('unshare', [`--net=${path}`, 'true']);
  return path;
}

async function removeNamespace(path: string): Promise<void> {
  try { umount(path, MNT_DETACH); } catch { /* not mounted: the test took it away */ }
  await rm(path, { force: true });
}

async function startServer(namespace: string, program: string): Promise<ChildProcess> {
  const child = spawn(NSENTER, [`--net=${namespace}`, process.execPath, '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => { throw new Error(`server in "${namespace}" has ended`); })]);
  return child;
}
