import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { writeBundle } from './bundle.ts';
import { processJson } from './process-json.ts';
import type { Spec } from './spec/types.ts';

const container = { terminal: true, user: { uid: 1, gid: 2, additionalGids: [3] }, args: ['sh'], env: ['A=b'], cwd: '/x', noNewPrivileges: true };

test('processJson() is the container\'s process with another command', () => {
  assert.deepEqual(JSON.parse(processJson(container, ['ls', '-l'])), { ...container, terminal: false, args: ['ls', '-l'] });
  assert.deepEqual((JSON.parse(processJson(container, ['ls'], { terminal: true })) as typeof container).env, ['A=b', 'TERM=xterm']);
  assert.throws(() => processJson(container, []), { code: 'InvalidArgument' });
});

test('writeBundle() keeps the configuration to root and overwrites', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-bundle-'));
  t.after(() => rm(directory, { recursive: true }));
  const bundle = join(directory, 'a/b');
  await writeBundle(bundle, { ociVersion: 'long long long' } as Spec);
  await writeBundle(bundle, { ociVersion: '1' } as Spec);
  assert.equal(await readFile(join(bundle, 'config.json'), 'utf8'), '{"ociVersion":"1"}');
  assert.deepEqual([(await stat(bundle)).mode & 0o777, (await stat(join(bundle, 'config.json'))).mode & 0o777], [0o700, 0o600]);
});
