import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument, tomlText } from './document.ts';

interface Case { readonly name: string; readonly text: string; readonly values?: Record<string, unknown>; readonly warnings?: RegExp[]; readonly errors?: RegExp[] }

const CASES: readonly Case[] = [
  { name: 'tables with the prefix', text: '[crio.runtime]\nlog_level = "debug"', values: { 'runtime.log_level': 'debug' } },
  { name: 'tables without the prefix', text: '[runtime]\nlog_level = "debug"', values: { 'runtime.log_level': 'debug' } },
  { name: '[crio] itself', text: '[crio]\nroot = "/a"', values: { root: '/a' } },
  { name: 'the keys of [crio] at the top', text: 'root = "/a"', values: { root: '/a' } },
  { name: 'dotted keys', text: 'crio.api.listen = "/s"', values: { 'api.listen': '/s' } },
  { name: 'a handler of any name', text: '[crio.runtime.runtimes."kata.fc"]\nruntime_path = "/r"', values: { 'runtime.runtimes.kata.fc.runtime_path': '/r' } },
  { name: "CRI-O's log levels", text: '[runtime]\nlog_level = "warning"', values: { 'runtime.log_level': 'warn' } },
  { name: 'both spellings in one file', text: '[crio.api]\nlisten = "/a"\n[network]\nnetwork_dir = "/b"', values: { 'api.listen': '/a', 'network.network_dir': '/b' } },
  { name: 'a size with a unit', text: '[runtime.runtimes.x]\ncontainer_min_memory = "12MiB"', values: { 'runtime.runtimes.x.container_min_memory': 12582912 } },
  { name: 'a size in bytes', text: '[runtime.runtimes.x]\ncontainer_min_memory = 500', values: { 'runtime.runtimes.x.container_min_memory': 500 } },
  { name: 'a size that is none', text: '[runtime.runtimes.x]\ncontainer_min_memory = "12 apples"', errors: [/^2 .* = "12 apples" is not allowed: expected a size in bytes/] },
  { name: 'a limit that is none', text: '[runtime]\ndefault_ulimits = ["nofile"]', errors: [/^2 .* expected a list of limits such as "nofile=1024:2048"$/] },
  { name: 'an unknown key', text: '\n[runtime]\nlog_levle = "debug"', warnings: [/^3 unknown key "runtime\.log_levle" is ignored$/] },
  { name: 'an unknown table', text: '[crio.wizardry]\nspell = 1', warnings: [/^1 unknown key "crio\.wizardry" is ignored$/] },
  { name: 'a key of Object.prototype', text: '[runtime]\ntoString = 1', warnings: [/^2 unknown key "runtime\.toString" is ignored$/] },
  { name: 'a wrong word', text: '[crio.runtime]\ncgroup_manager = "me"', errors: [/^2 crio\.runtime\.cgroup_manager = "me" is not allowed: expected one of "auto", "systemd", "cgroupfs"$/] },
  { name: 'a wrong type', text: 'root = 5', errors: [/^1 root = 5 is not allowed: expected an absolute path$/] },
  { name: 'a relative path', text: '[api]\nlisten = "s.sock"', errors: [/^2 api\.listen = "s\.sock" is not allowed: expected an absolute path$/] },
  { name: 'a list with a wrong item', text: '[network]\nplugin_dirs = [\n "/a",\n 1]', errors: [/^2 network\.plugin_dirs = \["\/a", 1\] is not allowed: expected a list of absolute paths$/] },
  { name: 'a number out of bounds', text: '[runtime.runtimes.x]\ncontainer_create_timeout = 3', errors: [/^2 .*= 3 is not allowed: expected a whole number from 30 to 2073600$/] },
  { name: 'a date', text: 'root = 2020-01-01', errors: [/^1 root = .* is not allowed: expected an absolute path$/] },
  { name: 'a value where a table belongs', text: 'runtime = 1', errors: [/^1 runtime = 1 is not allowed: expected a table$/] },
  { name: 'a handler that is no table', text: '[runtime.runtimes]\ncrun = "x"', errors: [/^2 runtime\.runtimes\.crun = "x" is not allowed: expected a table$/] },
  { name: 'a handler whose name is a path', text: '[crio.runtime.runtimes."../x"]', errors: [/^1 table \[crio\.runtime\.runtimes\."\.\.\/x"\] is not allowed: expected a name of letters/] },
  { name: 'crio that is no table', text: 'crio = 1', errors: [/^1 crio = 1 is not allowed: expected a table$/] },
  { name: 'one key in both spellings', text: '[crio.api]\nlisten = "/a"\n[api]\nlisten = "/b"', values: { 'api.listen': '/a' }, errors: [/^4 api\.listen is set twice, with and without the prefix "crio\.": see line 2$/] },
  { name: 'an unsupported key', text: '[crio.runtime]\nselinux = true', values: { 'runtime.selinux': true }, warnings: [/^2 crio\.runtime\.selinux = true is not supported by davit and has no effect$/] },
  { name: 'an unsupported key that asks for nothing', text: '[crio.runtime]\nselinux = false', values: { 'runtime.selinux': false } },
  { name: 'a wrong value of an unsupported key', text: '[runtime]\nselinux = "yes"', errors: [/^2 runtime\.selinux = "yes" is not allowed: expected true or false$/] },
  { name: 'what is not TOML', text: 'a = 1\nb = = 2', errors: [/^2 not valid TOML: /] },
  { name: '__proto__', text: '[runtime.runtimes.__proto__]\nruntime_path = "/x"', errors: [/^\d not valid TOML: /] },
];

for (const { name, text, values = {}, warnings = [], errors = [] } of CASES) {
  test(`readDocument() reads ${name}`, () => {
    const document = readDocument(text);
    assert.deepEqual(Object.fromEntries(document.assignments.map((a) => [[...a.table, a.key].join('.'), a.value])), values);
    matchAll(document.warnings, warnings);
    matchAll(document.errors, errors);
  });
}

function matchAll(problems: readonly { line: number; text: string }[], patterns: readonly RegExp[]): void {
  assert.equal(problems.length, patterns.length, JSON.stringify(problems));
  problems.forEach((problem, i) => assert.match(`${problem.line} ${problem.text}`, patterns[i] ?? /^$/));
}

test('tomlText() writes every kind of value on one line', () => {
  assert.equal(tomlText(['a"b', 1, true, { 'x y': 'z' }]), '["a\\"b", 1, true, { "x y" = "z" }]');
  assert.equal(tomlText({}), '{}');
});
