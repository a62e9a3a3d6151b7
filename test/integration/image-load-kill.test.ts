/** `davit image load` and `save` of large archives: the daemon's memory stays, and whoever is killed in the middle leaves nothing. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { writeTar } from '../fixtures/images/tar-writer.ts';
import type { TarEntry } from '../fixtures/images/tar-writer.ts';
import { eventually, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';
import { processNumbers, sendSignal, statOf } from '../processes.ts';

const NAME = 'large.example.com/app:1';
const MIB = 1024 * 1024;
const WHOLE_BYTES = 192 * MIB;
/** Takes longer to read than a test to look and to kill. */
const ENDLESS_BYTES = 7 * 1024 * MIB;
const MAX_GROWTH_BYTES = 64 * MIB;

let directory: string;
let node: TestNode;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-load-'));
  node = await startNode();
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.use(node);
  await node.davit.client.call('RemoveImage', { image: { image: NAME } });
});

/** A docker archive whose one layer has one file of zeros; takes no room on the disk. @param diffID of the layer, if not its own */
async function sparseArchive(bytes: number, diffID?: string): Promise<string> {
  const path = join(directory, String(bytes));
  const layerHeader = await headerOf('zeros', bytes);
  const layerBytes = layerHeader.length + bytes + 1024;
  const config = JSON.stringify({ os: 'linux', rootfs: { type: 'layers', diff_ids: [diffID ?? digestOfZeros(layerHeader, bytes + 1024)] } });
  const manifest = JSON.stringify([{ Config: 'config.json', RepoTags: [NAME], Layers: ['layer.tar'] }]);
  const front: Buffer[] = [];
  for await (const chunk of writeTar([{ path: 'config.json', type: 'file', data: config }, { path: 'manifest.json', type: 'file', data: manifest }] satisfies TarEntry[])) front.push(chunk);
  // Without the end that writeTar put behind them.
  const start = Buffer.concat([Buffer.concat(front).subarray(0, -1024), await headerOf('layer.tar', layerBytes), layerHeader]);
  await using file = await open(path, 'w');
  await file.write(start);
  await file.truncate(start.length + bytes + 1024 + 1024);
  return path;
}

async function headerOf(path: string, size: number): Promise<Buffer> {
  for await (const header of writeTar([{ path, type: 'file', data: { file: '/dev/null', size } }])) return header;
  return Buffer.alloc(0);
}

function digestOfZeros(header: Buffer, bytes: number): string {
  const hash = createHash('sha256').update(header);
  const zeros = Buffer.alloc(MIB);
  for (let left = bytes; left > 0; left -= MIB) hash.update(zeros.subarray(0, Math.min(left, MIB)));
  return `sha256:${hash.digest('hex')}`;
}

const load = (archive: string): ChildProcessWithoutNullStreams => davitImage('load', archive);

function davitImage(...words: readonly string[]): ChildProcessWithoutNullStreams {
  const { root, runroot, directory: configDirectory } = node.davit;
  const child = spawn(DAVIT, ['image', ...words, `--config=${join(configDirectory, 'davit.conf')}`, '--config-dir=', `--root=${root}`, `--runroot=${runroot}`]);
  child.stdin.on('error', () => undefined);
  return child;
}

