import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTable } from '../config/schema.ts';
import { CONFIG_FLAGS, configSources, parseFlags } from './flags.ts';
import { UsageError } from './usage-error.ts';

test('configSources() turns flags into overrides of the keys they name', () => {
  const values = parseFlags(['-c', '/f', '--config-dir=', '--cni-plugin-dir', '/a', '--cni-plugin-dir=/b', '--log-level', 'debug'], CONFIG_FLAGS);
  assert.deepEqual(configSources(values), {
    file: '/f', directory: '',
    overrides: [
      { flag: '--cni-plugin-dir', table: ['network'], key: 'plugin_dirs', value: ['/a', '/b'] },
      { flag: '--log-level', table: ['runtime'], key: 'log_level', value: 'debug' },
    ],
  });
});

test('configSources() says nothing of files when no flag does', () => {
  assert.deepEqual(configSources(parseFlags([], CONFIG_FLAGS)), { file: undefined, directory: undefined, overrides: [] });
});

for (const flag of CONFIG_FLAGS.filter((f) => f.sets)) {
  test(`--${flag.name} sets a supported key`, () => {
    assert.equal(findTable(flag.sets?.table ?? ['?'])?.keys[flag.sets?.key ?? '?']?.supported, true);
  });
}

const WRONG: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['--nope'], /^unknown flag "--nope"$/],
  [['-x'], /^unknown flag "-x"$/],
  [['here'], /^unexpected argument "here"$/],
  [['--', 'here'], /^unexpected argument "here"$/],
  [['--root'], /^flag "--root" needs a value: --root=DIR$/],
  [['--root', '--listen', '/s'], /^flag "--root" needs a value/],
  [['--root', '/a', '--root', '/b'], /^flag "--root" is given twice$/],
];
for (const [args, message] of WRONG) {
  test(`parseFlags() refuses ${JSON.stringify(args)}`, () => assert.throws(() => parseFlags(args, CONFIG_FLAGS), (error) => error instanceof UsageError && message.test(error.message)));
}
