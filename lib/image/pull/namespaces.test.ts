/** Policies and credentials of a pod's namespace (crio.conf's signature_policy_dir and namespaced_auth_dir). */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Images } from '#image';
import { PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const ACCEPT = JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] });
const REJECT = JSON.stringify({ default: [{ type: 'reject' }] });
const USER = { username: 'bob', password: 'secret' };
const AUTH = Buffer.from('bob:secret').toString('base64');

interface At extends AsyncDisposable { readonly node: PullNode; readonly registry: Registry; readonly images: Images; readonly name: string; readonly repository: string; readonly policies: string; readonly credentials: string }

async function open(policy: string, auth = false): Promise<At> {
  const node = await PullNode.open();
  const registry = await node.registry('r', auth ? { auth: { type: 'basic', ...USER } } : {});
  await smallImage(registry, 'app', '1');
  const config = redirectTo([registry], { host: registry.address });
  const [policies, credentials, file] = ['policies', 'auth', 'policy.json'].map((name) => join(node.directory, name)) as [string, string, string];
  await Promise.all([mkdir(policies), mkdir(credentials), writeFile(file, policy)]);
  const images = node.images({ ...config, registries: config.registries.map((r) => ({ ...r, location: registry.address })) }, { signaturePolicy: { path: file, optional: false }, namespaces: { policies, credentials } });
  return { node, registry, images, name: `${registry.address}/app:1`, repository: `${registry.address}/app`, policies, credentials, [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() };
}

const authFile = (at: At, namespace: string): string => join(at.credentials, `${namespace}-${createHash('sha256').update(at.repository).digest('hex')}.json`);
const authText = (at: At, auth = AUTH): string => JSON.stringify({ auths: { [at.registry.address]: { auth } } });

test('pull() for a namespace with a policy goes by that one alone, and others by the node\'s', async () => {
  await using at = await open(REJECT);
  await writeFile(join(at.policies, 'trusted.json'), ACCEPT);
  await at.images.pull(at.name, { signal, namespace: 'trusted' });
  for (const namespace of ['other', 'TRUSTED', '../policies/trusted', 'trusted.json', undefined]) {
    await assert.rejects(at.images.pull(at.name, { signal, ...(namespace !== undefined && { namespace }) }), { message: /^SignatureValidationFailed: .*scope "default" of .*\/policy\.json/ }, namespace);
  }
});

test('pull() for a namespace whose policy rejects does not profit from one under way for another, nor from the image on the node', async () => {
  await using at = await open(ACCEPT);
  await writeFile(join(at.policies, 'strict.json'), REJECT);
  const [other, strict] = await Promise.allSettled([at.images.pull(at.name, { signal, namespace: 'other' }), at.images.pull(at.name, { signal, namespace: 'strict' })]);
  assert.deepEqual([other.status, strict.status], ['fulfilled', 'rejected']);
  await assert.rejects(at.images.pull(at.name, { signal, namespace: 'strict' }), { message: /scope "default" of .*strict\.json/ });
});

test('pull() refuses all of a namespace whose policy cannot be read', async () => {
  await using at = await open(ACCEPT);
  await writeFile(join(at.policies, 'broken.json'), '{');
  await assert.rejects(at.images.pull(at.name, { signal, namespace: 'broken' }), { code: 'InvalidArgument', message: /broken\.json": no JSON/ });
});

test('pull() shows the credentials of the namespace\'s file, which is gone when it was read', async () => {
  await using at = await open(ACCEPT, true);
  await writeFile(authFile(at, 'team'), authText(at));
  await assert.rejects(at.images.pull(at.name, { signal, namespace: 'other' }), { message: /anonymous\): 401/ });
  await assert.rejects(at.images.pull(at.name, { signal }), { message: /anonymous\): 401/ });
  await at.images.pull(at.name, { signal, namespace: 'team' });
  assert.deepEqual(await readdir(at.credentials), []);
  await assert.rejects(at.images.pull(at.name, { signal, namespace: 'team' }), { message: /anonymous\): 401/ });
});

test('pull() for a namespace without credentials does not profit from one under way for a namespace that has them', async () => {
  await using at = await open(ACCEPT, true);
  await writeFile(authFile(at, 'team'), authText(at));
  const [team, other] = await Promise.allSettled([at.images.pull(at.name, { signal, namespace: 'team' }), at.images.pull(at.name, { signal, namespace: 'other' })]);
  assert.deepEqual([team.status, other.status], ['fulfilled', 'rejected']);
});

test('pull() names the file of the namespace when its credentials are wrong, and removes one that is malformed', async () => {
  await using at = await open(ACCEPT, true);
  await writeFile(authFile(at, 'team'), authText(at, Buffer.from('bob:wrong').toString('base64')));
  await assert.rejects(at.images.pull(at.name, { signal, namespace: 'team' }), { message: /credentials from file ".*\/team-\w{64}\.json", key .*401/ });
  await writeFile(authFile(at, 'team'), '{');
  await assert.rejects(at.images.pull(at.name, { signal, namespace: 'team' }), { code: 'InvalidArgument' });
  assert.deepEqual(await readdir(at.credentials), []);
});

test('pull() prefers the credentials of the request to the namespace\'s', async () => {
  await using at = await open(ACCEPT, true);
  await writeFile(authFile(at, 'team'), authText(at, Buffer.from('bob:wrong').toString('base64')));
  await at.images.pull(at.name, { signal, namespace: 'team', auth: USER });
});
