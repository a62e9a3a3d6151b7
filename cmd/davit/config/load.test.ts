import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import type { Override } from './load.ts';
import { loadConfig } from './load.ts';
import { printConfig } from './print.ts';

let directory = '';
let main = '';
let dropIns = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-config-'));
  main = join(directory, 'davit.conf');
  dropIns = join(directory, 'davit.conf.d');
  await mkdir(dropIns);
});
afterEach(() => rm(directory, { recursive: true }));

const logLevelFlag = (value: string): Override => ({ flag: '--log-level', table: ['runtime'], key: 'log_level', value });

test('loadConfig() lets drop-ins replace the file in lexical order, and flags replace them', async () => {
  await writeFile(main, '[crio.runtime]\nlog_level = "error"\nlog_format = "json"\n[crio.network]\nplugin_dirs = ["/a", "/b"]');
  await writeFile(join(dropIns, '20-b.conf'), '[runtime]\nlog_level = "warn"');
  await writeFile(join(dropIns, '10-a.conf'), '[runtime]\nlog_level = "debug"\n[network]\nplugin_dirs = ["/c"]');
  await writeFile(join(dropIns, '30-c.conf~'), 'not TOML at all');
  const files = { file: main, directory: dropIns };
  const { config, tables } = await loadConfig({ ...files, overrides: [] });
  assert.equal(config.runtime.log_level, 'warn');
  assert.equal(config.runtime.log_format, 'json');
  assert.deepEqual(config.network.plugin_dirs, ['/c']);
  assert.deepEqual(tables.find((t) => t.path[0] === 'runtime')?.settings.get('log_level')?.origin, { from: 'file', file: join(dropIns, '20-b.conf'), line: 2 });
  assert.equal((await loadConfig({ ...files, overrides: [logLevelFlag('info')] })).config.runtime.log_level, 'info');
});

test('loadConfig() names file, line, key and value of everything that is wrong, in one error', async () => {
  await writeFile(main, 'root = "here"');
  await writeFile(join(dropIns, 'x.conf'), '[api]\nlisten = 1');
  await assert.rejects(loadConfig({ file: main, directory: dropIns, overrides: [logLevelFlag('loud')] }), (error) => {
    assert.ok(error instanceof InvalidArgumentError);
    assert.deepEqual(error.message.split('\n'), [
      `${main}: line 1: root = "here" is not allowed: expected an absolute path`,
      `${join(dropIns, 'x.conf')}: line 2: api.listen = 1 is not allowed: expected an absolute path`,
      '--log-level "loud" is not allowed: expected one of "trace", "debug", "info", "warn", "warning", "error", "fatal", "panic"',
    ]);
    return true;
  });
});

test('loadConfig() refuses a file that was asked for and is not there, and a directory', async () => {
  await assert.rejects(loadConfig({ file: join(directory, 'absent'), directory: '', overrides: [] }), /read configuration file ".*absent": ENOENT/);
  await assert.rejects(loadConfig({ file: directory, directory: '', overrides: [] }), /read configuration file ".*": EISDIR/);
  await assert.rejects(loadConfig({ file: '', directory: join(directory, 'absent'), overrides: [] }), /read configuration directory ".*absent": ENOENT/);
});

test('loadConfig() refuses a file that is too big or not text', async () => {
  await writeFile(main, '#'.repeat(1024 * 1024 + 1));
  await assert.rejects(loadConfig({ file: main, directory: '', overrides: [] }), /1048577 bytes, expected at most 1048576/);
  await writeFile(main, Buffer.from([0x23, 0xff]));
  await assert.rejects(loadConfig({ file: main, directory: '', overrides: [] }), /read configuration file/);
});

test('loadConfig() refuses a default handler that does not exist', async () => {
  await writeFile(main, '[runtime]\ndefault_runtime = "kata"\n[runtime.runtimes.other]\nruntime_path = "/x"');
  await assert.rejects(loadConfig({ file: main, directory: '', overrides: [] }), /default_runtime = "kata" is not allowed: .* "crun", "other", "runc"/);
});

test('loadConfig() has the built-in handlers, and the configured ones', async () => {
  await writeFile(main, '[crio.runtime]\ndefault_runtime = "mine"\n[crio.runtime.runtimes.mine]\nruntime_path = "/opt/mine"');
  const { config } = await loadConfig({ file: main, directory: '', overrides: [] });
  assert.deepEqual(Object.keys(config.handlers), ['crun', 'mine', 'runc']);
  assert.equal(config.handlers['mine']?.runtime_path, '/opt/mine');
  assert.equal(config.handlers['mine']?.container_create_timeout, 240);
});

test('printConfig() is read back to the same configuration', async () => {
  await writeFile(main, 'root = "/r\\"x"\n[runtime]\nselinux = true\nlog_format = "json"\n[runtime.runtimes."a.b"]\nruntime_path = "/x"\nallowed_annotations = ["q.w/"]\ndefault_annotations = { "k.x/y" = "v" }');
  const first = await loadConfig({ file: main, directory: '', overrides: [logLevelFlag('debug')] });
  const printed = printConfig(first.tables);
  await writeFile(main, printed);
  const second = await loadConfig({ file: main, directory: '', overrides: [] });
  assert.deepEqual(second.config, first.config);
  assert.match(printed, /^# From --log-level\.\nlog_level = "debug"$/m);
  assert.match(printed, /^# From .*davit\.conf, line 3\.\nselinux = true$/m);
  assert.match(printed, /^# runroot = "\/run\/davit"$/m);
});

test('the printed defaults are wholly commented out', async () => {
  const { tables } = await loadConfig({ file: '', directory: '', overrides: [] });
  assert.deepEqual(printConfig(tables).split('\n').filter((line) => line !== '' && !/^[#[]/.test(line)), []);
});
