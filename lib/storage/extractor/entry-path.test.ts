import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataLossError } from '#errors';
import { entryMeaning, splitEntryPath } from './entry-path.ts';
import { storedXattrName } from './xattr-policy.ts';

const paths: [string, string[]][] = [
  ['a', ['a']], ['a/b', ['a', 'b']], ['a/b/', ['a', 'b']], ['/a', ['a']], ['//a//b', ['a', 'b']], ['./a/./b', ['a', 'b']], ['.', []], ['./', []], ['/', []],
  ['...', ['...']], ['..a/b..', ['..a', 'b..']], ['\xff\xfe', ['\xff\xfe']],
];
for (const [path, components] of paths) test(`splitEntryPath(${JSON.stringify(path)})`, () => { assert.deepEqual(splitEntryPath(path), components); });

const badPaths = ['', '..', '../a', 'a/..', 'a/../b', '/../etc/passwd', './../a', 'a\0b', 'x'.repeat(256), 'a/'.repeat(513), `${'x'.repeat(200)}/`.repeat(21)];
for (const path of badPaths) test(`splitEntryPath() refuses ${JSON.stringify(path.slice(0, 30))}`, () => { assert.throws(() => splitEntryPath(path), DataLossError); });

test('entryMeaning() tells content, whiteouts and opaque marks', () => {
  assert.deepEqual(entryMeaning(['a']), { kind: 'content' });
  assert.deepEqual(entryMeaning([]), { kind: 'content' });
  assert.deepEqual(entryMeaning(['d', '.wh.a']), { kind: 'whiteout', name: 'a' });
  assert.deepEqual(entryMeaning(['d', '.wh..a']), { kind: 'whiteout', name: '.a' });
  assert.deepEqual(entryMeaning(['d', '.wh..wh..opq']), { kind: 'opaque' });
  assert.deepEqual(entryMeaning(['.wh..wh.plnk']), { kind: 'ignored' });
});
for (const path of ['.wh.', '.wh..', '.wh...', 'd/.wh.', '.wh.a/b', '.wh..wh..opq/x']) {
  test(`entryMeaning() refuses '${path}'`, () => { assert.throws(() => entryMeaning(path.split('/')), DataLossError); });
}

const names: [string, string | undefined][] = [
  ['security.capability', 'security.capability'], ['user.a', 'user.a'], ['trusted.a', 'trusted.a'], ['system.posix_acl_default', 'system.posix_acl_default'],
  ['trusted.overlay.opaque', 'trusted.overlay.overlay.opaque'], ['user.overlay.redirect', 'user.overlay.overlay.redirect'], ['trusted.overlay.overlay.x', 'trusted.overlay.overlay.overlay.x'],
  ['security.selinux', undefined], ['security.ima', undefined], ['system.nfs4_acl', undefined], ['user.', undefined], ['', undefined],
];
for (const [name, stored] of names) test(`storedXattrName('${name}')`, () => { assert.equal(storedXattrName(name), stored); });
