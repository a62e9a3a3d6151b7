import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import type { RunSpec } from '#linux';
import { createLogger } from '#log';
import { loadDefaultApparmorProfile } from './load-profile.ts';

interface Bench { readonly runs: RunSpec[]; readonly log: string[]; readonly load: (configured: string, options?: { readonly enabled?: boolean; readonly parsers?: readonly string[] }) => Promise<string | undefined> }

/** @param loaded lines of the kernel's list @param exitCode of apparmor_parser */
async function bench(t: TestContext, loaded: string, exitCode = 0): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-apparmor-'));
  t.after(() => rm(directory, { recursive: true }));
  const [parser, profiles] = [join(directory, 'apparmor_parser'), join(directory, 'profiles')];
  await writeFile(parser, '');
  await writeFile(profiles, loaded);
  const [runs, log]: [RunSpec[], string[]] = [[], []];
  const runner = { run: async (spec: RunSpec) => { runs.push(spec); return { exitCode, signal: undefined, stdout: Buffer.alloc(0), stderr: Buffer.from('syntax error'), timedOut: false }; } };
  const load: Bench['load'] = (configured, { enabled = true, parsers = [join(directory, 'absent'), parser] } = {}) =>
    loadDefaultApparmorProfile({ configured, enabled, runner, log: createLogger({ level: 'debug', format: 'text', write: (line) => { log.push(line); } }), places: { parsers, profiles } });
  return { runs, log, load };
}

for (const [configured, name] of [['', 'davit-default'], ['davit-default', 'davit-default'], ['crio-default', 'crio-default']] as const) {
  test(`loadDefaultApparmorProfile() of "${configured}" puts the built-in rules into the kernel as ${name}`, async (t) => {
    const { load, runs, log } = await bench(t, 'other (enforce)\n');
    assert.equal(await load(configured), name);
    assert.match(Buffer.from(runs[0]?.stdin ?? []).toString(), new RegExp(`^profile ${name} .*signal \\(send,receive\\) peer=${name},.*\\}\\n$`, 's'));
    assert.deepEqual(log, []);
  });
}

test('loadDefaultApparmorProfile() replaces its own profile and leaves CRI-O\'s', async (t) => {
  const { load, runs } = await bench(t, 'davit-default (enforce)\ncrio-default (enforce)\n');
  assert.deepEqual([await load(''), await load('crio-default')], ['davit-default', 'crio-default']);
  assert.deepEqual(runs.map(({ args, stdin }) => [args.join(' '), Buffer.from(stdin ?? []).toString().split(' ')[1]]), [['--skip-cache --replace', 'davit-default']]);
});

test('loadDefaultApparmorProfile() takes an operator\'s profile that is loaded and refuses one that is not', async (t) => {
  const { load, runs } = await bench(t, 'mine (complain)\n');
  assert.equal(await load('mine'), 'mine');
  await assert.rejects(load('min'), { code: 'FailedPrecondition', message: /apparmor_profile = "min": no profile of that name/ });
  assert.deepEqual(runs, []);
});

test('loadDefaultApparmorProfile() does nothing where there is no AppArmor, or none is wanted', async (t) => {
  const { load, runs, log } = await bench(t, '');
  assert.deepEqual([await load('mine', { enabled: false }), await load('', { enabled: false }), await load('unconfined')], [undefined, undefined, undefined]);
  assert.deepEqual([runs, log], [[], []]);
});

test('loadDefaultApparmorProfile() says why containers run without a profile', async (t) => {
  const { load, log } = await bench(t, '', 1);
  assert.equal(await load(''), undefined);
  assert.equal(await load('', { parsers: ['/absent'] }), undefined);
  assert.match(log[0] ?? '', /warn.*run without one.*syntax error/);
  assert.match(log[1] ?? '', /apparmor_parser is not installed/);
});

test('loadDefaultApparmorProfile() goes on with the profile of before where it cannot be replaced', async (t) => {
  const { load } = await bench(t, 'davit-default (enforce)\n', 1);
  assert.equal(await load(''), 'davit-default');
});
