import assert from 'node:assert/strict';
import test from 'node:test';
import { processArgs, processCwd } from './args.ts';

const image = { entrypoint: ['/entry', '-x'], cmd: ['run'] };
const cases = [
  { name: 'the image alone', command: [], args: [], image, expected: ['/entry', '-x', 'run'] },
  { name: 'args over cmd', command: [], args: ['a'], image, expected: ['/entry', '-x', 'a'] },
  { name: 'a command over both', command: ['c'], args: [], image, expected: ['c'] },
  { name: 'command and args', command: ['c'], args: ['a', ''], image, expected: ['c', 'a', ''] },
  { name: 'an image with cmd only', command: [], args: [], image: { entrypoint: [], cmd: ['sh'] }, expected: ['sh'] },
  { name: 'args for an image without entrypoint', command: [], args: ['ls'], image: { entrypoint: [], cmd: ['sh'] }, expected: ['ls'] },
];
for (const c of cases) test(`processArgs() of ${c.name}`, () => assert.deepEqual(processArgs(c, c.image), c.expected));

test('processArgs() fails when nothing says what to run, and for NUL bytes', () => {
  assert.throws(() => processArgs({ command: [], args: [] }, { entrypoint: [], cmd: [] }), { code: 'InvalidArgument', message: /neither the container nor its image/ });
  assert.throws(() => processArgs({ command: [''], args: [] }, image), { code: 'InvalidArgument' });
  assert.throws(() => processArgs({ command: ['a\0b'], args: [] }, image), { message: /'a\\0b' holds a NUL/ });
});

test('processCwd() is the container\'s, the image\'s or the root, and absolute', () => {
  assert.deepEqual([processCwd('/a', '/b'), processCwd('', '/b'), processCwd('', ''), processCwd('x/y', '')], ['/a', '/b', '/', '/x/y']);
});