const entriesOf = (name: string): Promise<string[]> => readdir(join(node.davit.root, name));
const layerBegun = (): Promise<unknown> => eventually('a layer in staging', async () => (await entriesOf('staging')).length > 0);
const nothingLeft = async (): Promise<void> => {
  const left = async (): Promise<string[]> => [...(await Promise.all(['staging', 'trash', 'layers'].map(entriesOf))).flat(), ...(await entriesOf('.')).filter((name) => name.startsWith('load-'))];
  await eventually('no trace', async () => (await left()).length === 0);
  assert.deepEqual((await node.davit.client.call('ListImages', {})).images, []);
};
const memoryBytes = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${node.davit.pid()}/status`, 'utf8'))?.[1] ?? NaN) * 1024;

for (const input of ['file', 'standard input'] as const) {
  test(`a layer of ${WHOLE_BYTES / MIB} MiB from ${input}: the daemon's memory stays`, async () => {
    const archive = await sparseArchive(WHOLE_BYTES);
    const rest = memoryBytes('VmRSS');
    // Makes the peak (VmHWM) what it is now: proc(5).
    writeFileSync(`/proc/${node.davit.pid()}/clear_refs`, '5');
    const loading = load(input === 'file' ? archive : '-');
    if (input === 'standard input') createReadStream(archive).pipe(loading.stdin);
    const [stderr, [code]] = await Promise.all([text(loading.stderr), once(loading, 'exit') as Promise<[number | null]>]);
    assert.equal(code, 0, stderr);
    assert.ok(memoryBytes('VmHWM') < rest + MAX_GROWTH_BYTES, `the daemon had ${memoryBytes('VmHWM')} bytes, ${rest} before`);
    assert.equal((await node.davit.client.call('ImageStatus', { image: { image: NAME } })).image?.repoTags[0], NAME);
    await node.davit.client.call('RemoveImage', { image: { image: NAME } });
    await nothingLeft();
  });
}

test('a client that is killed in the middle leaves nothing', async () => {
  const loading = load(await sparseArchive(ENDLESS_BYTES, `sha256:${'0'.repeat(64)}`));
  const exited = once(loading, 'exit');
  await layerBegun();
  loading.kill('SIGKILL');
  await exited;
  await nothingLeft();
});

test('a daemon that is killed in the middle leaves nothing to the next one, and the client says so', async () => {
  const loading = load(await sparseArchive(ENDLESS_BYTES, `sha256:${'0'.repeat(64)}`));
  const ended = Promise.all([text(loading.stderr), once(loading, 'exit') as Promise<[number | null]>]);
  await layerBegun();
  await node.davit.kill9();
  const [stderr, [code]] = await ended;
  assert.equal(code, 1);
  assert.match(stderr, /the daemon went away before "image" had ended|ECONNRESET/);
  await node.davit.start();
  await nothingLeft();
});

/** The image of WHOLE_BYTES. */
async function loaded(): Promise<void> {
  const loading = load(await sparseArchive(WHOLE_BYTES));
  const [stderr, [code]] = await Promise.all([text(loading.stderr), once(loading, 'exit') as Promise<[number | null]>]);
  assert.equal(code, 0, stderr);
}

/** Where what becomes `target` is written. */
const halfOf = (target: string): string => join(dirname(target), `.${basename(target)}.davit-half`);

/** A save that is over before its writer was found in the middle is begun anew so often. */
const SAVES = 20;

/** Saves it until the process that writes its layer is found in the middle of that, and stands still there. */
async function savingHalfWay(target: string): Promise<{ readonly client: ChildProcessWithoutNullStreams; readonly writer: number; readonly said: Promise<string> }> {
  const half = join(halfOf(target), 'layer.half');
  for (let save = 0; save < SAVES; save++) {
    const client = davitImage('save', NAME, target);
    const said = text(client.stderr);
    const exited = once(client, 'exit');
    while (client.exitCode === null && client.signalCode === null) {
      const writer = processNumbers().find((pid) => isWritten(pid, half));
      if (writer !== undefined && sendSignal(writer, 'SIGSTOP') && isWritten(writer, half)) return { client, writer, said };
      if (writer !== undefined) sendSignal(writer, 'SIGCONT');
      await new Promise((resolve) => { setTimeout(resolve, 1); });
    }
    await exited;
    // It was faster than this.
    assert.deepEqual([client.exitCode, await said], [0, '']);
    await rm(target, { recursive: true });
  }
  return assert.fail(`nobody was seen to write "${half}" in ${SAVES} saves`);
}

