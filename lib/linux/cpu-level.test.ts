import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { x86Level } from './cpu-level.ts';

const V2 = 'cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3';
const V3 = `${V2} avx avx2 bmi1 bmi2 f16c fma abm movbe xsave`;
const V4 = `${V3} avx512f avx512bw avx512cd avx512dq avx512vl`;

for (const [name, flags, level] of [
  ['the oldest', 'fpu sse sse2', 1], ['all of v2', `fpu ${V2}`, 2], ['v2 but for one', V2.replace('popcnt ', ''), 1], ['all of v3', V3, 3], ['v3 but for one', V3.replace(' movbe', ''), 2],
  ['all of v4', `${V4} more`, 4], ['v4 without something of v2', V4.replace('ssse3', ''), 1], ['a flag that begins like another', V2.replace('sse4_1', 'sse4_10'), 1],
] as const) {
  test(`x86Level() of a processor with ${name} is ${level}`, () => assert.equal(x86Level(`processor\t: 0\nflags\t\t: ${flags}\nbugs\t\t: spectre_v1\n\nprocessor\t: 1\nflags\t\t: fpu\n`), level));
}

test('x86Level() of a text without flags, as other processors have it, is 1', () => assert.equal(x86Level('Features\t: fp asimd\n'), 1));

test('x86Level() reads this machine as a whole look at /proc/cpuinfo would', () => assert.equal(x86Level(), x86Level(readFileSync('/proc/cpuinfo', 'latin1'))));
