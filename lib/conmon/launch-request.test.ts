import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { encodeRunRequest } from './launch-request.ts';

const SPEC = { file: '/bin/x', args: ['é'], env: { A: 'b' }, timeoutMs: 1000, maxOutputBytes: 5, stdin: Buffer.from('in') };

test('encodeRunRequest() writes the fields in the order of the protocol', () => {
  assert.equal(encodeRunRequest(SPEC).toString('latin1'),
    '\xe8\x03\0\0' + '\x05\0\0\0\0\0\0\0' + '\x06\0\0\0/bin/x\0' + '\0\0\0\0\0' + '\x01\0\0\0\x02\0\0\0\xc3\xa9\0' + '\x01\0\0\0\x03\0\0\0A=b\0' + '\x02\0\0\0in');
});

test('encodeRunRequest() refuses a NUL in any string', () => {
  for (const spec of [{ ...SPEC, file: 'a\0b' }, { ...SPEC, args: ['\0'] }, { ...SPEC, env: { A: '\0' } }, { ...SPEC, cwd: '\0' }]) assert.throws(() => encodeRunRequest(spec), InvalidArgumentError);
});