function isWritten(pid: number, path: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === path);
  } catch {
    // It has ended, or closed what it had.
    return false;
  }
}

/** It is whole as before: it can be saved, whatever a save that was killed has left beside `target`, and goes when it is removed. */
async function savesAndGoes(target: string): Promise<void> {
  const client = davitImage('save', NAME, target);
  const [stderr, [code]] = await Promise.all([text(client.stderr), once(client, 'exit') as Promise<[number | null]>]);
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual([existsSync(halfOf(target)), (await readdir(target)).sort()], [false, ['blobs', 'index.json', 'manifest.json', 'oci-layout']]);
  assert.equal((await readdir(join(target, 'blobs/sha256'))).length, 3);
  await rm(target, { recursive: true });
  await node.davit.client.call('RemoveImage', { image: { image: NAME } });
  await nothingLeft();
}

const ended = (pid: number): Promise<unknown> => eventually('the writer has ended', () => 'ZX'.includes(statOf(pid)?.state ?? 'X'));

test('a client that is killed while its image is saved leaves nothing of that', async () => {
  await loaded();
  const target = join(directory, 'killed');
  const { client, writer } = await savingHalfWay(target);
  client.kill('SIGKILL');
  await ended(writer);
  await eventually('what was saved goes', () => !existsSync(halfOf(target)));
  assert.equal(existsSync(target), false);
  await savesAndGoes(target);
});

test('a daemon that is killed while an image is saved leaves no directory of that name, and the next save takes away what it wrote', async () => {
  await loaded();
  const target = join(directory, 'without-daemon');
  const { client, writer } = await savingHalfWay(target);
  const exited = once(client, 'exit');
  // Of two for one place the second is told, and spoils nothing.
  const second = davitImage('save', NAME, target);
  const [words] = await Promise.all([text(second.stderr), once(second, 'exit')]);
  assert.match(words, /make "[^"]*without-daemon" by way of "[^"]*": another davit is writing it/);
  await node.davit.kill9();
  assert.deepEqual(await exited, [1, null]);
  await ended(writer);
  assert.deepEqual([existsSync(target), existsSync(halfOf(target))], [false, true]);
  await node.davit.start();
  await savesAndGoes(target);
});

test('davit image save without a daemon: interrupted it leaves nothing, killed no directory of that name, no process, and the image', async () => {
  await loaded();
  await node.davit.stop();
  const target = join(directory, 'interrupted');
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const { client, writer, said } = await savingHalfWay(target);
    const exited = once(client, 'exit');
    client.kill(signal);
    assert.deepEqual(await exited, signal === 'SIGINT' ? [1, null] : [null, signal]);
    assert.match(await said, signal === 'SIGINT' ? /interrupted by SIGINT/ : /^$/);
    await ended(writer);
    assert.deepEqual([existsSync(target), existsSync(halfOf(target))], [false, signal === 'SIGKILL']);
  }
  await node.davit.start();
  await savesAndGoes(target);
});

test('davit image save writes into no directory that others may write to, and takes away nothing that it did not make', async () => {
  await loaded();
  const target = join(directory, 'foreign');
  const save = async (): Promise<string> => {
    const client = davitImage('save', NAME, target);
    const [stderr, [code]] = await Promise.all([text(client.stderr), once(client, 'exit') as Promise<[number | null]>]);
    assert.equal(code, 1);
    return stderr;
  };
  await mkdir(halfOf(target));
  await chmod(halfOf(target), 0o777);
  assert.match(await save(), /others may write there; expected a directory of our own/);
  await chmod(halfOf(target), 0o755);
  await writeFile(join(halfOf(target), 'mine'), '');
  assert.match(await save(), /"mine" is in there and not davit's/);
  assert.deepEqual([existsSync(target), await readdir(halfOf(target))], [false, ['mine']]);
  await rm(halfOf(target), { recursive: true });
  await savesAndGoes(target);
});
