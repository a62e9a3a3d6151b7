/** What has made other monitors spin, leak or open their doors (docs/monitor-failures.md). */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open as openFile, readdir, readFile, readlink, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Monitor } from './api.ts';
import { execSync } from './exec-sync.ts';
import { BINARY, createTestNode, deadline } from './test-node.ts';
import type { TestNode } from './test-node.ts';

let node: TestNode;
before(async () => { node = await createTestNode(); });
after(async () => { await node[Symbol.asyncDispose](); });

/** More than a monitor has slots for. */
const CLIENTS = 140;
const WATCHED_MS = 500;
/** It is told at once, or never. */
const NOISE_TIMEOUT_MS = 60_000;
/** A process that spins takes its share of the machine, however many others do. */
const BUSY_MAX_MS = 25;

test('more connections than slots: those beyond are told, the others work, nothing spins, and all is well when they have gone', async () => {
  await using monitor = await node.run(['sleep', '600000'], { id: 'crowded' });
  // What the start has used is closed once the next request is answered.
  await monitor.status({ signal: deadline() });
  const before = await descriptors(monitor);
  const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => open(node.path('run/crowded/sock'))));
  const words = await Promise.all(sockets.map(firstWords));
  assert.ok(words.filter((text) => text.includes('too many connections to this monitor')).length > 0);
  assert.ok(words.filter((text) => text.includes('state=running')).length > 100);
  assert.equal((await monitor.status({ signal: deadline() })).state, 'running');
  assert.ok(await busyMs(monitor) < BUSY_MAX_MS);
  for (const socket of sockets) socket.destroy();
  const exec = { processJson: node.process(['exit', '3']), terminal: false, stdin: false, timeoutMs: 0, outputLimitBytes: 100 };
  const signal = deadline();
  while ((await descriptors(monitor)).length > before.length && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(await descriptors(monitor), before);
  assert.equal((await execSync(monitor, exec, { signal })).exitCode, 3);
});

test('a monitor that may open nothing more waits without spinning, and takes the connection when it may', async () => {
  await using monitor = await node.run(['sleep', '600000'], { id: 'full' });
  await monitor.status({ signal: deadline() });
  const limit = async (most: number): Promise<unknown> => promisify(execFile)('prlimit', ['--pid', String(monitor.monitorPid), `--nofile=${most}:1024`]);
  // A limit is of numbers: first the gaps are filled.
  const fillers: Socket[] = [];
  for (let numbers = await numbersOf(monitor); Math.max(...numbers) >= numbers.length; numbers = await numbersOf(monitor)) {
    const filler = await open(node.path('run/full/sock'));
    fillers.push(filler);
    await firstWords(filler);
  }
  await limit((await numbersOf(monitor)).length);
  const waiting = await open(node.path('run/full/sock'));
  const words = firstWords(waiting);
  assert.ok(await busyMs(monitor) < BUSY_MAX_MS);
  assert.equal((await monitor.status({ signal: deadline() })).state, 'running');
  await limit(1024);
  assert.match(await words, /state=running/);
  for (const socket of [waiting, ...fillers]) socket.destroy();
});

test('a terminal that nobody has open, and clients that say half a word, do not wake it all the time', async () => {
  await using monitor = await node.run(['close-terminal', 'sleep', '600000'], { id: 'quiet', terminal: true });
  const half = await open(node.path('run/quiet/sock'));
  half.write(Buffer.from([1, 0, 0]));
  half.end();
  const whole = await open(node.path('run/quiet/sock'));
  whole.end();
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  assert.ok(await busyMs(monitor) < BUSY_MAX_MS);
  for (const socket of [half, whole]) socket.destroy();
});

test('a client that sends no frames is told, and nobody else notices', { timeout: NOISE_TIMEOUT_MS }, async () => {
  await using monitor = await node.run(['sleep', '600000'], { id: 'noise' });
  for (const noise of [Buffer.alloc(100_000, 0xff), Buffer.from([0, 0, 0, 0, 1, 9, 0, 0]), Buffer.from([1, 0, 2, 0, 1, 0, 0, 0])]) {
    const socket = await open(node.path('run/noise/sock'));
    let heard = '';
    socket.on('data', (data: Buffer) => { heard += data.toString('latin1'); });
    const ended = new Promise<void>((resolve) => { socket.once('end', resolve); socket.once('close', () => resolve()); });
    socket.write(noise);
    await ended;
    assert.match(heard, /frame: /);
    socket.destroy();
  }
  assert.equal((await monitor.status({ signal: deadline() })).state, 'running');
});

test('nobody but root reaches its socket, and it holds no descriptor of whoever started it', async () => {
  await using monitor = await node.run(['sleep', '600000'], { id: 'closed' });
  await monitor.status({ signal: deadline() });
  assert.equal((await stat(node.path('run/closed'))).mode & 0o777, 0o700);
  assert.equal((await stat(node.path('run/closed/sock'))).mode & 0o777, 0o600);
  const kinds = (await descriptors(monitor)).map((target) => target.replace(/\[\d+\]|:\d+/, ''));
  // null three times, log, record, listener, the connection, two pipes, the container.
  assert.deepEqual(kinds.filter((kind) => kind !== '/dev/null' && !kind.startsWith(node.directory)).sort(), ['anon_inode:[pidfd]', 'pipe:', 'pipe:', 'socket:', 'socket:'].sort());
});

test('what its caller has left open is closed first of all', async () => {
  await using left = await openFile(node.path('left-open'), 'w');
  const child = spawn(BINARY, ['launch'], { stdio: ['pipe', 'ignore', 'ignore', 'ignore', 'ignore', left.fd] });
  const ended = once(child, 'exit');
  const signal = deadline();
  try {
    // The kernel closes one after another, and what node itself has inherited may come after ours.
    while ((await readdir(`/proc/${child.pid}/fd`)).some((fd) => Number(fd) > 3)) signal.throwIfAborted();
  } finally {
    child.stdin?.end();
    await ended;
  }
});

async function numbersOf(monitor: Monitor): Promise<number[]> {
  return (await readdir(`/proc/${monitor.monitorPid}/fd`)).map(Number);
}

async function descriptors(monitor: Monitor): Promise<string[]> {
  const directory = `/proc/${monitor.monitorPid}/fd`;
  return Promise.all((await readdir(directory)).map((name) => readlink(`${directory}/${name}`).catch(() => '')));
}

/** CPU time that it takes in WATCHED_MS. */
async function busyMs(monitor: Monitor): Promise<number> {
  const used = async (): Promise<number> => Number((await readFile(`/proc/${monitor.monitorPid}/schedstat`, 'utf8')).split(' ')[0]) / 1e6;
  const begun = await used();
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  return await used() - begun;
}

async function open(path: string): Promise<Socket> {
  for (const signal = deadline(); ; signal.throwIfAborted()) {
    const socket = connect({ path, allowHalfOpen: true });
    // Left open by a test that fails, it would keep the whole run waiting.
    socket.unref();
    const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => { socket.once('connect', () => resolve(undefined)); socket.on('error', resolve); });
    if (failure === undefined) return socket;
    // More at once than may wait for a monitor that has not come to it yet.
    if (failure.code !== 'EAGAIN') throw failure;
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

async function firstWords(socket: Socket): Promise<string> {
  return new Promise((resolve) => { socket.once('data', (data: Buffer) => resolve(data.toString('latin1'))); socket.once('close', () => resolve('')); });
}
