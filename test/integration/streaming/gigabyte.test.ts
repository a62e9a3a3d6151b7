/** A GiB through exec and through port-forward, out and both ways at once, while the daemon has little memory to be in. */
import assert from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, before, test } from 'node:test';
import { detectCgroups } from '#linux';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, startNode } from '../../harness/index.ts';
import type { TestNode } from '../../harness/index.ts';
import { forwarded, run, start } from './client.ts';
import type { Transport } from './client.ts';

const MIB_BYTES = 1024 * 1024;
/** What is sent again and again. */
const BLOCK_MIB = 16;
const BLOCK_BYTES = BLOCK_MIB * MIB_BYTES;
/** A GiB, unless whoever runs the tests has slow system calls. crictl and kubectl speak SPDY; the other way has the same limits, and is seen with less. */
const SPDY_MIB = Number(process.env['DAVIT_TEST_STREAM_MIB'] ?? 1024);
const SENT_MIB: Readonly<Record<Transport, number>> = { spdy: SPDY_MIB, websocket: Math.max(BLOCK_MIB, SPDY_MIB / 4) };
/** For the daemon and all that it starts but monitors, with page cache and the kernel's buffers. */
const MEMORY_MAX_BYTES = 192 * MIB_BYTES;
const CGROUP = `/davit-gigabyte-${process.pid}`;
const ECHO_PORT = 9000;
const REMOVE_TIMEOUT_MS = 60_000;

const cgroups = detectCgroups();
const block = randomBytes(BLOCK_BYTES);
let node: TestNode;
let [podId, id] = ['', ''];

before(async () => {
  await cgroups.create(CGROUP);
  cgroups.applyResources(CGROUP, { memory: { limit: MEMORY_MAX_BYTES } });
  node = await startNode({ logLevel: 'info', cgroupProcs: join(memoryDirectory(), 'cgroup.procs') });
  await node.davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(node.davit, { name: 'gigabyte' });
  podId = pod.id;
  id = await runContainer(node.davit, pod, { name: 'main', command: ['nc', '-ll', '-p', String(ECHO_PORT), '-e', 'cat'] });
  assert.equal((await run(node.davit, block, 'exec', '-i', id, 'sh', '-c', 'cat > /tmp/block')).exitCode, 0);
});

after(async () => {
  await node[Symbol.asyncDispose]();
  await cgroups.remove(CGROUP, { signal: AbortSignal.timeout(REMOVE_TIMEOUT_MS) });
});

for (const transport of ['spdy', 'websocket'] as const) {
  const mib = SENT_MIB[transport];

  test(`${mib} MiB out of an exec over ${transport} are the bytes that were written`, () => survived(async () => {
    const out = start(node.davit, 'exec', '--transport', transport, id, 'sh', '-c', `for n in $(seq ${mib / BLOCK_MIB}); do cat /tmp/block; done`);
    await received(out.stdout, mib);
    assert.deepEqual(await exit(out), [0]);
  }));

  test(`${mib} MiB into an exec over ${transport} and out again are the same bytes`, () => survived(async () => {
    const echo = start(node.davit, 'exec', '--transport', transport, '-i', id, 'cat');
    await Promise.all([pipeline(blocks(mib), echo.stdin), received(echo.stdout, mib)]);
    assert.deepEqual(await exit(echo), [0]);
  }));

  test(`${mib} MiB into a pod by port-forward over ${transport} and out again are the same bytes`, () => survived(async () => {
    const child = start(node.davit, 'port-forward', '--transport', transport, podId, `:${ECHO_PORT}`);
    const [port = 0] = await forwarded(child, [ECHO_PORT]);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await Promise.all([pipeline(blocks(mib), socket), received(socket, mib)]);
    child.kill();
    await exit(child);
  }));
}

/** The daemon is the one that it was, and nothing of it was killed for the memory that it wanted. */
async function survived(work: () => Promise<void>): Promise<void> {
  const pid = node.davit.pid();
  await work();
  assert.equal(node.davit.pid(), pid);
  assert.equal(kills(), 0);
}

function kills(): number {
  const file = cgroups.kind === 'v2' ? 'memory.events' : 'memory.oom_control';
  return Number(/^oom_kill (\d+)$/m.exec(readFileSync(join(memoryDirectory(), file), 'latin1'))?.[1]);
}

function memoryDirectory(): string {
  const hierarchy = cgroups.hierarchies.find(({ controllers }) => controllers.includes('memory'));
  assert.ok(hierarchy, 'this host has no memory cgroups');
  return join(hierarchy.mountPoint, CGROUP);
}

function blocks(mib: number): Readable {
  return Readable.from((function* () { for (let n = 0; n < mib / BLOCK_MIB; n++) yield block; })(), { objectMode: false });
}

/** Takes all of it. @throws AssertionError when it is anything but `mib` MiB of blocks */
async function received(from: Readable, mib: number): Promise<void> {
  let at = 0;
  await pipeline(from, new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      for (let part = 0; part < chunk.length;) {
        const begin = at % BLOCK_BYTES;
        const size = Math.min(chunk.length - part, BLOCK_BYTES - begin);
        assert.ok(block.compare(chunk, part, part + size, begin, begin + size) === 0, `another byte after ${at}`);
        part += size;
        at += size;
      }
      done();
    },
  }));
  assert.equal(at, mib * MIB_BYTES);
}

async function exit(child: ChildProcessWithoutNullStreams): Promise<(number | null)[]> {
  await eventually('the end of crictl', () => child.exitCode !== null || child.signalCode !== null);
  return [child.exitCode];
}
