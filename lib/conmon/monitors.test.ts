import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CancelledError } from '#errors';
import { silentLogger } from '#log';
import { encodeFrame } from './frames.ts';
import { HELLO } from './hello-fixture.ts';
import { createMonitors } from './monitors.ts';
import { FrameType, WireError } from './protocol.ts';

const ANSWERS: readonly [how: string, answer: (socket: Socket) => void][] = [
  ['leaves by itself', (socket) => { socket.destroy(); }],
  ['refuses', (socket) => { socket.write(encodeFrame(FrameType.error, 1, Buffer.concat([Buffer.of(WireError.precondition), Buffer.from('not now')]))); }],
];

for (const [how, answer] of ANSWERS) {
  test(`a create that fails leaves no cgroup when the monitor that is told to end ${how}`, async () => {
    await using undo = new AsyncDisposableStack();
    const directory = await mkdtemp(join(tmpdir(), 'davit-monitors-'));
    undo.defer(() => rm(directory, { recursive: true }));
    const [runDir, cgroup] = [join(directory, 'run'), join(directory, 'cgroup')];
    for (const made of [join(runDir, 'box'), cgroup]) await mkdir(made, { recursive: true });
    let requests = 0;
    const monitors = createMonitors({ binary: '/no/monitor', runDir, log: silentLogger, launcher: {
      run: async ({ args }) => {
        const server = createServer((socket) => {
          socket.on('error', () => undefined).on('data', () => { requests++; answer(socket); });
          socket.write(encodeFrame(FrameType.hello, 0, Buffer.from(HELLO.replace('token=', `token=${args[args.indexOf('--token') + 1]}`))));
        });
        undo.defer(() => new Promise((resolve) => { server.close(() => { resolve(); }); }));
        await new Promise<void>((resolve) => { server.listen(join(runDir, 'box/sock'), resolve); });
        throw new CancelledError('create: its caller has gone');
      },
    } });
    const spec = {
      id: 'box', bundle: directory, exitRecordPath: join(directory, 'exit'), logPath: '', runtime: { path: '/no/runtime', globalArgs: [] },
      terminal: false, stdin: false, stdinOnce: false, monitorCgroupDirs: [cgroup], createTimeoutMs: 20_000,
    };
    await assert.rejects(monitors.create(spec, { signal: AbortSignal.timeout(60_000) }), CancelledError);
    assert.equal(requests, 1, 'it was told to end');
    assert.ok(!existsSync(cgroup));
  });
}
