import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { parseNetworkList, parseSingleNetwork } from './network-config.ts';

const plugins = [{ type: 'bridge' }];

for (const [name, config, versions] of [
  ['one version', { cniVersion: '0.4.0' }, ['0.4.0']],
  ['none is 0.1.0', {}, ['']],
  ['newest first, without doubles', { cniVersion: '0.3.1', cniVersions: ['0.4.0', '1.0.0', '0.3.1'] }, ['1.0.0', '0.4.0', '0.3.1']],
  ['what is newer than we know is left out', { cniVersion: '1.0.0', cniVersions: ['1.1.0', '1.2.0', '2.0.0'] }, ['1.1.0', '1.0.0']],
  ['cniVersions alone', { cniVersions: ['1.0.0'] }, ['1.0.0']],
] as const) {
  test(`parseNetworkList() reads versions: ${name}`, () => {
    assert.deepEqual(parseNetworkList(JSON.stringify({ name: 'net', plugins, ...config })).versions, versions);
  });
}

for (const [name, text, message] of [
  ['an empty file', '', /empty/],
  ['half a file', '{"name":"net","plugins":[', /not JSON/],
  ['a list', '[]', /an array where an object is wanted/],
  ['no name', { plugins }, /no "name"/],
  ['a name that is a path', { name: '../x', plugins }, /network name "\.\.\/x"/],
  ['a name that is a number', { name: 3, plugins }, /no "name"/],
  ['a version that is a number', { name: 'net', cniVersion: 1, plugins }, /"cniVersion" is a number/],
  ['a version that is none', { name: 'net', cniVersion: 'latest', plugins }, /CNI version "latest"/],
  ['only versions from the future', { name: 'net', cniVersion: '2.0.0', plugins }, /"2\.0\.0" is not supported/],
  ['versions that are no list', { name: 'net', cniVersions: '1.0.0', plugins }, /"cniVersions" is a string/],
  ['plugins that are no list', { name: 'net', plugins: {} }, /"plugins" is an object/],
  ['no plugins in the list', { name: 'net', plugins: [] }, /"plugins" is empty/],
  ['a plugin that is a string', { name: 'net', plugins: ['bridge'] }, /plugin 0 is a string/],
  ['a plugin without type', { name: 'net', plugins: [{}] }, /no "type"/],
  ['a type that is a path', { name: 'net', plugins: [{ type: '../bin/sh' }] }, /plugin type "\.\.\/bin\/sh"/],
  ['a type that is the parent', { name: 'net', plugins: [{ type: '..' }] }, /plugin type "\.\."/],
  ['capabilities that are a list', { name: 'net', plugins: [{ type: 'x', capabilities: ['portMappings'] }] }, /"capabilities" of plugin "x"/],
  ['a boolean that is none', { name: 'net', disableCheck: 'yes', plugins }, /"disableCheck" is "yes"/],
  ['inlined only, and none inlined', { name: 'net', loadOnlyInlinedPlugins: true }, /"loadOnlyInlinedPlugins"/],
] as const) {
  test(`parseNetworkList() refuses ${name}`, () => {
    assert.throws(() => parseNetworkList(typeof text === 'string' ? text : JSON.stringify(text)), (error) => error instanceof InvalidArgumentError && message.test(error.message));
  });
}

test('parseNetworkList() takes booleans written as strings', () => {
  const list = parseNetworkList(JSON.stringify({ name: 'net', disableCheck: 'TRUE', disableGC: true, loadOnlyInlinedPlugins: 'false', plugins }));
  assert.deepEqual([list.disableCheck, list.disableGC, list.loadOnlyInlinedPlugins], [true, true, false]);
});

test('parseSingleNetwork() makes a list of one plugin', () => {
  const { name, versions, plugins: list } = parseSingleNetwork('\uFEFF{"cniVersion":"0.3.1","name":"net","type":"bridge","bridge":"b0"}');
  assert.deepEqual([name, versions, list.map(({ type, config }) => [type, config['bridge']])], ['net', ['0.3.1'], [['bridge', 'b0']]]);
});

test('parseSingleNetwork() says where a list of plugins belongs', () => {
  assert.throws(() => parseSingleNetwork(JSON.stringify({ name: 'net', plugins })), /\.conflist/);
});
