/** `davit image load` of large archives: the daemon's memory stays, and whoever is killed in the middle leaves nothing. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { writeTar } from '../fixtures/images/tar-writer.ts';
import type { TarEntry } from '../fixtures/images/tar-writer.ts';
import { eventually, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

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

function load(archive: string): ChildProcessWithoutNullStreams {
  const { root, runroot, directory: configDirectory } = node.davit;
  const child = spawn(DAVIT, ['image', 'load', archive, `--config=${join(configDirectory, 'davit.conf')}`, '--config-dir=', `--root=${root}`, `--runroot=${runroot}`]);
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
