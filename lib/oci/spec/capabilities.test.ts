import assert from 'node:assert/strict';
import test from 'node:test';
import { CAPABILITY_NAMES } from '#linux';
import { DEFAULT_CAPABILITIES, processCapabilities } from './capabilities.ts';

const everything: ReadonlySet<string> = new Set(CAPABILITY_NAMES);
const withoutResource: ReadonlySet<string> = new Set(CAPABILITY_NAMES.filter((c) => c !== 'CAP_SYS_RESOURCE'));
const defaults = CAPABILITY_NAMES.filter((c) => DEFAULT_CAPABILITIES.includes(c));
const without = (...names: string[]): string[] => defaults.filter((c) => !names.includes(c));

const cases: { name: string; add?: string[]; drop?: string[]; ambient?: string[]; privileged?: boolean; available?: ReadonlySet<string>; bounding: readonly string[]; ambientSet?: string[] }[] = [
  { name: 'nothing', bounding: defaults },
  { name: 'add', add: ['net_admin'], bounding: CAPABILITY_NAMES.filter((c) => defaults.includes(c) || c === 'CAP_NET_ADMIN') },
  { name: 'drop', drop: ['CAP_KILL', 'Chown'], bounding: without('CAP_KILL', 'CAP_CHOWN') },
  { name: 'drop of one that was never there', drop: ['SYS_TIME'], bounding: defaults },
  { name: 'add ALL', add: ['ALL'], bounding: CAPABILITY_NAMES },
  { name: 'add all but one', add: ['all'], drop: ['SYS_ADMIN'], bounding: CAPABILITY_NAMES.filter((c) => c !== 'CAP_SYS_ADMIN') },
  { name: 'drop ALL', drop: ['ALL'], bounding: [] },
  { name: 'drop ALL but one', add: ['NET_BIND_SERVICE'], drop: ['ALL'], bounding: ['CAP_NET_BIND_SERVICE'] },
  { name: 'add and drop ALL', add: ['ALL'], drop: ['ALL'], bounding: [] },
  { name: 'add and drop of one', add: ['SYS_TIME'], drop: ['SYS_TIME'], bounding: defaults },
  { name: 'privileged', privileged: true, drop: ['ALL'], bounding: CAPABILITY_NAMES },
  { name: 'privileged that drops one', privileged: true, drop: ['NET_RAW'], bounding: CAPABILITY_NAMES },
  { name: 'privileged under a smaller daemon', privileged: true, available: withoutResource, bounding: [...withoutResource] },
  { name: 'ALL under a smaller daemon', add: ['ALL'], available: withoutResource, bounding: [...withoutResource] },
  { name: 'ambient', drop: ['ALL'], ambient: ['CHOWN'], bounding: ['CAP_CHOWN'], ambientSet: ['CAP_CHOWN'] },
];

for (const c of cases) {
  test(`processCapabilities() of ${c.name}`, () => {
    const { capabilities, adjustments } = processCapabilities({
      capabilities: { addCapabilities: c.add ?? [], dropCapabilities: c.drop ?? [], addAmbientCapabilities: c.ambient ?? [] },
      privileged: c.privileged ?? false, defaults: DEFAULT_CAPABILITIES, available: c.available ?? everything,
    });
    const ambient = c.ambientSet ?? [];
    assert.deepEqual(capabilities, { bounding: c.bounding, effective: c.bounding, permitted: c.bounding, inheritable: ambient, ambient });
    assert.deepEqual(adjustments, []);
  });
}

test('processCapabilities() tells when a named one cannot be had', () => {
  const { capabilities, adjustments } = processCapabilities({ capabilities: { addCapabilities: ['SYS_RESOURCE'], dropCapabilities: [], addAmbientCapabilities: [] }, privileged: false, defaults: [], available: withoutResource });
  assert.deepEqual(capabilities.bounding, []);
  assert.match(adjustments[0]?.message ?? '', /CAP_SYS_RESOURCE is not in this daemon's own set/);
});

test('processCapabilities() refuses a name that is none', () => {
  assert.throws(() => processCapabilities({ capabilities: { addCapabilities: ['FLY'], dropCapabilities: [], addAmbientCapabilities: [] }, privileged: false, defaults: [], available: everything }), { code: 'InvalidArgument', message: /'FLY'/ });
});
