import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A pod network of one daemon: bridge, host-local addresses, portmap. */
export interface TestNetwork {
  /** For --cni-config-dir. */
  readonly confDir: string;
  readonly bridge: string;
  /** First three octets of its /24. */
  readonly prefix: string;
  /** Where host-local keeps a file for each address. */
  readonly addressDir: string;
  /** Removes the bridge, which the plugin leaves. */
  dispose(): Promise<void>;
}

/** Writes the configuration. @param number tells networks of one host apart, 0 to 65535 */
export async function createNetwork(directory: string, number: number): Promise<TestNetwork> {
  const confDir = join(directory, 'cni.d');
  const dataDir = join(directory, 'cni-addresses');
  const name = 'davit-test';
  const bridge = `dvt${number}`;
  const prefix = `10.${64 + (number >> 8 & 63)}.${number & 255}`;
  await mkdir(confDir, { recursive: true });
  await writeFile(join(confDir, '10-test.conflist'), JSON.stringify({
    cniVersion: '1.0.0', name,
    plugins: [
      { type: 'bridge', bridge, isGateway: true, ipMasq: true, hairpinMode: true, ipam: { type: 'host-local', dataDir, ranges: [[{ subnet: `${prefix}.0/24` }]], routes: [{ dst: '0.0.0.0/0' }] } },
      { type: 'portmap', capabilities: { portMappings: true }, snat: true },
    ],
  }));
  // Containers get the host's DNS settings; without any, resolution is not what a test of ours is about.
  await readFile('/etc/resolv.conf');
  return {
    confDir, bridge, prefix, addressDir: join(dataDir, name),
    dispose: async () => { await promisify(execFile)('ip', ['link', 'delete', bridge]).catch(() => undefined); },
  };
}
