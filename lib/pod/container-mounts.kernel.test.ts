import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { mount, MS } from '#linux';
import { containersWithIdMapped, removeIdMapped } from './container-mounts.ts';
import type { PodContext } from './context.ts';

test('removeIdMapped() takes away what a daemon that was killed has left, and never what is in the volume', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-idmapped-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const context = { config: { runroot: join(directory, 'run') } } as PodContext;
  const left = join(directory, 'run/idmapped/c1');
  await mkdir(join(directory, 'volume'));
  await writeFile(join(directory, 'volume/data'), 'precious');
  for (const name of ['0', '2']) await mkdir(join(left, name), { recursive: true });
  await writeFile(join(left, '1'), '');
  mount(join(directory, 'volume'), join(left, '0'), '', MS.BIND);
  mount(join(directory, 'volume/data'), join(left, '1'), '', MS.BIND);
  assert.deepEqual(await containersWithIdMapped(context), ['c1']);
  await removeIdMapped(context, 'c1');
  assert.deepEqual(await containersWithIdMapped(context), []);
  assert.equal(existsSync(left), false);
  assert.equal(await readFile(join(directory, 'volume/data'), 'utf8'), 'precious');
  await removeIdMapped(context, 'c1');
});
