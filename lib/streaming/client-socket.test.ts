import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ByteSink } from '#conmon';
import { Random } from '../../test/fixtures/random/index.ts';
import { controlFrame, ControlType, dataHeader } from './spdy/frames.ts';
import { HeaderWriter } from './spdy/headers.ts';
import { LentChunk } from './lent-chunk.ts';
import { spdy, tcp } from './testing/clients.ts';
import { TestProcess, TestServer, until } from './testing/test-server.ts';

const SEED = 7;
const MIB = 1024 * 1024;
/** A fraction of what new memory for each read would be, and more than may be out at once. */
const MEMORIES_MAX = 40;

/** A process that keeps each piece for some turns, and looks at it only then. */
class LateProcess extends TestProcess {
  readonly memories = new Set<ArrayBufferLike>();
  readonly #random = new Random(SEED);
  readonly #turns: number;
  #order = Promise.resolve();
  taken: Buffer[] = [];

  constructor(turns: number) {
    super();
    this.#turns = turns;
  }

  override readonly stdin: ByteSink = {
    write: (piece, done) => {
      this.memories.add(piece.buffer);
      this.#order = this.#order.then(async () => {
        for (let left = this.#random.below(this.#turns); left > 0; left--) await new Promise((resolve) => { setImmediate(resolve); });
        this.taken.push(Buffer.from(piece));
        done();
      });
    },
    end: () => { void this.#order.then(() => { this.inputEnded = true; }); },
  };
}

for (const [what, frameMax] of [['of many sizes', 100_000], ['small', 300]] as const) {
  test(`pieces ${what} that are kept for a while hold what the client has sent`, async () => {
    await using server = await TestServer.start();
    const process = new LateProcess(4);
    const client = await spdy(server.exec({ stdout: false, stderr: false, start: () => Promise.resolve(process) }));
    const stdin = client.open({ streamtype: 'stdin' });
    client.open({ streamtype: 'error' });
    const random = new Random(SEED + frameMax);
    const pattern = random.bytes(MIB / 8 + 1);
    const all = Buffer.concat(Array.from({ length: frameMax > 1000 ? 80 : 4 }, () => pattern));
    for (const piece of random.pieces(all, frameMax)) {
      client.send(stdin, piece);
      if (client.socket.writableNeedDrain) await new Promise((resolve) => { client.socket.once('drain', resolve); });
    }
    client.send(stdin, '', true);
    await until(() => process.inputEnded);
    assert.ok(Buffer.concat(process.taken).equals(all), 'the bytes have changed on their way');
    process.exit(0);
    await client.until(() => client.control.some(({ type }) => type === ControlType.goAway));
    client.socket.end();
  });
}

test('what a client sends is read into memory that is used again', async () => {
  await using server = await TestServer.start();
  const process = new LateProcess(1);
  const client = await spdy(server.exec({ stdout: false, stderr: false, start: () => Promise.resolve(process) }));
  const stdin = client.open({ streamtype: 'stdin' });
  client.open({ streamtype: 'error' });
  for (let sent = 0; sent < 64; sent++) {
    client.send(stdin, Buffer.alloc(MIB), sent === 63);
    await until(() => client.socket.writableLength < MIB);
  }
  await until(() => process.inputEnded);
  assert.ok(process.memories.size < MEMORIES_MAX, `${process.memories.size} pieces of memory`);
  process.exit(0);
  client.socket.end();
});

test('what comes with the request belongs to the stream', async () => {
  await using server = await TestServer.start();
  const headers = new HeaderWriter();
  const open = (id: number, streamtype: string): Buffer => controlFrame(ControlType.synStream, 0, [id, 0], Buffer.concat([Buffer.alloc(2), headers.write(new Map([['streamtype', streamtype]]))]));
  const words = Buffer.from('sent with the request');
  const request = [`GET ${new URL(server.exec({ stdout: false, stderr: false })).pathname} HTTP/1.1`, 'Host: node', 'Connection: Upgrade', 'Upgrade: SPDY/3.1', 'X-Stream-Protocol-Version: v4.channel.k8s.io', '', ''].join('\r\n');
  const socket = await tcp(server.port, '');
  socket.resume();
  socket.write(Buffer.concat([Buffer.from(request), open(1, 'error'), open(3, 'stdin'), dataHeader(3, words.length, false), words]));
  const process = await server.process();
  await until(() => process.input.length > 0);
  socket.write(Buffer.concat([dataHeader(3, 6, true), Buffer.from(', then')]));
  await until(() => process.inputEnded);
  assert.equal(process.input.toString(), 'sent with the request, then');
  process.exit(0);
  socket.destroy();
});

test('a chunk goes back once, after its last large piece; small pieces do not hold it', () => {
  let back = 0;
  const chunk = new LentChunk(Buffer.allocUnsafeSlow(64 * 1024).fill('c'), () => { back++; });
  const small = chunk.keep(chunk.bytes.subarray(0, 100));
  const large = [chunk.keep(chunk.bytes.subarray(100, 40_000)), chunk.keep(chunk.bytes.subarray(40_000))];
  chunk.release();
  assert.equal(back, 0);
  for (const { release } of large) release();
  assert.equal(back, 1);
  chunk.bytes.fill('n');
  small.release();
  assert.deepEqual([small.piece.toString(), back], ['c'.repeat(100), 1]);
});
