import assert from 'node:assert/strict';
import test from 'node:test';
import { namespaceOptions } from '../config-for-test.ts';
import { checkMapped, idMappingsOf, rootOwner } from './id-mappings.ts';

const uids = [{ hostId: 7, containerId: 1, length: 1 }, { hostId: 100_000, containerId: 0, length: 1 }];
const gids = [{ hostId: 200_000, containerId: 0, length: 1 }];

test('idMappingsOf() are there for a user namespace of the pod only', () => {
  assert.deepEqual(idMappingsOf({ ...namespaceOptions, usernsOptions: { mode: 'pod', uids, gids } }), { uids, gids });
  assert.equal(idMappingsOf({ ...namespaceOptions, usernsOptions: { mode: 'node', uids: [], gids: [] } }), undefined);
  assert.equal(idMappingsOf(namespaceOptions), undefined);
});

test('rootOwner() is who the namespace\'s root is on the node', () => {
  assert.deepEqual(rootOwner({ uids, gids }), { uid: 100_000, gid: 200_000 });
  assert.deepEqual(rootOwner(undefined), { uid: 0, gid: 0 });
  assert.throws(() => rootOwner({ uids: [], gids }), { code: 'Internal' });
});

test('checkMapped() names the first id that the namespace does not have', () => {
  const user = (uid: number, gid: number, additionalGids: number[] = []) => ({ uid, gid, additionalGids });
  const ranges = { uids: [{ hostId: 100_000, containerId: 0, length: 10 }], gids: [{ hostId: 100_000, containerId: 0, length: 20 }] };
  checkMapped(ranges, user(9, 19, [0]));
  checkMapped(undefined, user(70_000, 70_000));
  assert.throws(() => checkMapped(ranges, user(10, 0)), { code: 'InvalidArgument', message: 'user 10: not mapped in the pod\'s user namespace, which has 0 to 9' });
  assert.throws(() => checkMapped(ranges, user(0, 0, [20])), { code: 'InvalidArgument', message: /^group 20: .* 0 to 19$/ });
});
