// Debian packages: the OCI runtimes, the CNI plugins, and what builds and tests call.
import { spawnSync } from 'node:child_process';
import { SetupError, command, retried } from './commands.mjs';

/** What a node needs to run pods. */
const NODE_PACKAGES = ['containernetworking-plugins', 'crun', 'iproute2', 'iptables', 'libseccomp2', 'runc'];
/** What building the programs in C needs; gcc is there. */
const BUILD_PACKAGES = ['libisal-dev', 'libssl-dev', 'libzstd-dev', 'make', 'musl-tools'];
/** What tests and benches call on the host: mkfs.ext4 and losetup, nft and conntrack, bsdtar, igzip, zstd, ipcmk and flock, pgrep, skopeo; what the newer runc is built with; and conmon, which the monitor is measured against. */
const TEST_PACKAGES = ['ca-certificates', 'conmon', 'conntrack', 'e2fsprogs', 'isal', 'libarchive-tools', 'libseccomp-dev', 'mount', 'nftables', 'pkg-config', 'procps', 'skopeo', 'util-linux', 'xfsprogs', 'zstd'];

/** What makes and runs the machine of `npm run test:vm`. */
const VM_PACKAGES = ['e2fsprogs', 'mmdebstrap', 'user-mode-linux'];

/** Another apt may be at work, such as a host's own upgrades. */
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=300'];

export const debianPackages = packagesStep('Debian packages', [...NODE_PACKAGES, ...BUILD_PACKAGES]);
export const testPackages = packagesStep('Debian packages for tests', TEST_PACKAGES);
export const vmPackages = packagesStep('Debian packages for the virtual machine', VM_PACKAGES);

function packagesStep(name, packages) {
  return {
    name,
    isDone: () => missing(packages).length === 0,
    run: () => { install(missing(packages)); },
  };
}

function missing(packages) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...packages], { encoding: 'utf8' });
  const installed = new Set((stdout ?? '').split('\n').filter((l) => l.endsWith(' installed')).map((l) => l.split(' ')[0]));
  return packages.filter((p) => !installed.has(p));
}

function install(packages) {
  if (process.getuid?.() !== 0) throw new SetupError(`these Debian packages are missing: ${packages.join(' ')}. Run as root, or install them first`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // Both again: lists that were fetched before the mirror changed name packages that it no longer has.
  retried(() => {
    command('apt-get', ['update', '-q'], { env });
    command('apt-get', [...WAIT_FOR_LOCK, 'install', '-q', '-y', '--no-install-recommends', ...packages], { env });
  });
}
