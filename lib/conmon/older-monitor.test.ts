/**
 * Monitors outlive the daemon, so a newer daemon meets older ones. What each earlier version of the protocol said in a real container is kept
 * in conversations/; here it says it again, and insists on hearing byte for byte what it heard then.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectMonitor } from './control.ts';
import { RuntimeFailedError } from './errors.ts';

type Turn = readonly ['daemon' | 'monitor', string];
interface Conversation { readonly processJson: string; readonly connections: readonly { name: string; turns: readonly Turn[] }[] }

const deadline = (): AbortSignal => AbortSignal.timeout(20_000);

test('a monitor of protocol 1 is driven as when it was the newest', async () => {
  const { processJson, connections } = JSON.parse(await readFile(join(import.meta.dirname, 'conversations/protocol-1.json'), 'utf8')) as Conversation;
  await using monitor = await replay(connections.map((c) => c.turns));
  await using control = await connectMonitor(monitor.path, 'recorded', { signal: deadline() });
  assert.ok(control);
  assert.equal(control.greeting.protocol, 1);
  assert.equal((await control.status({ signal: deadline() })).state, 'created');
  await control.start({ signal: deadline() });
  await assert.rejects(control.resize({ rows: 2, columns: 3 }, { signal: deadline() }), { code: 'FailedPrecondition' });
  await control.reopenLog({ signal: deadline() });

  const spec = { terminal: false, stdin: false, timeoutMs: 0, outputLimitBytes: 1 << 20 };
  await using exec = await control.exec({ ...spec, processJson, stdin: true, timeoutMs: 60_000, extraArgs: ['--no-new-privs'] }, { signal: deadline() });
  assert.equal(await first(exec.stderr), 'warn\n');
  await exec.write(Buffer.from('hello\n'));
  assert.equal(await first(exec.stdout), 'hello\n');
  exec.closeStdin();
  assert.deepEqual(await exec.exited, { exitCode: 9, timedOut: false });
  const missing = JSON.stringify({ ...JSON.parse(processJson) as object, args: ['/no/such/program'] });
  await assert.rejects(control.exec({ ...spec, processJson: missing }, { signal: deadline() }), RuntimeFailedError);

  await using attached = await control.attach({ stdin: true, stdout: true, stderr: true }, { signal: deadline() });
  await attached.write(Buffer.from('typed\n'));
  assert.equal(await first(attached.stdout), 'typed\n');
  attached.closeStdin();
  assert.equal((await attached.exited).exitCode, 3);
  await control.kill(1, { signal: deadline() });
  assert.equal((await control.exited).exitCode, 3);
  await control.shutdown({ signal: deadline() });
  monitor.check();
});

async function first(stream: AsyncIterable<Buffer>): Promise<string> {
  for await (const chunk of stream) return chunk.toString();
  return '';
}

interface Replay extends AsyncDisposable {
  readonly path: string;
  /** @throws what went otherwise than it was recorded */
  check(): void;
}

/** Serves the connections in their recorded order. */
async function replay(connections: readonly (readonly Turn[])[]): Promise<Replay> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-replay-'));
  const path = join(directory, 'sock');
  const problems: Error[] = [];
  let next = 0;
  const server = createServer((socket) => {
    const number = next++;
    play(socket, connections[number] ?? []).catch((error: unknown) => { problems.push(new Error(`connection ${number}`, { cause: error })); socket.destroy(); });
  });
  await new Promise<void>((resolve) => { server.listen(path, resolve); });
  return {
    path,
    check: () => {
      if (problems[0]) throw problems[0];
      assert.equal(next, connections.length);
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => { server.close(resolve); });
      await rm(directory, { recursive: true });
    },
  };
}

async function play(socket: Socket, turns: readonly Turn[]): Promise<void> {
  socket.on('error', () => undefined);
  for (const [who, hex] of turns) {
    if (who === 'monitor') socket.write(Buffer.from(hex, 'hex'));
    else assert.equal((await take(socket, hex.length / 2)).toString('hex'), hex);
  }
  // Our side ends; what the daemon may send behind its last recorded word is no part of the conversation.
  socket.end();
  socket.resume();
}

/** Exactly so many bytes. @throws Error when the connection ends first */
async function take(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const data = socket.read(bytes) as Buffer | null;
    if (data) return data;
    if (socket.readableEnded || socket.destroyed) throw new Error(`the connection ended before ${bytes} bytes had come`);
    await new Promise<void>((resolve) => { for (const event of ['readable', 'end', 'close']) socket.once(event, resolve); });
  }
}
