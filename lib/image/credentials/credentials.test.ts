import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseReference } from '../reference.ts';
import { findCredential, readAuthFile } from './auth-file.ts';
import { chooseCredential } from './choose-credential.ts';
import { toCredential } from './credential.ts';

const b64 = (text: string): string => Buffer.from(text).toString('base64');
const origin = 'test';

for (const [name, auth, expected] of [
  ['nothing', {}, undefined],
  ['empty fields', { username: '', password: '', auth: '', identityToken: '', registryToken: '' }, undefined],
  ['user and password', { username: 'u', password: 'p' }, { kind: 'basic', username: 'u', password: 'p', origin }],
  ['auth with a colon in the password', { auth: b64('u:p:q') }, { kind: 'basic', username: 'u', password: 'p:q', origin }],
  ['auth with trailing NULs', { auth: b64('u:p\0\0') }, { kind: 'basic', username: 'u', password: 'p', origin }],
  ['auth of a token', { auth: b64('<token>:t') }, { kind: 'identityToken', token: 't', origin }],
  ['an identity token before a password', { username: 'u', password: 'p', identityToken: 't' }, { kind: 'identityToken', token: 't', origin }],
  ['a registry token before all', { identityToken: 't', registryToken: 'r' }, { kind: 'registryToken', token: 'r', origin }],
] as const) {
  test(`toCredential() of ${name}`, () => assert.deepEqual(toCredential(auth, origin), expected));
}

for (const [name, auth] of [['auth that is no base64', { auth: 's$cret' }], ['auth without a colon', { auth: b64('s$cret') }], ['a user with a colon', { username: 's$cret:x', password: 's$cret' }], ['a token with a line break', { registryToken: 's$cret\r\nX: y' }]] as const) {
  test(`toCredential() refuses ${name} without showing it`, () => assert.throws(() => toCredential(auth, origin), (e: Error) => e.message.startsWith('read test: ') && !e.message.includes('s$cret') && !e.message.includes(b64('s$cret'))));
}

async function withFile(content: string, body: (path: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-auth-'));
  try {
    await writeFile(join(directory, 'auth.json'), content);
    await body(join(directory, 'auth.json'));
  } finally {
    await rm(directory, { recursive: true });
  }
}

const AUTHS = { 'x.io': 'host', 'x.io/a': 'namespace', 'x.io/a/b': 'repository', 'https://old.io/v1/': 'other path', 'https://new.io': 'url', 'https://index.docker.io/v1/': 'hub', 'empty.io': '' };

for (const [reference, user] of [
  ['x.io/a/b:1', 'repository'], ['x.io/a/c', 'namespace'], ['x.io/b', 'host'], ['x.io/a/bc', 'namespace'], ['new.io/z', 'url'], ['busybox', 'hub'], ['quay.io/a', undefined], ['x.io:5000/a', undefined], ['empty.io/a', undefined],
] as const) {
  test(`findCredential() for "${reference}" is ${user ?? 'none'}`, () => withFile(JSON.stringify({ auths: Object.fromEntries(Object.entries(AUTHS).map(([k, u]) => [k, u === '' ? {} : { auth: b64(`${u}:p`) }])) }), async (path) => {
    const found = findCredential(await readAuthFile(path), parseReference(reference));
    assert.equal(found?.kind === 'basic' ? found.username : undefined, user);
    if (found) assert.match(found.origin, /^file ".*auth\.json", key "/);
  }));
}

for (const content of ['s$cret', '["s$cret"]', '{"auths": "s$cret"}', '{"auths": {"x.io": "s$cret"}}', '{"auths": {"x.io": {"auth": {"s$cret": 1}}}}']) {
  test(`reading ${content} names the file and shows nothing of it`, () => withFile(content, async (path) => {
    await assert.rejects(async () => findCredential(await readAuthFile(path), parseReference('x.io/a')), (e: Error) => e.message.includes(path) && !e.message.includes('s$cret') && e.cause === undefined);
  }));
}

test('readAuthFile() takes an absent file for an empty one', async () => assert.equal((await readAuthFile('/nonexistent/auth.json')).auths.size, 0));

for (const [name, endpoint, original, serverAddress, given] of [
  ['the host of the name', 'x.io/a', 'x.io/a', '', true], ['a mirror elsewhere', 'm.io/a', 'x.io/a', '', false], ['Docker Hub by its other name', 'docker.io/library/a', 'a', 'https://index.docker.io/v1/', true],
  ['the server address', 'm.io/a', 'x.io/a', 'm.io', true], ['another port', 'x.io:5000/a', 'x.io/a', '', false], ['another server address', 'x.io/a', 'x.io/a', 'https://y.io', false],
] as const) {
  test(`chooseCredential() ${given ? 'gives' : 'keeps'} the request's credentials ${given ? 'to' : 'from'} ${name}`, async () => {
    const sources = { request: { username: 'u', password: 'p', serverAddress }, files: [], helpers: [], helperRunner: undefined };
    const { credential } = await chooseCredential({ reference: parseReference(endpoint), insecure: false, isMirror: false }, parseReference(original), sources, new AbortController().signal);
    assert.equal(credential !== undefined, given);
  });
}
