import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { resolveHandlers } from './handlers.ts';

let directory = '';
beforeEach(async () => { directory = await mkdtemp(join(tmpdir(), 'davit-handlers-')); });
afterEach(() => rm(directory, { recursive: true }));

async function configOf(text: string): Promise<Config> {
  const file = join(directory, 'davit.conf');
  await writeFile(file, text);
  return (await loadConfig({ file, directory: '', overrides: [] })).config;
}

test('resolveHandlers() looks a handler up by its name, and leaves out a built-in one that is not there', async () => {
  await writeFile(join(directory, 'crun'), '', { mode: 0o755 });
  const handlers = await resolveHandlers(await configOf('runroot = "/r"'), `relative:/nonexistent:${directory}`);
  assert.deepEqual(Object.keys(handlers), ['crun']);
  assert.equal(handlers['crun']?.path, join(directory, 'crun'));
  assert.equal(handlers['crun'].root, '/r/runtimes/crun');
});

test('resolveHandlers() keeps the default and configured handlers whose binary is nowhere', async () => {
  const handlers = await resolveHandlers(await configOf('[runtime.runtimes.kata]\n[runtime.runtimes.x]\ncontainer_min_memory = "1MiB"'), directory);
  assert.deepEqual(Object.keys(handlers).sort(), ['crun', 'kata', 'x']);
  assert.equal(handlers['crun']?.path, '/usr/bin/crun');
  assert.equal(handlers['x']?.minMemoryBytes, 1024 * 1024);
});

test('resolveHandlers() gives a handler the default one\'s path and root where it inherits, and its own settings', async () => {
  const handlers = await resolveHandlers(await configOf(`
    [runtime]
    seccomp_profile = "/etc/all.json"
    privileged_seccomp_profile = "/etc/privileged.json"
    [runtime.runtimes.crun]
    runtime_path = "/opt/crun"
    runtime_root = "/run/crun"
    [runtime.runtimes.tight]
    inherit_default_runtime = true
    seccomp_profile = "/etc/tight.json"
    container_create_timeout = 31
  `), directory);
  assert.deepEqual([handlers['tight']?.path, handlers['tight']?.root], ['/opt/crun', '/run/crun']);
  assert.deepEqual([handlers['tight']?.seccompProfile, handlers['crun']?.seccompProfile, handlers['tight']?.privilegedSeccompProfile], ['/etc/tight.json', '/etc/all.json', '/etc/privileged.json']);
  assert.deepEqual([handlers['tight']?.createTimeoutMs, handlers['crun']?.createTimeoutMs], [31_000, 240_000]);
});

test('resolveHandlers() takes path and root of the configuration as they are', async () => {
  const handlers = await resolveHandlers(await configOf('[runtime.runtimes.runc]\nruntime_path = "/opt/runc"\nruntime_root = "/run/runc"'), directory);
  assert.equal(handlers['runc']?.path, '/opt/runc');
  assert.equal(handlers['runc'].root, '/run/runc');
});
