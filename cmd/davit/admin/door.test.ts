import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { Cni } from '#cni';
import { FailedPreconditionError, NotFoundError, ResourceExhaustedError } from '#errors';
import type { Images } from '#image';
import { silentLogger } from '#log';
import type { Pods } from '#pod';
import type { Storage } from '#storage';
import { askSocket } from './ask.ts';
import type { AdminCommand } from './command.ts';
import { openAdminDoor } from './door.ts';
import { adminSocketPath, MAX_REQUEST_BYTES } from './wire.ts';

let runroot = '';
let door: AsyncDisposable | undefined;
beforeEach(async () => { runroot = await mkdtemp(join(tmpdir(), 'dv-door-')); });
afterEach(async () => { await door?.[Symbol.asyncDispose](); door = undefined; await rm(runroot, { recursive: true }); });

async function open(commands: Readonly<Record<string, AdminCommand<unknown>>>): Promise<string> {
  door = await openAdminDoor({ root: join(runroot, 'root'), runroot }, commands, { images: {} as Images, storage: {} as Storage, cni: {} as Cni, pods: {} as Pods, log: silentLogger });
  return adminSocketPath(runroot);
}

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
  return Array.fromAsync(items);
}

async function send(path: string, text: string): Promise<string> {
  const socket = connect(path);
  let answer = '';
  socket.on('data', (chunk: Buffer) => { answer += chunk.toString(); }).on('error', () => undefined);
  socket.write(text);
  await new Promise((resolve) => { socket.once('close', resolve); });
  return answer;
}

test('a command gets its request and its items come in order', async () => {
  const path = await open({ count: async function* ({ to }) { for (let i = 1; i <= Number(to); i++) yield { i, text: 'line\nend' }; } });
  assert.deepEqual(await all(askSocket(path, 'count', { to: 3 })), [1, 2, 3].map((i) => ({ i, text: 'line\nend' })));
});

test('a root that the client names must be the daemon\'s, by whatever path', async () => {
  const path = await open({ one: async function* () { yield* [1]; } });
  await mkdir(join(runroot, 'root'));
  await symlink(join(runroot, 'root'), join(runroot, 'link'));
  for (const root of [undefined, join(runroot, 'root'), join(runroot, 'link')]) assert.deepEqual(await all(askSocket(path, 'one', {}, root)), [1]);
  await assert.rejects(all(askSocket(path, 'one', {}, '/var/lib/other')), (error: Error) => error instanceof FailedPreconditionError && error.message.includes(`has the root ${JSON.stringify(join(runroot, 'root'))}, not "/var/lib/other"`));
});

test('an error keeps its class and message over the socket, after the items before it', async () => {
  const path = await open({ fail: async function* () { yield 1; throw new NotFoundError('image "x" is not here'); }, bug: async function* () { yield* []; throw new TypeError('oops'); } });
  const items: unknown[] = [];
  await assert.rejects(async () => { for await (const item of askSocket(path, 'fail', {})) items.push(item); }, (error) => error instanceof NotFoundError && error.message === 'image "x" is not here');
  assert.deepEqual(items, [1]);
  await assert.rejects(all(askSocket(path, 'bug', {})), { code: 'Internal', message: 'oops' });
});

test('the socket is for its owner alone, and one that a killed daemon left is taken over', async () => {
  await writeFile(adminSocketPath(runroot), '');
  const path = await open({});
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  await assert.rejects(all(askSocket(path, 'constructor', {})), { code: 'NotFound', message: /"constructor" is unknown/ });
});

test('requests that are none are refused, and long ones are not read to their end', async () => {
  const path = await open({});
  assert.match(await send(path, 'no json\n'), /InvalidArgument.*no JSON/);
  assert.match(await send(path, `${'x'.repeat(MAX_REQUEST_BYTES * 4)}`), /a line of more than/);
});

test('a client that leaves cancels what it asked for', async () => {
  const ended = Promise.withResolvers<unknown>();
  const path = await open({ wait: async function* (_request, _parts, signal) { yield 'begun'; await once(signal, 'abort'); ended.resolve((signal.reason as Error).message); } });
  for await (const item of askSocket(path, 'wait', {})) { assert.equal(item, 'begun'); break; }
  assert.equal(await ended.promise, 'the client has gone');
});

test('closing the door tells clients that the daemon stops, and waits for commands under way', async () => {
  let ended = false;
  const path = await open({ wait: async function* (_request, _parts, signal) { yield 'begun'; await once(signal, 'abort'); await new Promise(setImmediate); ended = true; signal.throwIfAborted(); } });
  const asking = askSocket(path, 'wait', {});
  await asking.next();
  await door?.[Symbol.asyncDispose]();
  assert.ok(ended);
  await assert.rejects(asking.next(), { code: 'Unavailable', message: 'the daemon is stopping' });
  door = undefined;
  await assert.rejects(all(askSocket(path, 'wait', {})), { code: 'Unavailable', message: /no davit answers at/ });
});

test('an item that is too large is an error, not a line of any length', async () => {
  const path = await open({ large: async function* () { yield 'x'.repeat(17 * 1024 * 1024); } });
  await assert.rejects(all(askSocket(path, 'large', {})), ResourceExhaustedError);
});

test('a client that does not read holds no more than what its socket takes', async () => {
  let told = 0;
  const path = await open({ flood: async function* () { for (;;) { told++; yield 'x'.repeat(100_000); } } });
  const socket: Socket = connect(path);
  socket.pause();
  socket.write('{"command":"flood","request":{}}\n');
  await once(socket, 'connect');
  let before = -1;
  while (told !== before || told === 0) { before = told; await new Promise((resolve) => { setTimeout(resolve, 50); }); }
  assert.ok(told < 100, `${told} items`);
  socket.destroy();
});
