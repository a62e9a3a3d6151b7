import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { formatReference, isShortName, parseReference } from './reference.ts';

const D = `sha256:${'a'.repeat(64)}`;

for (const [text, expected] of [
  ['busybox', 'docker.io/library/busybox:latest'],
  ['busybox:1', 'docker.io/library/busybox:1'],
  ['user/app', 'docker.io/user/app:latest'],
  ['index.docker.io/busybox', 'docker.io/library/busybox:latest'],
  ['docker.io/library/busybox', 'docker.io/library/busybox:latest'],
  ['localhost/app', 'localhost/app:latest'],
  ['127.0.0.1:5000/a/b:c', '127.0.0.1:5000/a/b:c'],
  ['[::1]:5000/a:b', '[::1]:5000/a:b'],
  ['[0:0::1]/a:b', '[0:0::1]/a:b'],
  ['x.io:443/a:b', 'x.io:443/a:b'],
  ['Registry.X.io:65535/a:b', 'Registry.X.io:65535/a:b'],
  ['10.0.0.1/a:b', '10.0.0.1/a:b'],
  ['registry.k8s.io/pause:3.9', 'registry.k8s.io/pause:3.9'],
  [`busybox@${D}`, `docker.io/library/busybox@${D}`],
  [`quay.io/x/y:tag@${D}`, `quay.io/x/y@${D}`],
  [`x@sha512:${'b'.repeat(128)}`, `docker.io/library/x@sha512:${'b'.repeat(128)}`],
  ['a/b__c/d--e/f.g:T_.-1', 'docker.io/a/b__c/d--e/f.g:T_.-1'],
] as const) {
  test(`parseReference() completes "${text}"`, () => assert.equal(formatReference(parseReference(text)), expected));
}

for (const text of [
  '', ':tag', '@', 'a:', 'a@', 'a@sha256:', `a@sha256:${'A'.repeat(64)}`, `a@sha256:${'a'.repeat(63)}`, `a@${D}@${D}`, 'A', 'a//b', 'a/', '/a', 'a/../b', 'a/./b', 'a b', 'a\n', 'a:b:c', 'a:-x',
  'https://x.io/a', 'x.io:port/a', 'x_y.io/a', '-x.io/a', 'a/_b', 'a/b_', `${'f'.repeat(64)}`, `a:${'t'.repeat(129)}`, `x.io/${'a'.repeat(256)}`, 'é.io/a', 'a'.repeat(2000), '1.2.3/a', '0x7f.1/a', '0x7f000001:5000/a', '999.1.1.1/a', 'x.io:65536/a', 'x.io:0/a', '[:::]/a', '[::1/a', '..', '.', 'a@sha256:../../../../etc/passwd', 'x.io/a%2f..',
]) {
  test(`parseReference() refuses ${JSON.stringify(text.slice(0, 40))}`, () => assert.throws(() => parseReference(text), { code: 'InvalidArgument', message: /^parse image reference / }));
}

for (const [text, short] of [['busybox', true], ['a/b', true], ['localhost/b', false], ['x.io/b', false], ['x:5000/b', false], ['busybox:5000', true], [`busybox@${D}`, true], ['Upper/b', false]] as const) {
  test(`isShortName() of "${text.slice(0, 20)}" is ${short}`, () => assert.equal(isShortName(text), short));
}
