import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FailedPreconditionError, InvalidArgumentError } from '#errors';
import { silentLogger } from '#log';
import { createClient } from './client.ts';
import { createServer as createCriServer } from './server.ts';
import { prepareSocket } from './socket.ts';
import { fakeImages, fakeInfo, fakePods, fakeStreams } from './testing/fakes.ts';
import { serve } from './testing/serve.ts';

async function temporary(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'sock-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** What a daemon leaves behind that was killed: a socket file that nobody listens on. */
function leaveStaleSocket(path: string): void {
  execFileSync(process.execPath, ['-e', 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))', path], { stdio: 'ignore' });
}

describe('listen()', () => {
  test('makes the directories and a socket that only root and its group can use', async () => {
    await using served = await serve();
    assert.equal(statSync(served.socketPath).mode & 0o777, 0o660);
    assert.ok(statSync(served.socketPath).isSocket());
  });
  test('takes the place of a socket that nobody listens on', async () => {
    await using directory = await temporary();
    const socketPath = join(directory.path, 's');
    assert.throws(() => { leaveStaleSocket(socketPath); }, { signal: 'SIGKILL' });
    assert.ok(existsSync(socketPath));
    const server = createCriServer({ socketPath, pods: fakePods([]), images: fakeImages([]), info: fakeInfo([]), streams: fakeStreams([]), log: silentLogger });
    await server.listen();
    using client = createClient(socketPath);
    assert.equal((await client.call('Version', {}, { timeoutMs: 60_000 })).runtimeName, 'davit');
    await server.stop();
  });
  test('refuses the socket of a daemon that lives, which goes on', async () => {
    await using served = await serve();
    const second = createCriServer({ socketPath: served.socketPath, pods: fakePods([]), images: fakeImages([]), info: fakeInfo([]), streams: fakeStreams([]), log: silentLogger });
    await assert.rejects(second.listen(), (error: Error) => error instanceof FailedPreconditionError && error.message.includes(JSON.stringify(served.socketPath)) && error.message.includes('another daemon answers'));
    await second.stop();
    assert.equal((await served.client.call('Version', {}, { timeoutMs: 60_000 })).runtimeName, 'davit');
    assert.ok(existsSync(served.socketPath));
  });
});

describe('prepareSocket()', () => {
  test('refuses any listener, whatever it speaks', async () => {
    await using directory = await temporary();
    const path = join(directory.path, 's');
    const other = createServer().listen(path);
    try {
      await assert.rejects(prepareSocket(path), FailedPreconditionError);
    } finally {
      other.close();
    }
  });
  test('refuses and keeps a file that is no socket', async () => {
    await using directory = await temporary();
    const path = join(directory.path, 's');
    await writeFile(path, 'precious');
    await assert.rejects(prepareSocket(path), FailedPreconditionError);
    assert.ok(existsSync(path));
  });
  for (const [what, path] of [['too long', `/tmp/${'x'.repeat(103)}`], ['relative', 'davit.sock']] as const) {
    test(`refuses a path that is ${what}`, async () => {
      await assert.rejects(prepareSocket(path), InvalidArgumentError);
    });
  }
});
