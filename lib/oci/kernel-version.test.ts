import assert from 'node:assert/strict';
import test from 'node:test';
import { kernelAtLeast } from './kernel-version.ts';

const cases: [minimum: string, kernel: string, expected: boolean][] = [
  ['5.12', '5.12.0', true], ['5.12', '5.9.1-generic', false], ['5.12', '6.1', true], ['5.12', '4.18.0-553.el8', false], ['4.8', '4.8-rc1', true], ['5.0', '5.10.0-8-amd64', true],
];
for (const [minimum, kernel, expected] of cases) test(`kernelAtLeast() of ${kernel} and ${minimum}`, () => assert.equal(kernelAtLeast(minimum, kernel), expected));
