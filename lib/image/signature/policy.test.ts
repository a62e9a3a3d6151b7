import { strict as assert } from 'node:assert';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { parseReference } from '../reference.ts';
import { identityMatches, parseIdentity } from './identity.ts';
import { parsePolicy, requirementsFor } from './policy.ts';
import { parseKey } from './simple-signing.ts';

const ACCEPT = [{ type: 'insecureAcceptAnything' }];
const REJECT = [{ type: 'reject' }];
const D = `sha256:${'a'.repeat(64)}`;
const policy = (document: unknown): ReturnType<typeof parsePolicy> => parsePolicy(JSON.stringify(document), 'p.json');

const SCOPES = ['x.io', 'x.io/a', 'x.io/a/b', 'x.io/a/b:1', `x.io/a/b@${D}`, '*.sub.y.io', '*.y.io', 'docker.io/library/busybox'];

for (const [reference, scope] of [
  ['x.io/a/b:1', 'x.io/a/b:1'], ['x.io/a/b:2', 'x.io/a/b'], [`x.io/a/b@${D}`, `x.io/a/b@${D}`], ['x.io/a/c', 'x.io/a'], ['x.io/ab', 'x.io'], ['x.io:5000/a', 'transports.docker'],
  ['k.sub.y.io/a', '*.sub.y.io'], ['sub.y.io/a', '*.y.io'], ['k.y.io:5000/a', '*.y.io'], ['y.io/a', 'transports.docker'], ['busybox', 'docker.io/library/busybox'],
] as const) {
  test(`requirementsFor("${reference.slice(0, 20)}") is scope "${scope.slice(0, 20)}"`, () => {
    const parsed = policy({ default: REJECT, transports: { docker: Object.fromEntries([...SCOPES, ''].map((s) => [s, ACCEPT])), atomic: { anything: 'goes' } } });
    assert.equal(requirementsFor(parsed, parseReference(reference)).scope, scope);
  });
}

test('requirementsFor() falls back to the default', () => assert.equal(requirementsFor(policy({ default: REJECT }), parseReference('x.io/a')).requirements[0]?.type, 'reject'));

for (const [name, document, message] of [
  ['no default', {}, /^p\.json: default: expected a list/], ['an empty default', { default: [] }, /p\.json: default: expected a list of one/], ['a misspelt key', { default: ACCEPT, transport: {} }, /key "transport" is unknown/],
  ['an unknown type', { default: [{ type: 'accept' }] }, /default\[0\]\.type is "accept"; expected/], ['a further key of a type', { default: [{ type: 'reject', really: true }] }, /key "really" is unknown/],
  ['no key', { default: [{ type: 'sigstoreSigned' }] }, /expected one of keyPath/], ['two kinds of keys', { default: [{ type: 'sigstoreSigned', keyPath: '/k', keyData: 'eA==' }] }, /expected one of keyPath/],
  ['no keys in a list', { default: [{ type: 'sigstoreSigned', keyPaths: [] }] }, /keyPaths: expected a list of one/], ['an unknown identity', { default: [{ type: 'sigstoreSigned', keyPath: '/k', signedIdentity: { type: 'any' } }] }, /signedIdentity\.type is "any"/],
  ['an exact reference without a tag', { default: [{ type: 'sigstoreSigned', keyPath: '/k', signedIdentity: { type: 'exactReference', dockerReference: 'x.io/a' } }] }, /expected a tag or a digest/],
  ['a scope that is no list', { default: ACCEPT, transports: { docker: { 'x.io': {} } } }, /transports\.docker\["x\.io"\]: expected a list/],
] as const) {
  test(`parsePolicy() refuses ${name}`, () => assert.throws(() => policy(document), { code: 'InvalidArgument', message }));
}

for (const [name, text, key] of [
  ['a default twice', '{"default":[{"type":"reject"}],"default":[{"type":"insecureAcceptAnything"}]}', 'default'],
  ['a scope twice, once escaped', '{"default":[{"type":"reject"}],"transports":{"docker":{"x.io":[{"type":"reject"}],"\\u0078.io":[{"type":"insecureAcceptAnything"}]}}}', 'x.io'],
  ['a type twice', '{"default":[{"type":"reject","type":"insecureAcceptAnything"}]}', 'type'],
] as const) {
  test(`parsePolicy() refuses ${name}`, () => assert.throws(() => parsePolicy(text, 'p.json'), { code: 'InvalidArgument', message: `p.json: key "${key}" stands twice in one object; expected once` }));
}

