import assert from 'node:assert/strict';
import test from 'node:test';
import { hugePageSizes, pageSizeName } from './page-sizes.ts';

for (const [directory, name] of [['hugepages-2048kB', '2MB'], ['hugepages-1048576kB', '1GB'], ['hugepages-64kB', '64KB'], ['hugepages-16777216kB', '16GB'], ['hugepages-524288kB', '512MB'], ['other', undefined]] as const) {
  test(`pageSizeName() of ${directory} is ${String(name)}`, () => assert.equal(pageSizeName(directory), name));
}

test('hugePageSizes() of a kernel without huge pages is empty', () => {
  assert.deepEqual(hugePageSizes('/proc/self/no-such-directory'), []);
});
