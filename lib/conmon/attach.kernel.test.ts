import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { FailedPreconditionError } from '#errors';
import { createTestNode, deadline } from './test-node.ts';
import type { TestNode } from './test-node.ts';

let node: TestNode;
before(async () => { node = await createTestNode(); });
after(async () => { await node[Symbol.asyncDispose](); });

const ALL = { stdin: true, stdout: true, stderr: true };

test('an attached client sees output, writes stdin, and is told the end; stdin of a stdinOnce container ends with it', async () => {
  await using monitor = await node.run(['out', 'ready\\n', 'cat', 'err', 'eof\\n', 'exit', '4'], { id: 'once', spec: { stdin: true, stdinOnce: true } });
  await using session = await monitor.attach(ALL, { signal: deadline() });
  const [out, err] = [text(session.stdout), text(session.stderr)];
  await session.write(Buffer.from('hello\n'));
  session.closeStdin();
  assert.equal((await session.exited).exitCode, 4);
  assert.match(await out, /hello\n$/);
  assert.equal(await err, 'eof\n');
  assert.deepEqual((await node.logText('once')).sort(), ['stderr F eof', 'stdout F hello', 'stdout F ready']);
});

test('without stdinOnce a client that goes leaves stdin open for the next', async () => {
  await using monitor = await node.run(['cat'], { id: 'stay', spec: { stdin: true } });
  const first = await monitor.attach({ stdin: true, stdout: true, stderr: false }, { signal: deadline() });
  await first.write(Buffer.from('one\n'));
  for await (const chunk of first.stdout) { assert.equal(chunk.toString(), 'one\n'); break; }
  first.closeStdin();
  await first[Symbol.asyncDispose]();
  const second = await monitor.attach({ stdin: true, stdout: true, stderr: false }, { signal: deadline() });
  await second.write(Buffer.from('two\n'));
  for await (const chunk of second.stdout) { assert.equal(chunk.toString(), 'two\n'); break; }
  await second[Symbol.asyncDispose]();
});

test('a client that does not read is dropped and holds back neither container nor log', async () => {
  await using monitor = await node.run(['wait-file', '/tmp/go', 'lines', '100000', '99', 'exit', '0'], { id: 'slow' });
  await using session = await monitor.attach({ stdin: false, stdout: true, stderr: true }, { signal: deadline() });
  await writeFile(node.path('bundles/slow/rootfs/tmp/go'), '');
  assert.equal((await monitor.exited).exitCode, 0);
  assert.equal((await node.log('slow')).length, 100_000);
  assert.equal((await monitor.status({ signal: deadline() })).clientsDropped, 1);
  await assert.rejects(text(session.stdout), { code: 'ResourceExhausted', message: /does not take its output/ });
});

test('more stdin than the container takes waits for it, and the monitor answers meanwhile', async () => {
  await using monitor = await node.run(['wait-file', '/tmp/go', 'cat', 'exit', '0'], { id: 'full', spec: { stdin: true, stdinOnce: true, logPath: '' } });
  await using session = await monitor.attach({ stdin: true, stdout: true, stderr: false }, { signal: deadline() });
  const out = text(session.stdout);
  const data = Buffer.alloc(1_000_000, 'd');
  const written = session.write(data).then(() => session.closeStdin());
  assert.equal((await monitor.status({ signal: deadline() })).state, 'running');
  await writeFile(node.path('bundles/full/rootfs/tmp/go'), '');
  await written;
  assert.equal((await out).length, data.length);
  assert.equal((await session.exited).exitCode, 0);
});

test('attach() to a container that has ended is refused', async () => {
  await using monitor = await node.run(['exit', '0'], { id: 'over' });
  await monitor.exited;
  await assert.rejects(monitor.attach(ALL, { signal: deadline() }), FailedPreconditionError);
});

test('an attached terminal echoes and resizes', async () => {
  await using monitor = await node.create(['cat', 'size'], { id: 'tty', terminal: true, spec: { stdin: true } });
  await using session = await monitor.attach({ stdin: true, stdout: true, stderr: false }, { signal: deadline() });
  await monitor.start({ signal: deadline() });
  const out = text(session.stdout);
  session.resize({ rows: 11, columns: 22 });
  await session.write(Buffer.from('x\n\x04'));
  assert.equal((await session.exited).exitCode, 0);
  assert.equal(await out, 'x\r\nx\r\n11 22\r\n');
});

test('a hundred clients that come and go leave no descriptor in the monitor', async () => {
  await using monitor = await node.run(['sleep', '600000'], { id: 'visited', spec: { stdin: true } });
  const descriptors = async (): Promise<number> => Number(/^FDSize:\s+(\d+)$/m.exec(await readFile(`/proc/${monitor.monitorPid}/status`, 'utf8'))?.[1]);
  const before = await descriptors();
  for (let i = 0; i < 100; i++) await (await monitor.attach(ALL, { signal: deadline() }))[Symbol.asyncDispose]();
  await monitor.status({ signal: deadline() });
  assert.equal(await descriptors(), before);
});

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += chunk.toString();
  return all;
}