test('parsePolicy() takes equal keys of different objects, and texts that look like keys', () => {
  const scopes = { 'x.io': ACCEPT, 'y.io': ACCEPT, 'a": [], "a': ACCEPT, '{"x.io":': ACCEPT, 'back\\': ACCEPT };
  assert.equal(policy({ default: REJECT, transports: { docker: scopes, oci: scopes } }).scopes.size, 5);
});

for (const requirement of [{ type: 'signedBy', keyType: 'GPGKeys', keyPath: '/k' }, { type: 'sigstoreSigned', fulcio: {}, rekorPublicKeyPath: '/r' }, { type: 'sigstoreSigned', keyPath: '/k', rekorPublicKeyData: 'eA==' }]) {
  test(`parsePolicy() takes ${JSON.stringify(requirement)} as one that nothing fulfils`, () => assert.equal(policy({ default: [requirement] }).defaults[0]?.type, 'unsupported'));
}

for (const [type, wanted, signed, expected] of [
  ['matchExact', 'x.io/a:1', 'x.io/a:1', true], ['matchExact', 'x.io/a:1', 'x.io/a:2', false], ['matchExact', 'x.io/a:1', 'x.io/a', false], ['matchExact', `x.io/a@${D}`, `x.io/a@${D}`, true], ['matchExact', `x.io/a@${D}`, 'x.io/a:1', false],
  ['matchRepoDigestOrExact', 'x.io/a:1', 'x.io/a:1', true], ['matchRepoDigestOrExact', 'x.io/a:1', 'x.io/a:2', false], ['matchRepoDigestOrExact', `x.io/a@${D}`, 'x.io/a:7', true], ['matchRepoDigestOrExact', `x.io/a@${D}`, 'x.io/b:7', false],
  ['matchRepository', 'x.io/a:1', 'x.io/a', true], ['matchRepository', 'x.io/a:1', 'x.io/a:9', true], ['matchRepository', 'x.io/a:1', 'x.io/ab', false], ['matchRepository', 'busybox', 'index.docker.io/library/busybox', true],
  ['matchRepository', 'x.io/a:1', 'not a name', false], ['matchExact', 'x.io/a:latest', 'x.io/a', false],
] as const) {
  test(`${type}: "${wanted.slice(0, 14)}" and a signature for "${signed.slice(0, 20)}" ${expected ? '' : 'do not '}match`, () => assert.equal(identityMatches(parseIdentity({ type }, 'i'), parseReference(wanted), signed), expected));
}

for (const [identity, signed, expected] of [
  [{ type: 'exactReference', dockerReference: 'y.io/b:2' }, 'y.io/b:2', true], [{ type: 'exactReference', dockerReference: 'y.io/b:2' }, 'x.io/team/a:1', false],
  [{ type: 'exactRepository', dockerRepository: 'y.io/b' }, 'y.io/b:9', true], [{ type: 'exactRepository', dockerRepository: 'y.io/b' }, 'y.io/c:9', false],
  [{ type: 'remapIdentity', prefix: 'x.io', signedPrefix: 'vendor.io/v' }, 'vendor.io/v/team/a:1', true], [{ type: 'remapIdentity', prefix: 'x.io/team/a', signedPrefix: 'vendor.io/a' }, 'vendor.io/a:1', true],
  [{ type: 'remapIdentity', prefix: 'x.io/te', signedPrefix: 'vendor.io/v' }, 'vendor.io/vam/a:1', false], [{ type: 'remapIdentity', prefix: 'z.io', signedPrefix: 'vendor.io' }, 'x.io/team/a:1', true],
] as const) {
  test(`${JSON.stringify(identity)} and a signature for "${signed}" ${expected ? '' : 'do not '}match`, () => assert.equal(identityMatches(parseIdentity(identity, 'i'), parseReference('x.io/team/a:1'), signed), expected));
}

test('parseKey() takes ECDSA, Ed25519 and RSA, and no weak or other key', () => {
  const pem = (key: { export(o: { type: 'spki'; format: 'pem' }): string | Buffer }): Buffer => Buffer.from(key.export({ type: 'spki', format: 'pem' }));
  for (const { publicKey } of [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ec', { namedCurve: 'P-384' }), generateKeyPairSync('ed25519'), generateKeyPairSync('rsa', { modulusLength: 2048 })]) parseKey(pem(publicKey), 'k');
  for (const { publicKey } of [generateKeyPairSync('x25519'), generateKeyPairSync('rsa', { modulusLength: 1024 }), generateKeyPairSync('ec', { namedCurve: 'secp256k1' })]) assert.throws(() => parseKey(pem(publicKey), 'k'), { code: 'InvalidArgument', message: /^k: a key of type/ });
  assert.throws(() => parseKey(Buffer.from('nothing'), 'k'), { message: 'k: expected a public key in PEM' });
});
