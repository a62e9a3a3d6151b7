/** Ids of requests to a monitor. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ResourceExhaustedError } from '#errors';
import { connectMonitor } from './control.ts';
import type { ControlConnection } from './control.ts';
import { encodeFrame, FrameDecoder } from './frames.ts';
import type { Frame } from './frames.ts';
import { HELLO } from './hello-fixture.ts';
import { FRAME_PAYLOAD_MAX_BYTES, FrameType } from './protocol.ts';

const LAST_ID = 0xffff;
const AT_ONCE = 500;
const MAX_UNANSWERED = 1024;

/** Runs `work` with a connection to a monitor that greets and gives each request to `onRequest`. */
async function withMonitor(onRequest: (frame: Frame, socket: Socket) => void, work: (control: ControlConnection, signal: AbortSignal) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-control-'));
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  const server = createServer((socket) => {
    const decoder = new FrameDecoder(FRAME_PAYLOAD_MAX_BYTES);
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => { for (const frame of decoder.push(chunk)) onRequest(frame, socket); });
    socket.write(encodeFrame(FrameType.hello, 0, Buffer.from(HELLO)));
  });
  undo.defer(() => new Promise((resolve) => { server.close(() => { resolve(); }); }));
  const path = join(directory, 'sock');
  await new Promise<void>((resolve) => { server.listen(path, resolve); });
  const signal = AbortSignal.timeout(60_000);
  await using control = await connectMonitor(path, 'box', { signal }) ?? assert.fail('no monitor');
  await work(control, signal);
}

test('ids of requests begin anew after the last one, without 0, which no request has, and without one that is not answered', async () => {
  const seen: number[] = [];
  let first: { readonly id: number; readonly socket: Socket } | undefined;
  await withMonitor((frame, socket) => {
    seen.push(frame.id);
    if (first === undefined) first = { id: frame.id, socket };
    else socket.write(encodeFrame(FrameType.ok, frame.id));
  }, async (control, signal) => {
    const unanswered = control.kill(1, { signal });
    for (let sent = 0; sent < LAST_ID; sent += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, () => control.reopenLog({ signal })));
    assert.ok(seen.length > LAST_ID && seen.every((id) => id > 0 && id <= LAST_ID));
    assert.equal(seen.lastIndexOf(first?.id ?? 0), 0);
    assert.equal(new Set(seen).size, LAST_ID);
    first?.socket.write(encodeFrame(FrameType.ok, first.id));
    await unanswered;
  });
});

test('a monitor that answers nothing is not asked for ever', async () => {
  await withMonitor(() => undefined, async (control, signal) => {
    const leaves = new AbortController();
    const asked = Array.from({ length: MAX_UNANSWERED }, () => control.kill(0, { signal: leaves.signal }));
    leaves.abort();
    for (const { status } of await Promise.allSettled(asked)) assert.equal(status, 'rejected');
    await assert.rejects(control.reopenLog({ signal }), (error) => error instanceof ResourceExhaustedError && /reopen log of "box": the monitor has not answered 1024 requests/.test(error.message));
  });
});
