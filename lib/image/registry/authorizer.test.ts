import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { DEFAULT_PULL_LIMITS } from '../limits.ts';
import { serveBlob } from '../pull/blob-server-fixture.ts';
import { Authorizer } from './authorizer.ts';
import { Transport } from './transport.ts';
import { CertificateStore, Trust } from './trust.ts';

test('who asks for a token in the moment in which the last other one has left gets one', async () => {
  const answers: (() => void)[] = [];
  await using server = await serveBlob((response) => { answers.push(() => response.end('{"token":"t"}')); if (answers.length === 2) answers[1]?.(); });
  using transport = new Transport(DEFAULT_PULL_LIMITS);
  const registry = new URL(`http://${server.host}`);
  const authorizer = new Authorizer(transport, { credential: undefined, repositoryPath: 'app', trust: new Trust(new CertificateStore([]), true), limits: DEFAULT_PULL_LIMITS });
  authorizer.learn([{ scheme: 'bearer', parameters: { realm: `${registry.href}token` } }], undefined);
  const leaves = new AbortController();
  const left = authorizer.header(registry, leaves.signal);
  while (answers.length === 0) await new Promise((resolve) => { setImmediate(resolve); });
  leaves.abort();
  await assert.rejects(left, { code: 'Cancelled' });
  assert.equal(await authorizer.header(registry, new AbortController().signal), 'Bearer t');
});
