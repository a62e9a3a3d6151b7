// The disk of the machine in which `npm run test:vm` runs tests: Debian with systemd, for a kernel that is an ordinary process.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { command, retried } from './commands.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { hashOf, isStamped, stamp } from './stamps.mjs';

const DIRECTORY = join(CACHE, 'vm');
const DISK = join(DIRECTORY, 'root.ext4');
/** Sparse: what is not written takes no room. */
const DISK_SIZE = '6G';
const SUITE = 'bookworm';
const MODULES = '/usr/lib/uml/modules';
/** What a node has, and what the harness and critest call (sudo apparmor_parser). */
const PACKAGES = [
  'apparmor', 'busybox', 'ca-certificates', 'conntrack', 'containernetworking-plugins', 'criu', 'crun', 'dbus', 'e2fsprogs', 'iproute2', 'iptables', 'kmod', 'libisal2', 'libseccomp2', 'mount', 'nftables', 'procps', 'runc',
  'sudo', 'systemd', 'systemd-sysv', 'util-linux', 'xfsprogs',
];
/** Files of the image that are ours. */
const OVERLAY = 'test/vm/image';

const currentHash = () => hashOf([OVERLAY, 'scripts/setup/vm.mjs'], [kernelVersions().join()]);

export const vmDisk = {
  name: 'disk of the virtual machine (a minute the first time)',
  isDone: () => isStamped('vm', currentHash(), [DISK]),
  run: () => {
    const root = join(DIRECTORY, 'root');
    retried(() => {
      rmSync(DIRECTORY, { recursive: true, force: true });
      mkdirSync(DIRECTORY, { recursive: true });
      command('mmdebstrap', ['--variant=minbase', '--format=directory', `--include=${PACKAGES.join(',')}`, SUITE, root]);
    });
    fill(root);
    command('mke2fs', ['-q', '-t', 'ext4', '-d', root, `${DISK}.new`, DISK_SIZE]);
    renameSync(`${DISK}.new`, DISK);
    rmSync(root, { recursive: true });
    stamp('vm', currentHash());
  },
};

function fill(root) {
  cpSync(join(ROOT, OVERLAY), root, { recursive: true });
  for (const version of kernelVersions()) {
    cpSync(join(MODULES, version), join(root, 'usr/lib/modules', version), { recursive: true });
    command('chroot', [root, 'depmod', version]);
  }
  for (const tool of ['iptables', 'ip6tables']) command('chroot', [root, 'update-alternatives', '--set', tool, `/usr/sbin/${tool}-legacy`]);
  symlinkSync('../davit-vm.service', join(root, 'etc/systemd/system/multi-user.target.wants/davit-vm.service'));
}

/** Of the installed user-mode-linux; none before it is there. */
function kernelVersions() {
  return existsSync(MODULES) ? readdirSync(MODULES).sort() : [];
}
