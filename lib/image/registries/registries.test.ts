import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatReference, parseReference } from '../reference.ts';
import { endpointsOf, matchLength } from './endpoints.ts';
import { loadRegistriesConf } from './load-registries.ts';
import { parseRegistries } from './parse-registries.ts';
import { EMPTY_REGISTRIES, mergeRegistries } from './registries-config.ts';
import type { RegistriesConfig } from './registries-config.ts';
import { candidatesOf } from './short-names.ts';

const D = `sha256:${'a'.repeat(64)}`;
const config = (text: string): RegistriesConfig => mergeRegistries(EMPTY_REGISTRIES, parseRegistries(text, 'r.conf'));
const endpoints = (reference: string, text: string): string[] => endpointsOf(parseReference(reference), config(text))
  .map((e) => `${formatReference(e.reference)}${e.insecure ? ' insecure' : ''}${e.isMirror ? ' mirror' : ''}`);

for (const [full, prefix, length] of [
  ['x.io/a/b:1', 'x.io', 4], ['x.io/a/b:1', 'x.io/a', 6], ['x.io/a/b:1', 'x.io/a/b', 8], ['x.io/a/b:1', 'x.io/a/b:1', 10], ['x.io/ab:1', 'x.io/a', 0], ['x.io:5000/a:1', 'x.io', 0], ['x.io:5000/a:1', 'x.io:5000', 9],
  [`x.io/a@${D}`, 'x.io/a', 6], ['a.example.com/x:1', '*.example.com', 13], ['a.b.example.com/x:1', '*.example.com', 15], ['example.com/x:1', '*.example.com', 0], ['badexample.com/x:1', '*.example.com', 0],
  ['a.example.com:80/x:1', '*.example.com', 16], ['evil.io/a.example.com:1', '*.example.com', 0],
] as const) {
  test(`matchLength() of "${full.slice(0, 24)}" and "${prefix}" is ${length}`, () => assert.equal(matchLength(full, prefix), length));
}

for (const [name, reference, text, expected] of [
  ['no rule: the host itself', 'x.io/a:1', '', ['x.io/a:1']],
  ['location replaces the prefix', 'x.io/a/b:1', '[[registry]]\nprefix="x.io/a"\nlocation="y.io/z"', ['y.io/z/b:1']],
  ['the longest prefix wins, whatever the order', 'x.io/a/b:1', '[[registry]]\nprefix="x.io/a"\nlocation="long.io"\n[[registry]]\nprefix="x.io"\nlocation="short.io"', ['long.io/b:1']],
  ['docker.io names match by their full form', 'alpine', '[[registry]]\nprefix="docker.io/library/alpine"\nlocation="y.io/alpine"', ['y.io/alpine:latest']],
  ['location only is its own prefix', 'x.io/a:1', '[[registry]]\nlocation="x.io"\ninsecure=true', ['x.io/a:1 insecure']],
  ['mirrors in order, then the location', 'x.io/a:1', '[[registry]]\nlocation="x.io"\n[[registry.mirror]]\nlocation="127.0.0.1:5000/x.io"\ninsecure=true\n[[registry.mirror]]\nlocation="m2.io"', ['127.0.0.1:5000/x.io/a:1 insecure mirror', 'm2.io/a:1 mirror', 'x.io/a:1']],
  ['mirror-by-digest-only and a tag', 'x.io/a:1', '[[registry]]\nlocation="x.io"\nmirror-by-digest-only=true\n[[registry.mirror]]\nlocation="m.io"', ['x.io/a:1']],
  ['mirror-by-digest-only and a digest', `x.io/a@${D}`, '[[registry]]\nlocation="x.io"\nmirror-by-digest-only=true\n[[registry.mirror]]\nlocation="m.io"', [`m.io/a@${D} mirror`, `x.io/a@${D}`]],
  ['pull-from-mirror for each mirror', 'x.io/a:1', '[[registry]]\nlocation="x.io"\n[[registry.mirror]]\nlocation="d.io"\npull-from-mirror="digest-only"\n[[registry.mirror]]\nlocation="t.io"\npull-from-mirror="tag-only"\n[[registry.mirror]]\nlocation="a.io"\npull-from-mirror="all"', ['t.io/a:1 mirror', 'a.io/a:1 mirror', 'x.io/a:1']],
  ['a wildcard without location keeps the name', 'a.example.com/x:1', '[[registry]]\nprefix="*.example.com"\ninsecure=true', ['a.example.com/x:1 insecure']],
  ['a wildcard with location replaces the host', 'a.example.com/x:1', '[[registry]]\nprefix="*.example.com"\nlocation="y.io/z"', ['y.io/z/x:1']],
] as const) {
  test(`endpointsOf(): ${name}`, () => assert.deepEqual(endpoints(reference, text), expected));
}

