/** The demo's image: busybox from Debian's package, some megabytes of content, and a script. Made once and kept. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage, buildLayer } from '../../test/fixtures/images/index.ts';
import type { TarEntry } from '../../test/fixtures/images/index.ts';
import { rootFileSystems } from '../../test/fixtures/images/root-file-system.ts';
import { RegistryStore } from '../../test/fixtures/registry/index.ts';

/** Host part of the image's name: registries.conf sends it to the registry on loopback. */
export const DEMO_HOST = 'demo.davit.test';
const REPOSITORY = `${DEMO_HOST}/hello`;
export const DEMO_IMAGE = `${REPOSITORY}:1`;
/** What the program ends with when it is told to. */
export const DEMO_EXIT_CODE = 7;
/** Raised when the image changes. */
const VERSION = 1;
const FILES = 240;
const FILE_BYTES = 64 * 1024;

/** Serves a page, talks to its log, and ends when /tmp/end appears. */
const PROGRAM = `#!/bin/sh
echo "hello from $(hostname)"
httpd -p 80 -h /var/www
n=0
while [ ! -e /tmp/end ]; do
  n=$((n + 1))
  [ $n -le 3 ] && echo "line $n on stdout" && echo "line $n on stderr" >&2
  usleep 50000
done
echo "told to end"
exit ${DEMO_EXIT_CODE}
`;

/** Makes a registry's directory with the image below `cache`, unless it is there. @returns the directory */
export async function ensureDemoImage(cache: string): Promise<string> {
  const directory = join(cache, `demo-registry-${VERSION}`);
  if (existsSync(directory)) return directory;
  const staging = `${directory}.new`;
  await rm(staging, { recursive: true, force: true });
  const store = new RegistryStore(staging);
  const { base } = await rootFileSystems(join(cache, 'debian'));
  const layers = [await buildLayer(store, base), await buildLayer(store, content()), await buildLayer(store, program())];
  await buildImage(store, REPOSITORY, '1', { layers, config: { Cmd: ['/bin/hello'], Env: ['GREETING=hello'], WorkingDir: '/var/www' } });
  await rename(staging, directory);
  return directory;
}

function program(): TarEntry[] {
  return [
    { path: 'bin/hello', type: 'file', mode: 0o755, data: PROGRAM },
    { path: 'var/www/index.html', type: 'file', data: 'a page out of the pod\n' },
  ];
}

/** Files that gzip presses to about a half, the same on every machine. */
function* content(): Generator<TarEntry> {
  let state = 0x2545f491;
  yield { path: 'opt/content', type: 'directory' };
  for (let n = 0; n < FILES; n++) {
    const data = Buffer.alloc(FILE_BYTES);
    for (let at = 0; at < FILE_BYTES; at += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      data.writeUInt32LE(at % 8 === 0 ? state : at, at);
    }
    yield { path: `opt/content/${n}`, type: 'file', data };
  }
}
