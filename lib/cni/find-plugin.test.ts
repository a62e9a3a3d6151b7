import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InvalidArgumentError, UnavailableError } from '#errors';
import { findPlugin } from './find-plugin.ts';

test('findPlugin() takes the first executable file of that name, by links too', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'plugins-'));
  t.after(() => rm(root, { recursive: true }));
  const [a, b] = [join(root, 'a'), join(root, 'b')];
  for (const directory of [a, b]) await mkdir(directory);
  await writeFile(join(a, 'text'), '', { mode: 0o644 });
  await mkdir(join(a, 'folder'));
  for (const name of ['text', 'folder', 'both']) await writeFile(join(b, name), '', { mode: 0o755 });
  await symlink(join(b, 'both'), join(a, 'both'));
  const found = async (type: string): Promise<string> => (await findPlugin(type, [a, join(root, 'absent'), b])).path;
  assert.deepEqual([await found('text'), await found('folder'), await found('both')], [join(b, 'text'), join(b, 'folder'), join(a, 'both')]);
  await assert.rejects(found('none'), (error) => error instanceof UnavailableError && error.message.includes(`"none": no executable file of that name in ${a}, `));
  await assert.rejects(findPlugin('text', []), UnavailableError);
  for (const type of ['../b/text', '/bin/sh', '..', '.', '', 'a\0']) await assert.rejects(found(type), InvalidArgumentError);
});
