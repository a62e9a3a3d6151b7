/** The signature policy in a pull: what is not signed as it asks for is refused before anything is unpacked. */
import { strict as assert } from 'node:assert';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Images } from '#image';
import { buildIndex, hostPlatform, signImage } from '../../../test/fixtures/images/index.ts';
import type { SignatureSpec } from '../../../test/fixtures/images/index.ts';
import { PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const REPOSITORY = 'example.com/app';
const NAME = `${REPOSITORY}:1`;
const KEYS = { ecdsa: generateKeyPairSync('ec', { namedCurve: 'P-256' }), p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }), ed25519: generateKeyPairSync('ed25519'), rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }), other: generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
const pem = (name: keyof typeof KEYS): string => KEYS[name].publicKey.export({ type: 'spki', format: 'pem' }).toString();
const keyData = (name: keyof typeof KEYS): string => Buffer.from(pem(name)).toString('base64');
const signed = (fields: Record<string, unknown>): object => ({ default: [{ type: 'sigstoreSigned', ...fields }] });

async function node(policy: unknown): Promise<{ node: PullNode; registry: Registry; images: Images; digest: string; imageId: string } & AsyncDisposable> {
  const opened = await PullNode.open();
  const registry = await opened.registry();
  const image = await smallImage(registry, REPOSITORY, '1');
  const path = join(opened.directory, 'policy.json');
  await writeFile(path, typeof policy === 'string' ? policy : JSON.stringify(policy));
  const images = opened.images(redirectTo([registry]), { signaturePolicy: { path, optional: false } });
  return { node: opened, registry, images, digest: image.manifest.digest, imageId: image.imageId, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
}

for (const key of ['ecdsa', 'p384', 'ed25519', 'rsa'] as const) {
  test(`pull() takes an image signed with ${key}, by tag and by digest`, async () => {
    await using at = await node(signed({ keyData: keyData(key) }));
    await signImage(at.registry.store, REPOSITORY, at.digest, [{ key: KEYS[key].privateKey, name: NAME }]);
    assert.equal((await at.images.pull(NAME, { signal })).imageId, at.imageId);
    assert.equal((await at.images.pull(`${REPOSITORY}@${at.digest}`, { signal })).imageId, at.imageId);
  });
}

test('pull() refuses an image that is here when its signature is there no more', async () => {
  await using at = await node(signed({ keyData: keyData('ecdsa') }));
  await signImage(at.registry.store, REPOSITORY, at.digest, [{ key: KEYS.ecdsa.privateKey, name: NAME }]);
  await at.images.pull(NAME, { signal });
  at.registry.faults.add({ when: ({ reference }) => reference.endsWith('.sig'), action: { do: 'status', status: 404 } });
  for (const name of [NAME, `${REPOSITORY}@${at.digest}`]) await assert.rejects(at.images.pull(name, { signal }), { message: /no signature is attached to sha256:/ });
});

type Signature = Omit<SignatureSpec, 'repository' | 'digest'>;
const right: Signature = { key: KEYS.ecdsa.privateKey, name: NAME };

for (const [name, policy, signatures, message] of [
  ['nothing when the policy rejects', { default: [{ type: 'reject' }] }, [right], /the signature policy rejects it \(scope "default" of .*policy\.json\)/],
  ['an image without signatures', signed({ keyData: keyData('ecdsa') }), [], /no signature is attached to sha256:/],
  ['a signature with another key', signed({ keyData: keyData('other') }), [right], /none of its signatures is accepted: sha256:\w+: not by one of the policy's keys/],
  ['a payload that was changed', signed({ keyData: keyData('ecdsa') }), [{ ...right, spoil: (p: Buffer) => Buffer.from(p.toString().replace('"optional":null', '"optional":{}')) }], /not by one of the policy's keys/],
  ['a signature of another image', signed({ keyData: keyData('ecdsa') }), [{ ...right, tamper: (p) => { p.critical['image'] = { 'docker-manifest-digest': `sha256:${'1'.repeat(64)}` }; } }], /it is for "sha256:1{64}"/],
  ['a signature for another name', signed({ keyData: keyData('ecdsa') }), [{ ...right, name: 'example.com/other:1' }], /it is for the name "example\.com\/other:1", which matchRepoDigestOrExact does not take/],
  ['a signature for the bare repository, unless the policy says so', signed({ keyData: keyData('ecdsa') }), [{ ...right, name: REPOSITORY }], /matchRepoDigestOrExact does not take/],
  ['a signature of something else', signed({ keyData: keyData('ecdsa') }), [{ ...right, tamper: (p) => { p.critical['type'] = 'a letter'; } }], /the payload is none of a container image/],
  ['GPG', { default: [{ type: 'signedBy', keyType: 'GPGKeys', keyPath: '/k' }] }, [right], /more than davit can check: signedBy needs GPG/],
  ['what one requirement accepts and the next rejects', { default: [{ type: 'insecureAcceptAnything' }, { type: 'reject' }] }, [right], /the signature policy rejects it/],
  ['one of two requirements', { default: [{ type: 'sigstoreSigned', keyData: keyData('ecdsa') }, { type: 'sigstoreSigned', keyData: keyData('other') }] }, [right], /not by one of the policy's keys/],
] as const satisfies readonly (readonly [string, unknown, readonly Signature[], RegExp])[]) {
  test(`pull() refuses ${name}, before it unpacks anything`, async () => {
    await using at = await node(policy);
    await signImage(at.registry.store, REPOSITORY, at.digest, signatures);
    await assert.rejects(at.images.pull(NAME, { signal }), (error: Error & { code: string }) => {
      assert.equal(error.code, 'Unknown');
      assert.match(error.message, /^SignatureValidationFailed: pull image "example\.com\/app:1": /);
      assert.match(error.message, message);
      return true;
    });
    assert.deepEqual(at.node.storage.begun, []);
    assert.deepEqual(at.images.list(), []);
  });
}

for (const [name, policy, signatures] of [
  ['anything when the policy accepts it', { default: [{ type: 'reject' }], transports: { docker: { 'example.com': [{ type: 'insecureAcceptAnything' }] } } }, []],
  ['one good signature among bad ones', signed({ keyData: keyData('ecdsa') }), [{ ...right, key: KEYS.other.privateKey }, right]],
  ['one of several keys', signed({ keyDatas: [keyData('other'), keyData('ecdsa')] }), [right]],
  ['the bare repository with matchRepository', signed({ keyData: keyData('ecdsa'), signedIdentity: { type: 'matchRepository' } }), [{ ...right, name: REPOSITORY }]],
] as const satisfies readonly (readonly [string, unknown, readonly Signature[]])[]) {
  test(`pull() takes ${name}`, async () => {
    await using at = await node(policy);
    if (signatures.length > 0) await signImage(at.registry.store, REPOSITORY, at.digest, signatures);
    assert.equal((await at.images.pull(NAME, { signal })).imageId, at.imageId);
  });
}

test('pull() reads keys from files, and says which one it cannot read', async () => {
  await using at = await node(signed({ keyPath: '/nonexistent/key.pub' }));
  await signImage(at.registry.store, REPOSITORY, at.digest, [right]);
  await assert.rejects(at.images.pull(NAME, { signal }), { code: 'InvalidArgument', message: /read key "\/nonexistent\/key\.pub" of the signature policy: ENOENT/ });
  const key = join(at.node.directory, 'key.pub');
  await writeFile(key, pem('ecdsa'));
  await writeFile(join(at.node.directory, 'policy.json'), JSON.stringify(signed({ keyPath: key })));
  assert.equal((await at.images.pull(NAME, { signal })).imageId, at.imageId);
});

test('a signature of an index holds for the image that is chosen from it, and one of that image does too', async () => {
  for (const which of ['index', 'manifest'] as const) {
    await using at = await node(signed({ keyData: keyData('ecdsa') }));
    const image = await smallImage(at.registry, REPOSITORY, undefined);
    const index = await buildIndex(at.registry.store, REPOSITORY, '1', [{ ...image.manifest, platform: hostPlatform() }]);
    await signImage(at.registry.store, REPOSITORY, which === 'index' ? index.digest : image.manifest.digest, [right]);
    assert.equal((await at.images.pull(NAME, { signal })).imageId, image.imageId);
  }
});

test('signatures that cannot be fetched are no signatures that are missing', async () => {
  await using at = await node(signed({ keyData: keyData('ecdsa') }));
  at.registry.faults.add({ when: (t) => t.reference.endsWith('.sig'), action: { do: 'status', status: 500 } });
  await assert.rejects(at.images.pull(NAME, { signal }), { message: /^RegistryUnavailable: .*signatures sha256-\w+\.sig: .*500/ });
});

test('a policy that cannot be read lets nothing through', async () => {
  await using at = await node('{"default": [');
  await assert.rejects(at.images.pull(NAME, { signal }), { code: 'InvalidArgument', message: /read signature policy ".*policy\.json": no JSON/ });
  assert.equal(at.node.storage.begun.length, 0);
});

test('an absent policy is an error, unless it is the system\'s own', async () => {
  await using opened = await PullNode.open();
  const registry = await opened.registry();
  const image = await smallImage(registry, REPOSITORY, '1');
  const pull = (optional: boolean): Promise<{ imageId: string }> => opened.images(redirectTo([registry]), { signaturePolicy: { path: '/nonexistent/policy.json', optional } }).pull(NAME, { signal });
  await assert.rejects(pull(false), { message: /read signature policy "\/nonexistent\/policy\.json"/ });
  assert.equal((await pull(true)).imageId, image.imageId);
});
