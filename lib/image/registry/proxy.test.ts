import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { checkProxies, usesProxy } from './proxy.ts';

const settings = (noProxy: string): Parameters<typeof usesProxy>[0] => ({ httpProxy: 'http://p:1', httpsProxy: 'http://p:2', noProxy });

for (const [url, noProxy, expected] of [
  ['https://x.io/', '', true], ['https://x.io/', 'x.io', false], ['https://a.x.io/', 'x.io', false], ['https://ax.io/', 'x.io', true], ['https://x.io/', '.x.io', true], ['https://a.x.io/', '.x.io', false], ['https://a.x.io/', '*.x.io', false],
  ['https://x.io/', '*', false], ['https://x.io/', 'y.io, X.IO ,', false], ['https://x.io/', 'x.io:443', false], ['https://x.io/', 'x.io:5000', true], ['https://x.io:5000/', 'x.io:5000', false],
  ['https://10.1.2.3/', '10.0.0.0/8', false], ['https://11.1.2.3/', '10.0.0.0/8', true], ['https://10.1.2.3/', '10.1.2.3', false], ['https://10.1.2.30/', '10.1.2.3', true], ['https://[fd00::1]/', 'fd00::/8', false], ['https://[fd00::1]:5000/', 'fd00::1', false],
  ['https://x.io/', '10.0.0.0/99,nonsense/8', true], ['https://localhost:5000/', '', false], ['http://127.0.0.1:5000/', '', false], ['http://[::1]/', '', false],
] as const) {
  test(`usesProxy() of ${url} with NO_PROXY "${noProxy}" is ${expected}`, () => assert.equal(usesProxy(settings(noProxy), new URL(url)), expected));
}

test('usesProxy() needs a proxy of the scheme', () => {
  assert.equal(usesProxy({ httpProxy: '', httpsProxy: 'http://p', noProxy: '' }, new URL('http://x.io')), false);
});

test('checkProxies() names the variable and not its value', () => {
  checkProxies(settings(''));
  assert.throws(() => checkProxies({ httpProxy: '', httpsProxy: 'socks5://u:secret@p', noProxy: '' }), (error: Error) => error.message.includes('HTTPS_PROXY') && !error.message.includes('secret'));
});
