import assert from 'node:assert/strict';
import test from 'node:test';
import { capabilities, CAPABILITY_NAMES, parseCapabilitySets } from './capabilities.ts';

test('parseCapabilitySets() names the bits of each set', () => {
  const sets = parseCapabilitySets('Name:\tnode\nCapInh:\t0000000000000000\nCapPrm:\t0000000000000003\nCapEff:\t0000000000200000\nCapBnd:\t000001fffeffffff\nCapAmb:\t0\n');
  assert.deepEqual([...sets.permitted], ['CAP_CHOWN', 'CAP_DAC_OVERRIDE']);
  assert.deepEqual([...sets.effective], ['CAP_SYS_ADMIN']);
  assert.equal(sets.bounding.has('CAP_SYS_RESOURCE'), false);
  assert.equal(sets.bounding.size, CAPABILITY_NAMES.length - 1);
});

test('parseCapabilitySets() gives empty sets when a line is missing', () => {
  assert.equal(parseCapabilitySets('Name:\tx\n').bounding.size, 0);
});

test('capabilities() reads this process', () => {
  for (const name of capabilities().effective) assert.ok(capabilities().bounding.has(name) || capabilities().permitted.has(name));
});
