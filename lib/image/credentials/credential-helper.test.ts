import { strict as assert } from 'node:assert';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DeadlineExceededError } from '#errors';
import { createProcessRunner } from '#linux';
import { parseReference } from '../reference.ts';
import { chooseCredential } from './choose-credential.ts';
import type { CredentialSources } from './choose-credential.ts';
import { askHelper } from './credential-helper.ts';
import type { HelperRunner } from './credential-helper.ts';

const signal = new AbortController().signal;
let directory = '';
let helpers: HelperRunner;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-helper-'));
  helpers = { runner: createProcessRunner(), searchPath: `relative:${directory}:/usr/bin:/bin`, home: directory };
  await program('good', 'read server; echo "$server" >> asked; printf \'{"ServerURL":"%s","Username":"bob","Secret":"s$cret %s %s"}\' "$server" "$HOME" "$FOREIGN"');
  await program('token', 'printf \'{"Username":"<token>","Secret":"t0ken"}\'');
  await program('none', 'echo credentials not found in native keychain; exit 1');
  await program('broken', 'echo "s\\$cret went wrong" >&2; exit 3');
  await program('nonsense', 'echo "{s\\$cret"');
});
after(() => rm(directory, { recursive: true }));

async function program(suffix: string, script: string): Promise<void> {
  const path = join(directory, `docker-credential-${suffix}`);
  await writeFile(path, `#!/bin/sh\ncd "$HOME"\n${script}\n`);
  await chmod(path, 0o755);
}

test('askHelper() gives the registry on standard input and takes user and secret; nothing of our environment', async () => {
  assert.deepEqual(await askHelper(helpers, 'good', 'x.io', signal), { kind: 'basic', username: 'bob', password: `s$cret ${directory} `, origin: 'helper docker-credential-good' });
  assert.equal(await readFile(join(directory, 'asked'), 'utf8'), 'x.io\n');
});

test('askHelper() takes an identity token, and nothing for an unknown registry', async () => {
  assert.deepEqual(await askHelper(helpers, 'token', 'x.io', signal), { kind: 'identityToken', token: 't0ken', origin: 'helper docker-credential-token' });
  assert.equal(await askHelper(helpers, 'none', 'x.io', signal), undefined);
});

for (const [suffix, message] of [
  ['absent', /^credential helper "docker-credential-absent" for x\.io: not found in relative:/], ['broken', /ended with 3: s\$cret went wrong/], ['nonsense', /no JSON object with Username and Secret$/], ['../good', /expected letters, digits/],
] as const) {
  test(`askHelper() says what is wrong with "${suffix}"`, () => assert.rejects(askHelper(helpers, suffix, 'x.io', signal), { code: 'FailedPrecondition', message }));
}

test('a helper that hangs is ended with its deadline', async () => {
  const runner: HelperRunner['runner'] = { run: (spec, options) => helpers.runner.run({ ...spec, file: '/bin/sleep', args: ['1000'], timeoutMs: spec.timeoutMs > 0 && spec.timeoutMs <= 60_000 ? 50 : 1e9 }, options) };
  await assert.rejects(askHelper({ ...helpers, runner }, 'good', 'x.io', signal), { code: 'FailedPrecondition', message: /no answer after 30000 ms/ });
  const cancelled = AbortSignal.abort(new DeadlineExceededError('late'));
  await assert.rejects(askHelper(helpers, 'good', 'x.io', cancelled), { code: 'DeadlineExceeded' });
});

const b64 = (text: string): string => Buffer.from(text).toString('base64');

for (const [name, files, registryHelpers, reference, user] of [
  ['the registry\'s helper before its entry', [{ auths: { 'x.io': { auth: b64('file:p') } }, credHelpers: { 'x.io': 'good' } }], ['containers-auth.json'], 'x.io/a', 'bob'],
  ['the entry of another registry', [{ auths: { 'y.io': { auth: b64('file:p') } }, credHelpers: { 'x.io': 'good' } }], ['containers-auth.json'], 'y.io/a', 'file'],
  ['the entry before the store', [{ auths: { 'x.io': { auth: b64('file:p') } }, credsStore: 'good' }], ['containers-auth.json'], 'x.io/a', 'file'],
  ['the store for the rest', [{ auths: { 'y.io': {} }, credsStore: 'good' }], ['containers-auth.json'], 'y.io/a', 'bob'],
  ['the first file that has one', [{ auths: { 'y.io': { auth: b64('other:p') } } }, { auths: { 'x.io': { auth: b64('second:p') } } }, { auths: { 'x.io': { auth: b64('third:p') } } }], ['containers-auth.json'], 'x.io/a', 'second'],
  ['the entry when the helper has nothing', [{ auths: { 'x.io': { auth: b64('file:p') } }, credHelpers: { 'x.io': 'none' } }], ['containers-auth.json'], 'x.io/a', 'file'],
  ['helpers of registries.conf in their order', [{ auths: { 'x.io': { auth: b64('file:p') } } }], ['none', 'good', 'containers-auth.json'], 'x.io/a', 'bob'],
  ['the files alone when no helper is configured', [{ auths: { 'x.io': { auth: b64('file:p') } } }], ['containers-auth.json', 'good'], 'x.io/a', 'file'],
] as const) {
  test(`chooseCredential() takes ${name}`, async () => {
    const paths = await Promise.all(files.map(async (content, i) => { const path = join(directory, `auth-${i}.json`); await writeFile(path, JSON.stringify(content)); return path; }));
    const sources: CredentialSources = { request: undefined, files: ['/nonexistent/auth.json', ...paths], helpers: registryHelpers, helperRunner: helpers };
    const { credential } = await chooseCredential({ reference: parseReference(reference), insecure: false, isMirror: false }, parseReference(reference), sources, signal);
    assert.equal(credential?.kind === 'basic' ? credential.username : undefined, user);
  });
}

test('chooseCredential() goes on without a helper that fails, and says so', async () => {
  const sources: CredentialSources = { request: undefined, files: [], helpers: ['absent'], helperRunner: helpers };
  const chosen = await chooseCredential({ reference: parseReference('x.io/a'), insecure: false, isMirror: false }, parseReference('x.io/a'), sources, signal);
  assert.equal(chosen.credential, undefined);
  assert.match(chosen.trouble ?? '', /credential helper "docker-credential-absent" for x\.io: not found/);
});

test('the .dockercfg of old clients is the table of entries itself', async () => {
  const path = join(directory, '.dockercfg');
  await writeFile(path, JSON.stringify({ 'https://index.docker.io/v1/': { auth: b64('old:p') } }));
  const sources: CredentialSources = { request: undefined, files: [path], helpers: ['containers-auth.json'], helperRunner: undefined };
  const { credential } = await chooseCredential({ reference: parseReference('busybox'), insecure: false, isMirror: false }, parseReference('busybox'), sources, signal);
  assert.equal(credential?.kind === 'basic' ? credential.username : undefined, 'old');
});
