import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InternalError } from '#errors';
import { convertResult, networkResult, parseResult } from './result.ts';

const eth0 = { name: 'eth0', mac: '02:00:00:00:00:01', sandbox: '/run/ns' };
const veth = { name: 'veth1', mac: '02:00:00:00:00:02' };

for (const [name, raw, ips] of [
  ['0.2.0', { cniVersion: '0.2.0', ip4: { ip: '10.1.2.3/24' }, ip6: { ip: 'fd00::3/64' } }, ['10.1.2.3', 'fd00::3']],
  ['0.1.0 without addresses', { cniVersion: '0.1.0' }, []],
  ['0.3.1', { cniVersion: '0.3.1', interfaces: [eth0], ips: [{ version: '4', interface: 0, address: '10.1.2.3/24' }] }, ['10.1.2.3']],
  ['1.0.0 with two families', { cniVersion: '1.0.0', interfaces: [veth, eth0], ips: [{ interface: 1, address: 'fd00::3/64' }, { interface: 1, address: '10.1.2.3/24' }] }, ['fd00::3', '10.1.2.3']],
  ['1.1.0', { cniVersion: '1.1.0', interfaces: [{ ...eth0, mtu: 1500 }], ips: [{ interface: 0, address: '10.1.2.3/24' }] }, ['10.1.2.3']],
  ['addresses of other interfaces are not the pod\'s', { cniVersion: '1.0.0', interfaces: [veth, eth0], ips: [{ interface: 0, address: '10.0.0.1/24' }, { interface: 1, address: '10.1.2.3/24' }] }, ['10.1.2.3']],
  ['an interface of the host that has the pod\'s name is not the pod\'s', { cniVersion: '1.0.0', interfaces: [{ name: 'eth0' }, eth0], ips: [{ interface: 0, address: '10.0.0.1/24' }, { interface: 1, address: '10.1.2.3/24' }] }, ['10.1.2.3']],
  ['an address of no interface is the pod\'s', { cniVersion: '1.0.0', interfaces: [veth], ips: [{ address: '10.1.2.3/32' }] }, ['10.1.2.3']],
  ['addresses of a host interface only', { cniVersion: '1.0.0', interfaces: [veth], ips: [{ interface: 0, address: '10.1.2.3/32' }] }, ['10.1.2.3']],
  ['no addresses', { cniVersion: '1.0.0' }, []],
] as const) {
  test(`networkResult() reads ${name}`, () => assert.deepEqual(networkResult(raw, 'eth0').ips, ips));
}

for (const [name, stdout, message] of [
  ['nothing', '', /not JSON/],
  ['words', 'ok', /not JSON: "ok"/],
  ['a list', '[]', /an array, not an object/],
  ['a version from the future', '{"cniVersion":"2.0.0"}', /cniVersion "2\.0\.0"/],
  ['a version that is a number', '{"cniVersion":1}', /a number, not a string/],
  ['an address without mask', '{"ips":[{"address":"10.1.2.3"}]}', /address 0 of the result is "10\.1\.2\.3"/],
  ['an address with more bits than it has', '{"ips":[{"address":"10.1.2.3/33"}]}', /address 0 of the result is "10\.1\.2\.3\/33"/],
  ['an address with a zone', '{"ips":[{"address":"fe80::1%eth0/64"}]}', /address 0 of the result is "fe80::1%eth0\/64"/],
  ['an address that is none', '{"ips":[{"address":"pod/24"}]}', /address 0/],
  ['an address of an interface that is not there', '{"ips":[{"interface":1,"address":"10.1.2.3/24"}]}', /interface 1; there are 0/],
  ['interfaces without names', '{"interfaces":[{}]}', /interface 0/],
  ['ips that are no list', '{"ips":{}}', /"ips" of the result is an object/],
] as const) {
  test(`parseResult() refuses ${name}`, () => {
    assert.throws(() => parseResult(Buffer.from(stdout), '1.0.0'), (error) => error instanceof InternalError && message.test(error.message));
  });
}

test('parseResult() gives a result without version that of its request', () => {
  for (const stdout of ['null', '{}', '{"cniVersion":""}']) assert.deepEqual(parseResult(Buffer.from(stdout), '0.4.0'), { cniVersion: '0.4.0' });
});

test('convertResult() moves a result between versions', () => {
  const routes = [{ dst: '0.0.0.0/0' }];
  const old = { cniVersion: '0.2.0', ip4: { ip: '10.1.2.3/24', gateway: '10.1.2.1', routes }, ip6: { ip: 'fd00::3/64' } };
  const middle = { cniVersion: '0.4.0', ips: [{ version: '4', address: '10.1.2.3/24', gateway: '10.1.2.1' }, { version: '6', address: 'fd00::3/64' }], routes };
  const current = { cniVersion: '1.0.0', ips: [{ address: '10.1.2.3/24', gateway: '10.1.2.1' }, { address: 'fd00::3/64' }], routes };
  assert.deepEqual(convertResult(old, '0.4.0'), middle);
  assert.deepEqual(convertResult(old, '1.0.0'), current);
  assert.deepEqual(convertResult(middle, '1.0.0'), current);
  assert.deepEqual(convertResult(current, '0.4.0'), middle);
  assert.equal(convertResult(current, '1.0.0'), current);
});
