import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMountInfo } from './mountinfo.ts';

const cases = [
  { name: 'private mount', line: '36 35 98:0 /mnt1 /mnt2 rw,noatime - ext3 /dev/root rw,errors=continue', mountPoint: '/mnt2', propagation: [], fstype: 'ext3', source: '/dev/root' },
  { name: 'two propagation tags', line: '36 35 98:0 / /mnt2 rw master:1 propagate_from:2 - tmpfs none rw', mountPoint: '/mnt2', propagation: ['master:1', 'propagate_from:2'], fstype: 'tmpfs', source: 'none' },
  { name: 'escapes', line: '36 35 0:9 / /a\\040b\\011\\134c rw shared:7 - overlay over\\040lay rw,lowerdir=/x\\040y', mountPoint: '/a b\t\\c', propagation: ['shared:7'], fstype: 'overlay', source: 'over lay' },
  { name: 'a mount point named -', line: '36 35 0:9 / - rw - tmpfs none rw', mountPoint: '-', propagation: [], fstype: 'tmpfs', source: 'none' },
];
for (const { name, line, ...expected } of cases) {
  test(`parseMountInfo() reads a line with ${name}`, () => {
    const [entry, ...rest] = parseMountInfo(`${line}\n`);
    assert.equal(rest.length, 0);
    assert.deepEqual({ mountPoint: entry?.mountPoint, propagation: entry?.propagation, fstype: entry?.fstype, source: entry?.source }, expected);
  });
}

test('parseMountInfo() leaves out what is not a line of mountinfo', () => {
  assert.deepEqual(parseMountInfo('36 35 98:0 /mnt1\n\nrubbish\n'), []);
});
