import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { parseImageUser } from './image-user.ts';

for (const [user, expected] of [
  ['', { username: '' }], ['1002', { uid: 1002, username: '' }], ['www-data', { username: 'www-data' }], ['1003:1004', { uid: 1003, username: '' }], ['www-data:1004', { username: 'www-data' }],
  ['0', { uid: 0, username: '' }], ['1000x', { username: '1000x' }], ['-1', { username: '-1' }], ['99999999999999999999', { username: '99999999999999999999' }],
] as const) {
  test(`parseImageUser() of "${user}"`, () => assert.deepEqual(parseImageUser(user), expected));
}
