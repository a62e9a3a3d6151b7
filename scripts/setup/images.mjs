// The images that conformance and integration tests pull, as a registry's directory.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command, retried } from './commands.mjs';
import { CACHE, pinnedNode } from './paths.mjs';
import { hashOf, isStamped, stamp } from './stamps.mjs';

const SOURCES = ['test/fixtures/images', 'test/fixtures/registry', 'scripts/setup/images.mjs'];
const DIRECTORY = join(CACHE, 'registry');

const currentHash = () => hashOf(SOURCES);

export const images = {
  name: 'images from Debian packages',
  isDone: () => isStamped('images', currentHash(), [DIRECTORY]),
  run: () => {
    // It downloads Debian packages.
    retried(() => command(pinnedNode(), ['test/fixtures/images/main.ts', '--directory', DIRECTORY]));
    if (!existsSync(DIRECTORY)) throw new Error(`"${DIRECTORY}" was not made`);
    stamp('images', currentHash());
  },
};
