// npm packages, the pinned Node among them, exactly as package-lock.json has them.
import { existsSync, readFileSync } from 'node:fs';
import { arch, platform } from 'node:process';
import { join } from 'node:path';
import { command, retried } from './commands.mjs';
import { ROOT, hasPinnedNode } from './paths.mjs';

export const npmPackages = {
  name: 'npm packages',
  isDone: () => hasPinnedNode() && installedMatchesLock(),
  // No package here needs its install script: native code comes prebuilt.
  run: () => { retried(() => command('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])); },
};

/** Compares the lock file with the one npm leaves in node_modules, which says what it really installed. */
function installedMatchesLock() {
  const hidden = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages).filter(([path]) => path !== '');
  return wanted.every(([path, p]) => (installed[path] === undefined ? p.optional === true && !fitsThisMachine(p) : installed[path].integrity === p.integrity))
    && Object.keys(installed).every((path) => wanted.some(([w]) => w === path));
}

function fitsThisMachine(p) {
  return [[p.os, platform], [p.cpu, arch]].every(([allowed, mine]) => allowed === undefined || allowed.includes(mine)) && !(p.libc?.includes('musl') && !p.libc.includes('glibc'));
}