for (const [name, text, message] of [
  ['TOML that is none', 'a = = 1', /^r\.conf: not valid TOML/],
  ['version 1', '[registries.search]\nregistries=["x.io"]', /version 1/],
  ['a wrong type', '[[registry]]\nlocation="x.io"\ninsecure="yes"', /^r\.conf: \[\[registry\]\] 1: insecure = "yes": expected true or false$/],
  ['no prefix and no location', '[[registry]]\ninsecure=true', /expected at least one of them/],
  ['a location with a scheme', '[[registry]]\nlocation="https://x.io"', /expected host\[:port\]\[\/path\]/],
  ['a location with a final slash', '[[registry]]\nprefix="y.io"\nlocation="x.io/"', /location = "x\.io\/": expected/],
  ['a wildcard with a path', '[[registry]]\nprefix="*.example.com/a"', /\*\.example\.com$/],
  ['a wildcard inside', '[[registry]]\nprefix="a.*.com"', /prefix = "a\.\*\.com"/],
  ['an unknown pull-from-mirror', '[[registry]]\nlocation="x.io"\n[[registry.mirror]]\nlocation="m.io"\npull-from-mirror="never"', /expected one of "all", "digest-only", "tag-only"/],
  ['both ways to say digest-only', '[[registry]]\nlocation="x.io"\nmirror-by-digest-only=true\n[[registry.mirror]]\nlocation="m.io"\npull-from-mirror="all"', /cannot stand beside/],
  ['a mirror without location', '[[registry]]\nlocation="x.io"\n[[registry.mirror]]\ninsecure=true', /\[\[mirror\]\] 1: location = ""/],
  ['a prefix twice', '[[registry]]\nlocation="x.io"\n[[registry]]\nlocation="x.io"', /prefix "x\.io" stands in two/],
  ['an unknown short-name-mode', 'short-name-mode="strict"', /"enforcing", "permissive", "disabled"/],
  ['an alias that is no name', '[aliases]\n"x.io/a:1"="y.io/b"', /is not a short name/],
  ['an alias to a short name', '[aliases]\na="b"', /expected host\[:port\]\/path/],
  ['a search registry with a scheme', 'unqualified-search-registries=["https://x.io"]', /unqualified-search-registries = "https:\/\/x\.io"/],
] as const) {
  test(`parseRegistries() refuses ${name}, naming file and what is allowed`, () => assert.throws(() => config(text), { code: 'InvalidArgument', message }));
}

test('parseRegistries() warns of unknown keys', () => {
  assert.deepEqual(config('colour="red"\n[[registry]]\nlocation="x.io"\nfast=true').warnings, [
    'r.conf: key "colour" is unknown and has no effect', 'r.conf: [[registry]] 1: key "fast" is unknown and has no effect',
  ]);
});

for (const [name, text, conf, expected] of [
  ['docker.io without configuration', 'a', '', ['docker.io/library/a:latest']],
  ['an alias', 'a:1', 'unqualified-search-registries=["s.io"]\n[aliases]\na="y.io/b"', ['y.io/b:1']],
  ['search registries in order', 'u/a', 'unqualified-search-registries=["s.io","docker.io"]', ['s.io/u/a:latest', 'docker.io/u/a:latest']],
  ['a name with a host', 'x.io/a', 'unqualified-search-registries=["s.io"]', ['x.io/a:latest']],
  ['one search registry while enforcing', 'a', 'short-name-mode="enforcing"\nunqualified-search-registries=["s.io"]', ['s.io/a:latest']],
  ['an alias while disabled', 'a', 'short-name-mode="disabled"\n[aliases]\na="y.io/b"', ['docker.io/library/a:latest']],
] as const) {
  test(`candidatesOf() ${name}`, () => assert.deepEqual(candidatesOf(text, config(conf)).map(formatReference), expected));
}

test('candidatesOf() refuses a choice while enforcing', () => {
  assert.throws(() => candidatesOf('a', config('short-name-mode="enforcing"\nunqualified-search-registries=["s.io","t.io"]')), { code: 'InvalidArgument', message: /s\.io, t\.io/ });
});

test('loadRegistriesConf() lays drop-ins over the file in the order of their names, and takes absent ones for empty', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-registries-'));
  try {
    const file = join(directory, 'registries.conf');
    assert.deepEqual(await loadRegistriesConf(file), EMPTY_REGISTRIES);
    await writeFile(file, '[[registry]]\nprefix="x.io"\nlocation="main.io"\n[[registry]]\nlocation="keep.io"');
    await mkdir(`${file}.d`);
    await writeFile(join(`${file}.d`, '20-b.conf'), '[[registry]]\nprefix="x.io"\nlocation="b.io"');
    await writeFile(join(`${file}.d`, '10-a.conf'), 'unqualified-search-registries=["a.io"]\n[[registry]]\nprefix="x.io"\nlocation="a.io"');
    await writeFile(join(`${file}.d`, 'ignored.txt'), 'not TOML at all =');
    const loaded = await loadRegistriesConf(file);
    assert.deepEqual(loaded.registries.map((r) => r.location), ['keep.io', 'b.io']);
    assert.deepEqual(loaded.unqualifiedSearchRegistries, ['a.io']);
    await writeFile(join(`${file}.d`, '30-bad.conf'), 'short-name-mode=1');
    await assert.rejects(loadRegistriesConf(file), { message: /30-bad\.conf: short-name-mode = 1: expected one of/ });
  } finally {
    await rm(directory, { recursive: true });
  }
});
