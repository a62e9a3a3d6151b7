import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authFiles, proxySettings } from './image-environment.ts';

for (const [name, configured, env, expected] of [
  ['a service without environment', '', {}, ['/run/containers/0/auth.json', '/root/.config/containers/auth.json', '/root/.docker/config.json', '/root/.dockercfg']],
  ['everything set', '', { HOME: '/h', XDG_RUNTIME_DIR: '/r', XDG_CONFIG_HOME: '/c', DOCKER_CONFIG: '/d' }, ['/r/containers/auth.json', '/c/containers/auth.json', '/d/config.json', '/h/.dockercfg']],
  ['a configured file', '/etc/auth.json', { HOME: '/h' }, ['/etc/auth.json']],
] as const) {
  test(`authFiles() of ${name}`, () => assert.deepEqual(authFiles(configured, env), expected));
}

test('proxySettings() reads either case, capitals first', () => {
  assert.deepEqual(proxySettings({ HTTP_PROXY: 'http://a', http_proxy: 'http://b', https_proxy: 'http://c' }), { httpProxy: 'http://a', httpsProxy: 'http://c', noProxy: '' });
});
