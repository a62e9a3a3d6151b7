import assert from 'node:assert/strict';
import test from 'node:test';
import { unknownCallsAsEnosys } from './unknown-calls.ts';

const text = (program: Buffer): string[] => Array.from({ length: program.length / 8 }, (_, i) => `${program.readUInt16LE(i * 8).toString(16)} ${program[i * 8 + 2]} ${program[i * 8 + 3]} ${program.readUInt32LE(i * 8 + 4).toString(16)}`);

test('unknownCallsAsEnosys() leads each architecture to its own limit and all others to the program', () => {
  const program = Buffer.from([6, 0, 0, 0, 0, 0, 0xff, 0x7f]);
  assert.deepEqual(text(unknownCallsAsEnosys(program, [{ auditArch: 0xc000003e, largest: 448, largestX32: 0x40000223 }, { auditArch: 0x40000003, largest: 440 }])), [
    '20 0 0 4',
    '15 0 8 c000003e', '20 0 0 0', '35 3 0 40000000', '25 0 1 1c0', '6 0 0 50026', '5 0 0 8', '25 0 1 40000223', '6 0 0 50026', '5 0 0 5',
    '15 0 4 40000003', '20 0 0 0', '25 0 1 1b8', '6 0 0 50026', '5 0 0 0',
    '6 0 0 7fff0000',
  ]);
  assert.equal(unknownCallsAsEnosys(program, []), program);
});
