import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { networkWishes } from './network-wishes.ts';

const ALL = { 'network.davit.io/ips': '10.1.2.3/24, fd00::3/64', 'network.davit.io/mac': '02:00:00:00:00:0A', 'network.davit.io/aliases': 'db,cache', 'network.davit.io/ip-ranges': '10.1.0.0/16,fd00::/64' };

test('networkWishes() reads what the handler allows, and nothing else', () => {
  assert.deepEqual(networkWishes(ALL, []), {});
  assert.deepEqual(networkWishes(ALL, ['io.kubernetes.', 'network.davit.io/mac']), { mac: '02:00:00:00:00:0A' });
  assert.deepEqual(networkWishes(ALL, ['network.davit.io/']), {
    ips: ['10.1.2.3/24', 'fd00::3/64'], mac: '02:00:00:00:00:0A', aliases: ['db', 'cache'], ipRanges: [[{ subnet: '10.1.0.0/16' }], [{ subnet: 'fd00::/64' }]],
  });
  assert.deepEqual(networkWishes({ other: 'x' }, ['']), {});
});

for (const [name, text] of [['ips', '10.1.2.3'], ['ips', '10.1.2.3/33'], ['ips', ''], ['ips', 'fe80::1%eth0/64'], ['ips', Array(17).fill('10.1.2.3/24').join()], ['mac', '02:00'], ['mac', '02:00:00:00:00:0a,02:00:00:00:00:0b'], ['aliases', 'A b'], ['ip-ranges', '10.0.0.0-10.0.0.9']] as const) {
  test(`networkWishes() refuses ${name} "${text.slice(0, 40)}"`, () => assert.throws(() => networkWishes({ [`network.davit.io/${name}`]: text }, ['network.davit.io/']), InvalidArgumentError));
}
