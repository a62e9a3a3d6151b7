import { strict as assert } from 'node:assert';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { transportFailure } from './answer-failure.ts';
import { parseChallenges } from './challenge.ts';
import { sendFollowing } from './redirects.ts';
import { parseRealm } from './token.ts';
import type { HttpRequest } from './transport.ts';
import { CertificateStore, Trust } from './trust.ts';

for (const [header, expected] of [
  ['', []],
  ['Basic realm="x"', [['basic', { realm: 'x' }]]],
  ['Bearer realm="https://a/token",service="s",scope="repository:a/b:pull,push"', [['bearer', { realm: 'https://a/token', service: 's', scope: 'repository:a/b:pull,push' }]]],
  ['Bearer realm=https, Basic realm="y \\"q\\""', [['bearer', { realm: 'https' }], ['basic', { realm: 'y "q"' }]]],
  ['Negotiate, Basic realm="z"', [['negotiate', {}], ['basic', { realm: 'z' }]]],
  ['BEARER  realm="x" , , error="insufficient_scope"', [['bearer', { realm: 'x', error: 'insufficient_scope' }]]],
  ['Bearer realm="unterminated', [['bearer', {}]]],
  ['="x"', []],
  ['Bearer __proto__="x"', [['bearer', JSON.parse('{"__proto__":"x"}')]]],
] as const) {
  test(`parseChallenges() of ${JSON.stringify(header)}`, () => assert.deepEqual(parseChallenges(header).map((c) => [c.scheme, Object.fromEntries(Object.entries(c.parameters))]), expected));
}

test('parseChallenges() ends on a long header of nothing', () => assert.deepEqual(parseChallenges(`${',"\\'.repeat(100_000)}`), []));

for (const [realm, registry, allowed] of [
  ['https://auth.io/token', 'https://x.io', true], ['http://auth.io/token', 'https://x.io', false], ['http://auth.io/token', 'http://x.io', true], ['file:///etc/passwd', 'http://x.io', false], ['nonsense', 'https://x.io', false], [undefined, 'https://x.io', false],
] as const) {
  test(`parseRealm(${realm}) of ${registry} is ${allowed ? 'taken' : 'refused'}`, () => {
    if (allowed) assert.equal(parseRealm(realm, new URL(registry)).href, realm);
    else assert.throws(() => parseRealm(realm, new URL(registry)), { code: 'FailedPrecondition' });
  });
}

/** A transport that redirects along `locations`, and what it was asked. */
function redirecting(locations: readonly string[]): { asked: HttpRequest[]; send: (request: HttpRequest) => Promise<IncomingMessage> } {
  const asked: HttpRequest[] = [];
  return { asked, send: async (request) => {
    const location = locations[asked.push(request) - 1];
    return { statusCode: location === undefined ? 200 : 307, headers: { location }, destroy: () => undefined } as unknown as IncomingMessage;
  } };
}

const request = (url: string): HttpRequest => ({ url: new URL(url), method: 'GET', headers: { authorization: 'secret', range: 'bytes=1-' }, trust: new Trust(new CertificateStore([]), false) });
const signal = new AbortController().signal;

for (const [name, start, locations, expected] of [
  ['the same origin keeps Authorization', 'https://x.io/a', ['/b', 'https://x.io/c'], [true, true, true]],
  ['another host loses it', 'https://x.io/a', ['https://cdn.io/b'], [true, false]],
  ['another port loses it', 'https://x.io/a', ['https://x.io:444/b'], [true, false]],
  ['coming back does not bring it back', 'https://x.io/a', ['https://cdn.io/b', 'https://x.io/c'], [true, false, false]],
  ['http to https of one host loses it', 'http://x.io/a', ['https://x.io/b'], [true, false]],
] as const) {
  test(`sendFollowing(): ${name}`, async () => {
    const transport = redirecting(locations);
    await sendFollowing(transport, request(start), signal);
    assert.deepEqual(transport.asked.map((r) => 'authorization' in r.headers), expected);
    assert.ok(transport.asked.every((r) => r.headers['range'] === 'bytes=1-'));
  });
}

for (const [name, locations, code] of [
  ['https to http', ['http://x.io/a'], 'FailedPrecondition'], ['another protocol', ['ftp://x.io/a'], 'DataLoss'], ['a file', ['file:///etc/passwd'], 'DataLoss'], ['eleven in a row', Array.from({ length: 11 }, () => '/a'), 'DataLoss'],
] as const) {
  test(`sendFollowing() refuses ${name}`, () => assert.rejects(sendFollowing(redirecting(locations), request('https://x.io/a'), signal), { code }));
}

test('sendFollowing() drops user and password of a redirect', async () => {
  const transport = redirecting(['https://u:p@cdn.io/b']);
  await sendFollowing(transport, request('https://x.io/a'), signal);
  assert.equal(transport.asked[1]?.url.href, 'https://cdn.io/b');
});

for (const [code, kind, retriable] of [
  ['ECONNRESET', 'server', true], ['EPIPE', 'server', true], ['ERR_STREAM_PREMATURE_CLOSE', 'server', true], ['ECONNREFUSED', 'unreachable', false], ['ENOTFOUND', 'unreachable', false], ['CERT_HAS_EXPIRED', 'unreachable', false],
] as const) {
  test(`transportFailure() of ${code} is ${kind}${retriable ? ' and may pass' : ''}`, () => {
    const failure = transportFailure('x.io', Object.assign(new Error('broken'), { code }));
    assert.deepEqual([failure.kind, failure.retriable], [kind, retriable]);
  });
}
