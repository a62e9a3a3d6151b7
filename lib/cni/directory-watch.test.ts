import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DirectoryWatch } from './directory-watch.ts';

test('DirectoryWatch sees changes, and after rearm() those of a directory that took the place', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'watch-'));
  t.after(() => rm(root, { recursive: true }));
  const directory = join(root, 'net.d');
  let heard = Promise.withResolvers<undefined>();
  using watch = new DirectoryWatch(directory, () => heard.resolve(undefined));
  await watch.rearm();
  await mkdir(directory);
  await watch.rearm();
  await writeFile(join(directory, 'a'), '');
  await heard.promise;
  heard = Promise.withResolvers();
  await rename(directory, `${directory}.old`);
  await heard.promise;
  await mkdir(directory);
  await watch.rearm();
  heard = Promise.withResolvers();
  await writeFile(join(directory, 'b'), '');
  await heard.promise;
});
