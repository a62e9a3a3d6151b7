// CRIU for the tests of checkpoints. Debian 12's does not know newer kernels, so it is a newer Debian's, kept apart from the system with the libraries it
// was built with. apt fetches and proves them by Debian's signatures; nothing is installed.
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, command, retried } from './commands.mjs';
import { CACHE } from './paths.mjs';
import { hashOf, isStamped, stamp } from './stamps.mjs';

/** The first with CRIU 4.2: 4.1 cannot save sockets under Linux 6.18. */
const SUITE = 'forky';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const DIRECTORY = join(CACHE, 'criu');
const PROGRAM = join(DIRECTORY, 'bin/criu');

const currentHash = () => hashOf(['scripts/setup/criu.mjs']);

export const criu = {
  name: 'CRIU',
  isDone: () => isStamped('criu', currentHash(), [PROGRAM]),
  run: () => {
    const root = join(DIRECTORY, 'root');
    const archives = retried(() => {
      rmSync(DIRECTORY, { recursive: true, force: true });
      return download();
    });
    for (const archive of archives) command('dpkg-deb', ['--extract', archive, root]);
    rmSync(join(DIRECTORY, 'apt'), { recursive: true });
    writeProgram(root);
    command(PROGRAM, ['--version']);
    stamp('criu', currentHash());
  },
};

/** @returns the packages' files */
function download() {
  const apt = join(DIRECTORY, 'apt');
  const archives = join(apt, 'cache/archives');
  for (const directory of [join(apt, 'lists/partial'), join(archives, 'partial')]) mkdirSync(directory, { recursive: true });
  writeFileSync(join(apt, 'sources.list'), `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${SUITE} main\n`);
  writeFileSync(join(apt, 'status'), '');
  const options = [
    `Dir::Etc::sourcelist=${join(apt, 'sources.list')}`, 'Dir::Etc::sourceparts=/dev/null', `Dir::State::lists=${join(apt, 'lists')}`, `Dir::State::status=${join(apt, 'status')}`, `Dir::Cache=${join(apt, 'cache')}`,
    'APT::Sandbox::User=root', 'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option]);
  command('apt-get', [...options, 'update', '-q']);
  command('apt-get', [...options, 'install', '-q', '-y', '--no-install-recommends', '--download-only', 'criu']);
  return readdirSync(archives).filter((name) => name.endsWith('.deb')).map((name) => join(archives, name));
}

/** Its own loader and libraries: those of the system are too old for it. */
function writeProgram(root) {
  const files = readdirSync(root, { recursive: true, withFileTypes: true });
  const libraries = files.find(({ name }) => name === 'libc.so.6')?.parentPath;
  const loader = files.find(({ name, parentPath }) => parentPath === libraries && /^ld-linux.*\.so\.\d+$/.test(name));
  if (loader === undefined) throw new SetupError(`no dynamic loader below "${root}"`);
  mkdirSync(join(DIRECTORY, 'bin'));
  writeFileSync(PROGRAM, `#!/bin/sh\nexec '${join(libraries, loader.name)}' --library-path '${libraries}' '${join(root, 'usr/sbin/criu')}' "$@"\n`);
  chmodSync(PROGRAM, 0o755);
}
