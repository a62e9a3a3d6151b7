import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { resolveUser, type UserRequest } from './resolve-user.ts';

const rootfs = await mkdtemp(join(tmpdir(), 'davit-user-'));
after(() => rm(rootfs, { recursive: true }));
await mkdir(join(rootfs, 'etc'));
await writeFile(join(rootfs, 'etc/passwd'), '# comment\nroot:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/:/bin/false\n\ndefault-user:x:1000:1000::/:\nbroken\n1234:x:77:77::/:\nhuge:x:4294967295:1::/:\n');
await writeFile(join(rootfs, 'etc/group'), 'root:x:0:\nwww-data:x:33:\ngroup-defined-in-image:x:50000:other,default-user\n1004:x:9:\nwheel:x:10:root\n');

const none: UserRequest = { runAsUsername: '', imageUser: '', supplementalGroups: [], supplementalGroupsPolicy: 'merge' };
const cases: [name: string, request: Partial<UserRequest>, expected: string][] = [
  ['nobody named, which is root and its groups', {}, '0 0 0,10'],
  ['the image\'s uid', { imageUser: '1002' }, '1002 0 0'],
  ['the image\'s name', { imageUser: 'www-data' }, '33 33 33'],
  ['the image\'s uid and gid', { imageUser: '1003:1004' }, '1003 1004 1004'],
  ['the image\'s name and group', { imageUser: 'www-data:wheel' }, '33 10 10'],
  ['the image\'s known uid', { imageUser: '1000' }, '1000 1000 1000,50000'],
  ['run_as_user', { runAsUser: 1000, imageUser: 'www-data:wheel' }, '1000 1000 1000,50000'],
  ['run_as_user and run_as_group', { runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000] }, '1000 3000 3000,50000,4000'],
  ['policy strict', { runAsUser: 1000, supplementalGroups: [1234, 1000], supplementalGroupsPolicy: 'strict' }, '1000 1000 1000,1234'],
  ['policy merge', { runAsUser: 1000, supplementalGroups: [1234] }, '1000 1000 1000,50000,1234'],
  ['run_as_username', { runAsUsername: 'default-user', imageUser: 'nobody-here' }, '1000 1000 1000,50000'],
  ['digits that are also a name', { imageUser: '1234' }, '1234 0 0'],
  ['a group of digits that is also a name', { imageUser: '5:1004' }, '5 1004 1004'],
];
for (const [name, request, expected] of cases) {
  test(`resolveUser() of ${name}`, async () => {
    const { uid, gid, additionalGids } = await resolveUser(rootfs, { ...none, ...request });
    assert.equal(`${uid} ${gid} ${additionalGids.join()}`, expected);
  });
}

const refused: [name: string, request: Partial<UserRequest>, message: RegExp][] = [
  ['a group without a user', { runAsGroup: 5 }, /run_as_group 5 needs run_as_user/],
  ['both forms of user', { runAsUser: 1, runAsUsername: 'root' }, /both given/],
  ['an unknown name', { runAsUsername: 'nobody-here' }, /user 'nobody-here': not in the image's \/etc\/passwd/],
  ['an unknown group', { imageUser: 'root:nogroup' }, /group 'nogroup'/],
  ['an id too large', { runAsUser: 2 ** 31 }, /must be between/],
  ['an id of the image too large', { imageUser: '4294967296' }, /must be between/],
  ['a negative id', { imageUser: '-1' }, /must be between/],
  ['a name with an id too large', { imageUser: 'huge' }, /not in the image/],
  ['a supplemental group too large', { supplementalGroups: [2 ** 32] }, /supplemental group/],
  ['two colons', { imageUser: 'a:b:c' }, /more than one/],
];
for (const [name, request, message] of refused) test(`resolveUser() refuses ${name}`, () => assert.rejects(resolveUser(rootfs, { ...none, ...request }), { code: 'InvalidArgument', message }));

test('resolveUser() of an image without account files knows numbers only', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'davit-user-'));
  try {
    assert.deepEqual(await resolveUser(empty, { ...none, imageUser: '7:8' }), { uid: 7, gid: 8, additionalGids: [8] });
    assert.deepEqual(await resolveUser(empty, none), { uid: 0, gid: 0, additionalGids: [0] });
    await assert.rejects(resolveUser(empty, { ...none, imageUser: 'root' }), { code: 'InvalidArgument' });
  } finally {
    await rm(empty, { recursive: true });
  }
});
