import assert from 'node:assert/strict';
import { statfsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { MNT_DETACH, mount, MS, umount } from '#linux';
import type { ContainerLogOptions } from './api.ts';
import { createTestNode, deadline } from './test-node.ts';
import type { TestNode } from './test-node.ts';

const NO_LIMITS: ContainerLogOptions = { sizeMaxBytes: 0, filesMax: 1, whenFull: 'drop', linesPerSecond: 0, bytesPerSecond: 0 };

/** Longer than a container of one test may take. */
const TAKEN_SECONDS = 120;
/** Of nine letters, with the time and the stream. */
const SHORT_LINE_BYTES = '2026-01-01T00:00:00.000000000Z stdout F aaaaaaaaa\n'.length;
const PAGE_BYTES = 4096;

let node: TestNode;
before(async () => { node = await createTestNode(); });
after(async () => { await node[Symbol.asyncDispose](); });

/** Its container waits for sizes of its pipe, or for ever. */
const PIPE_TIMEOUT_MS = 60_000;

test('a line is cut at the limit and nowhere else', async () => {
  await using monitor = await node.run(['lines', '3', '16384', 'lines', '1', '16385', 'lines', '2', '40000', 'out', '\\n'], { id: 'cut' });
  await monitor.exited;
  const shape = (await node.log('cut')).map((l) => `${l.partial ? 'P' : 'F'}${l.content.length}`);
  assert.deepEqual(shape, ['F16384', 'F16384', 'F16384', 'P16384', 'F1', 'P16384', 'P16384', 'F7232', 'P16384', 'P16384', 'F7232', 'F0']);
});

test('the limit can be chosen', async () => {
  await using monitor = await node.run(['lines', '1', '250'], { id: 'narrow', spec: { logMaxLineBytes: 100 } });
  await monitor.exited;
  assert.deepEqual((await node.log('narrow')).map((l) => `${l.partial ? 'P' : 'F'}${l.content.length}`), ['P100', 'P100', 'F50']);
});

test('many lines come whole and in order', async () => {
  await using monitor = await node.run(['lines', '200000', '99'], { id: 'many' });
  await monitor.exited;
  const lines = await node.log('many');
  assert.equal(lines.length, 200_000);
  assert.ok(lines.every((l, i) => !l.partial && l.content.length === 99 && l.content.charCodeAt(50) === 97 + i % 26));
  assert.ok(lines.every((l, i) => i === 0 || l.time >= (lines[i - 1]?.time ?? '')));
});

test('the pipe of a container that writes much grows, and shrinks again when it is idle', { timeout: PIPE_TIMEOUT_MS }, async () => {
  await using monitor = await node.run(['wait-pipe', '65536', 'lines', '200000', '99', 'wait-pipe', '262144', 'out', 'grown\\n', 'wait-pipe', '65536', 'out', 'small again\\n'], { id: 'pipe' });
  await monitor.exited;
  const lines = await node.log('pipe');
  assert.deepEqual([lines.length, ...lines.slice(-2).map((l) => l.content)], [200_002, 'grown', 'small again']);
});

test('lines are found wherever reads end, and whatever is in them', async () => {
  // Lengths around the width of what is searched at once, some of them unfinished for a while.
  const text = Array.from({ length: 400 }, (_, i) => `${'\n'.repeat(i % 3)}${String(i)}:${'\u0000\u00e9\u000b'.repeat(i % 67)}`).join('\n');
  const pieces = text.match(/[^]{1,37}/g) ?? [];
  await using monitor = await node.run(['cat'], { id: 'pieces', spec: { stdin: true, stdinOnce: true } });
  const attached = await monitor.attach({ stdin: true, stdout: false, stderr: false }, { signal: deadline() });
  for (const piece of pieces) await attached.write(Buffer.from(piece));
  attached.closeStdin();
  await monitor.exited;
  const lines = await node.log('pieces');
  let got = '';
  for (const l of lines) got += l.partial ? l.content : `${l.content}\n`;
  assert.equal(got, text);
});

test('what has no newline is P at the end, and there is no F after it', async () => {
  await using monitor = await node.run(['out', 'no newline'], { id: 'tail' });
  await monitor.exited;
  assert.deepEqual(await node.logText('tail'), ['stdout P no newline']);
});

test('a prompt is in the log while its line is unfinished, and the rest follows', async () => {
  await using monitor = await node.run(['out', 'name? ', 'wait-file', '/tmp/answer', 'out', 'thanks\\n'], { id: 'prompt' });
  await node.logged('prompt', 1);
  assert.deepEqual(await node.logText('prompt'), ['stdout P name? ']);
  await writeFile(node.path('bundles/prompt/rootfs/tmp/answer'), '');
  await monitor.exited;
  assert.deepEqual(await node.logText('prompt'), ['stdout P name? ', 'stdout F thanks']);
});

test('reopenLog() goes on in a new file; a failure keeps the old one and makes none', async () => {
  await mkdir(node.path('logs'));
  const logPath = node.path('logs/rotated.log');
  await using monitor = await node.run(['out', 'one\\n', 'wait-file', '/tmp/1', 'out', 'two\\n', 'wait-file', '/tmp/2', 'out', 'three\\n'], { id: 'rotated', spec: { logPath } });
  const go = (n: number): Promise<void> => writeFile(node.path(`bundles/rotated/rootfs/tmp/${n}`), '');
  await holds(logPath, 'one');
  await rename(logPath, node.path('logs/rotated.log.1'));
  await monitor.reopenLog({ signal: deadline() });
  await go(1);
  await holds(logPath, 'two');
  await rename(node.path('logs'), node.path('logs-moved'));
  await assert.rejects(monitor.reopenLog({ signal: deadline() }), /No such file or directory; the old file stays in use/);
  await assert.rejects(stat(logPath), { code: 'ENOENT' });
  await go(2);
  await monitor.exited;
  assert.match(await readFile(node.path('logs-moved/rotated.log.1'), 'utf8'), /^\S+ stdout F one\n$/);
  assert.match(await readFile(node.path('logs-moved/rotated.log'), 'utf8'), /^\S+ stdout F two\n\S+ stdout F three\n$/);
});

test('a full disk costs whole lines, stops nothing, and the log says how many', async () => {
  const disk = node.path('disk');
  await mkdir(disk);
  mount('tmpfs', disk, 'tmpfs', 0, 'size=64k');
  try {
    const logPath = `${disk}/full.log`;
    await using monitor = await node.run(['lines', '5000', '99', 'out', 'tail\\n', 'file', '/tmp/full', '', 'wait-file', '/tmp/go', 'out', 'after\\n', 'exit', '2'], { id: 'full', spec: { logPath } });
    const signal = deadline();
    while ((await monitor.status({ signal })).stdoutBytes < 500_005) await new Promise((resolve) => setTimeout(resolve, 5));
    const kept = (await readFile(logPath, 'utf8')).split('\n');
    assert.equal(kept.pop(), '');
    assert.ok(kept.length > 100 && kept.every((line) => / stdout F [a-z]{99}$/.test(line)), 'a record was torn');
    // The kubelet's rotation makes room.
    await rm(logPath);
    await monitor.reopenLog({ signal });
    await writeFile(node.path('bundles/full/rootfs/tmp/go'), '');
    const record = await monitor.exited;
    assert.equal(record.exitCode, 2);
    assert.equal(record.logLostLines, 5001 - kept.length);
    const rest = (await readFile(logPath, 'utf8')).trim().split('\n').map((line) => line.slice(line.indexOf(' ') + 1));
    assert.match(rest[0] ?? '', new RegExp(`^stderr F \\[davit: ${record.logLostLines} log lines, ${record.logLostBytes} bytes lost: No space left on device\\]$`));
    assert.deepEqual(rest.slice(1), ['stdout F after']);
  } finally {
    umount(disk, MNT_DETACH);
  }
});

test('a full disk that the container waits for costs nothing', async () => {
  const disk = node.path('waiting-disk');
  await mkdir(disk);
  mount('tmpfs', disk, 'tmpfs', 0, 'size=256k');
  try {
    const logPath = `${disk}/full.log`;
    await writeFile(`${disk}/filler`, Buffer.alloc(200_000));
    await using monitor = await node.run(['lines', '8000', '9', 'exit', '0'], { id: 'patient', spec: { logPath, containerLog: { ...NO_LIMITS, whenFull: 'block' } } });
    const signal = deadline();
    // The container is held: pipe and buffers hold less than what it has to say.
    let kept = '';
    while (!kept.endsWith('\n') || statfsSync(disk).bfree > 1 || roomInPage(kept) >= SHORT_LINE_BYTES) {
      kept = await readFile(logPath, 'utf8');
      signal.throwIfAborted();
    }
    const whole = kept.split('\n');
    assert.equal(whole.pop(), '');
    assert.ok(whole.every((line) => / stdout F [a-z]{9}$/.test(line)), 'a record was torn');
    await rm(`${disk}/filler`);
    umount(disk, MNT_DETACH);
    mount('tmpfs', disk, 'tmpfs', 0, 'size=8m');
    await monitor.reopenLog({ signal });
    const record = await monitor.exited;
    assert.deepEqual([record.exitCode, record.logLostLines], [0, 0]);
    const rest = (await readFile(logPath, 'utf8')).split('\n').slice(0, -1);
    assert.equal(whole.length + rest.length, 8000);
    assert.ok(rest.every((line, i) => line.endsWith(` stdout F ${String.fromCharCode(97 + (whole.length + i) % 26).repeat(9)}`)), 'a line is not the one that was due');
  } finally {
    umount(disk, MNT_DETACH);
  }
});

test('files of a limited size follow each other under the kubelet\'s names, and the oldest go', async () => {
  const directory = node.path('sized');
  await mkdir(directory);
  const logPath = `${directory}/0.log`;
  await writeFile(`${directory}/0.log.20200101-000000`, 'oldest');
  await writeFile(`${directory}/0.log.20200101-000000.gz.tmp-of-nobody`, '');
  await writeFile(`${directory}/1.log.20200101-000000`, 'of another container');
  await using monitor = await node.run(['lines', '3000', '99'], { id: 'sized', spec: { logPath, containerLog: { ...NO_LIMITS, sizeMaxBytes: 100_000, filesMax: 3 } } });
  await monitor.exited;
  const files = (await readdir(directory)).filter((name) => name.startsWith('0.log')).sort();
  assert.equal(files.length, 3, files.join(' '));
  assert.ok(files.slice(1).every((name) => /^0\.log\.\d{8}-\d{6}(-\d\d)?$/.test(name)), files.join(' '));
  assert.ok((await readdir(directory)).includes('1.log.20200101-000000'));
  const texts = await Promise.all([...files.slice(1), '0.log'].map((name) => readFile(`${directory}/${name}`, 'utf8')));
  for (const text of texts) assert.ok(text.length <= 100_000 && text.endsWith('\n'), `${text.length} bytes`);
  // What is left is the end of what was said, without a gap.
  const letters = texts.join('').split('\n').slice(0, -1).map((line) => line.slice(-1).charCodeAt(0) - 97);
  assert.ok(letters.length > 1000 && letters.every((letter, i) => letter === (3000 - letters.length + i) % 26));
  assert.equal((await monitor.exited).logLostLines, 0);
});

test('a renamed file never takes the place of one that is there', async () => {
  const directory = node.path('taken');
  await mkdir(directory);
  const logPath = `${directory}/0.log`;
  const begun = Date.now();
  const taken = Array.from({ length: TAKEN_SECONDS }, (_, n) => `${logPath}.${new Date(begun + n * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`);
  await Promise.all(taken.map((path) => writeFile(path, 'not ours')));
  await using monitor = await node.run(['lines', '3000', '99'], { id: 'taken', spec: { logPath, containerLog: { ...NO_LIMITS, sizeMaxBytes: 100_000, filesMax: 1000 } } });
  await monitor.exited;
  assert.ok((await readdir(directory)).some((name) => name.endsWith('-01')));
  for (const path of taken) assert.equal(await readFile(path, 'utf8'), 'not ours', path);
});

test('a log that cannot be renamed goes on', async () => {
  const directory = node.path('fixed');
  await mkdir(directory);
  mount('tmpfs', directory, 'tmpfs', 0, 'size=8m');
  try {
    const logPath = `${directory}/0.log`;
    await writeFile(logPath, '');
    mount(logPath, logPath, '', MS.BIND);
    await using monitor = await node.run(['lines', '3000', '99'], { id: 'fixed', spec: { logPath, containerLog: { ...NO_LIMITS, sizeMaxBytes: 10_000, filesMax: 3 } } });
    assert.equal((await monitor.exited).logLostLines, 0);
    assert.equal((await readFile(logPath, 'utf8')).split('\n').length, 3001);
  } finally {
    umount(directory, MNT_DETACH);
  }
});

for (const [name, limits] of Object.entries({ lines: { linesPerSecond: 100 }, bytes: { bytesPerSecond: 10_000 } })) {
  test(`more ${name} than a second's share are dropped, counted, and told in the log`, async () => {
    await using monitor = await node.run(['lines', '5000', '99', 'wait-file', '/tmp/go', 'out', 'later\\n'], { id: `rate-${name}`, spec: { containerLog: { ...NO_LIMITS, ...limits } } });
    const signal = deadline();
    while ((await monitor.status({ signal })).stdoutBytes < 500_000) await new Promise((resolve) => setTimeout(resolve, 5));
    // A share anew, from when the monitor has seen all of it.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await writeFile(node.path(`bundles/rate-${name}/rootfs/tmp/go`), '');
    const record = await monitor.exited;
    const lines = (await node.log(`rate-${name}`)).map((l) => l.content);
    assert.equal(lines.at(-1), 'later');
    const told = lines.filter((line) => line.startsWith('[davit: '));
    assert.match(told.at(-1) ?? '', /^\[davit: \d+ log lines, \d+ bytes lost: more than the log's rate\]$/);
    const kept = lines.length - told.length - 1;
    assert.ok(kept >= 100 && kept < 5000, `${kept} lines`);
    assert.equal(record.logLostLines, 5000 - kept);
    assert.equal(told.reduce((sum, line) => sum + Number(/\d+/.exec(line)?.[0]), 0), 5000 - kept);
    const status = await monitor.status({ signal: deadline() });
    assert.deepEqual([status.logLimitedLines, status.logLimitedBytes], [5000 - kept, (5000 - kept) * 99]);
  });
}

test('the exit record is written though its disk is full', async () => {
  const disk = node.path('record-disk');
  await mkdir(disk);
  mount('tmpfs', disk, 'tmpfs', 0, 'size=16k');
  try {
    await using monitor = await node.create(['exit', '8'], { id: 'squeezed', spec: { exitRecordPath: `${disk}/exit` } });
    await assert.rejects(writeFile(`${disk}/filler`, Buffer.alloc(1 << 20)), { code: 'ENOSPC' });
    await monitor.start({ signal: deadline() });
    assert.equal((await monitor.exited).exitCode, 8);
    assert.equal((await node.monitors.readExitRecord(`${disk}/exit`))?.exitCode, 8);
  } finally {
    umount(disk, MNT_DETACH);
  }
});

test('somebody who keeps the output open does not hold back the end', async () => {
  await using monitor = await node.run(['fork-sleep', '600000', 'out', 'bye\\n', 'exit', '1'], { id: 'held', namespaces: [{ type: 'mount' }, { type: 'uts' }, { type: 'network' }] });
  assert.equal((await monitor.exited).exitCode, 1);
  assert.deepEqual(await node.logText('held'), ['stdout F bye']);
});

test('a process that is not root can open /dev/stdout anew', async () => {
  await using asked = await node.run(['ids', 'reopen', 'out', 'again\\n'], { id: 'nonroot', uid: 1000 });
  assert.equal((await asked.exited).exitCode, 0);
  assert.deepEqual(await node.logText('nonroot'), ['stdout F 1000 1000', 'stdout F again']);
  // Nor does it matter that the runtime gave the pipe to another user.
  await using changed = await node.run(['become', '1001', 'ids', 'reopen', 'out', 'again\\n'], { id: 'changed' });
  assert.equal((await changed.exited).exitCode, 0);
  assert.deepEqual(await node.logText('changed'), ['stdout F 1001 0', 'stdout F again']);
});

test('a terminal\'s output is logged as stdout, with its carriage returns', async () => {
  await using monitor = await node.create(['size', 'err', 'both\\n'], { id: 'tty', terminal: true });
  await monitor.resize({ rows: 40, columns: 120 }, { signal: deadline() });
  await monitor.start({ signal: deadline() });
  assert.equal((await monitor.exited).exitCode, 0);
  assert.deepEqual(await node.logText('tty'), ['stdout F 40 120\r', 'stdout F both\r']);
});

test('without a log path output is read and dropped', async () => {
  await using monitor = await node.run(['lines', '5000', '99', 'exit', '0'], { id: 'quiet', spec: { logPath: '' } });
  assert.equal((await monitor.exited).exitCode, 0);
});

/** Of a file's last page on a tmpfs. */
function roomInPage(text: string): number {
  return (PAGE_BYTES - text.length % PAGE_BYTES) % PAGE_BYTES;
}

async function holds(path: string, word: string): Promise<void> {
  const signal = deadline();
  while (!(await readFile(path, 'utf8').catch(() => '')).includes(`${word}\n`) && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
}
