/** Registries that misbehave, through the socket: each fault ends in an image or in a clear error, and the daemon's memory does not grow with what they send. */
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { buildImage, buildLayer } from '../fixtures/images/index.ts';
import type { BuiltImage } from '../fixtures/images/index.ts';
import { createRegistry } from '../fixtures/registry/index.ts';
import type { FaultAction, FaultTarget, Registry } from '../fixtures/registry/index.ts';
import { eventually, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';

const HOST = 'faulty.example.com';
const NAME = `${HOST}/app:1`;
const LAYER_BYTES = 72 * 1024 * 1024;
/** Above what the daemon takes at rest: compiled code, connections and buffers of a pull. A body that is kept in memory is larger. */
const MAX_GROWTH_BYTES = 64 * 1024 * 1024;
const CONFIG = '[crio.image]\npull_progress_timeout = "2s"\npull_answer_timeout = "2s"\npull_connect_timeout = "2s"\npull_resume_after = "0s"\npull_min_rate = 65536\npull_min_rate_window = "2s"\npull_ranges_size = "16MiB"\n';

let directory: string;
let registry: Registry;
let mirror: Registry;
let node: TestNode;
let image: BuiltImage;
let layer: string;
/** Of the daemon, before its first pull. */
let restBytes: number;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-faults-'));
  registry = await createRegistry({ directory, port: 0 });
  mirror = await createRegistry({ directory, port: 0 });
  node = await startNode({ mirrors: { [HOST]: registry.address }, config: CONFIG });
  const layers = [await buildLayer(registry.store, [{ path: 'big', type: 'file', data: Buffer.alloc(LAYER_BYTES, 'davit test data ') }], { compression: 'plain' })];
  image = await buildImage(registry.store, `${HOST}/app`, '1', { layers });
  layer = layers[0]?.descriptor.digest ?? '';
  restBytes = memoryBytes('VmRSS');
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.use(registry);
  undo.use(mirror);
  undo.use(node);
});
beforeEach(async () => {
  for (const r of [registry, mirror]) { r.faults.clear(); r.requests.length = 0; }
  await remove();
});

const pull = (timeoutMs?: number): Promise<{ imageRef: string }> => node.davit.client.call('PullImage', { image: { image: NAME } }, timeoutMs === undefined ? {} : { timeoutMs });
const remove = async (): Promise<void> => { await node.davit.client.call('RemoveImage', { image: { image: image.imageId } }); };
const isLayer = (t: FaultTarget): boolean => t.reference === layer;
const CUT: FaultAction = { do: 'cut', afterBytes: 40_000_000 };
const isManifest = (t: FaultTarget): boolean => t.kind === 'manifest';
const memoryBytes = (field: 'VmRSS' | 'VmHWM'): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${node.davit.pid()}/status`, 'utf8'))?.[1] ?? NaN) * 1024;

/** The most memory that the daemon had while `work` ran, as the kernel saw it. */
async function peakDuring(work: () => Promise<unknown>): Promise<number> {
  // Makes the peak (VmHWM) what it is now: proc(5).
  writeFileSync(`/proc/${node.davit.pid()}/clear_refs`, '5');
  await work();
  return memoryBytes('VmHWM');
}

interface Faulty { readonly name: string; readonly when: (t: FaultTarget) => boolean; readonly error?: RegExp }

/** What passes: each hits one request, in this order. */
const ONCE: readonly (Faulty & { actions: () => readonly FaultAction[] })[] = [
  { name: 'a body that is cut', when: isLayer, actions: () => [CUT] },
  { name: 'a body that is cut, then a server without ranges', when: isLayer, actions: () => [CUT, { do: 'ignore-range' }] },
  { name: 'a body that is cut, then another range than the one asked for', when: isLayer, actions: () => [CUT, { do: 'wrong-range', shift: 4096 }] },
  { name: 'a body that stalls', when: isLayer, actions: () => [{ do: 'hang-body', afterBytes: 40_000_000 }] },
  { name: 'a body that trickles', when: isLayer, actions: () => [{ do: 'trickle', chunkBytes: 10, everyMs: 10, fromByte: 40_000_000 }] },
  { name: '429 by seconds', when: isManifest, actions: () => [{ do: 'status', status: 429, headers: { 'retry-after': '1' } }] },
  { name: '429 by date', when: isLayer, actions: () => [{ do: 'status', status: 429, headers: { 'retry-after': new Date(Date.now() + 1000).toUTCString() } }] },
  { name: '503 by seconds', when: isLayer, actions: () => [{ do: 'status', status: 503, headers: { 'retry-after': '1' } }] },
  { name: 'a redirect to another host', when: isLayer, actions: () => [{ do: 'redirect', to: `http://${mirror.address}` }] },
];
/** What does not. */
const ALWAYS: readonly (Faulty & { action: FaultAction; error: RegExp })[] = [
  { name: 'wrong bytes', when: isLayer, action: { do: 'corrupt', atByte: 60_000_000 }, error: /digest/ },
  { name: 'a body that is too long', when: isLayer, action: { do: 'resize', by: 20_000_000, withoutLength: true }, error: /longer than the \d+ bytes/ },
  { name: 'a body that is too short', when: isLayer, action: { do: 'resize', by: -1_000_000 }, error: /sends \d+ bytes where the manifest says/ },
  { name: 'a body compressed on the way', when: isLayer, action: { do: 'gzip-encoding' }, error: /encoded as gzip/ },
  { name: 'a layer without end', when: isLayer, action: { do: 'endless' }, error: /checksum|longer than the \d+ bytes/ },
  { name: 'a manifest without end', when: isManifest, action: { do: 'endless' }, error: /longer than 4194304 bytes/ },
  { name: 'an error without end', when: isManifest, action: { do: 'status', status: 404, body: 'no '.repeat(20_000_000) }, error: /404/ },
  { name: '401 again and again', when: () => true, action: { do: 'status', status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }, error: /anonymous\): 401/ },
  { name: 'no answer', when: isManifest, action: { do: 'hang' }, error: /RegistryUnavailable: .*no answer after 2000 ms/ },
];

async function memoryStays(work: () => Promise<unknown>): Promise<void> {
  const peak = await peakDuring(work);
  assert.ok(peak < restBytes + MAX_GROWTH_BYTES, `the daemon had ${peak} bytes, ${restBytes} at its start`);
}

for (const { name, when, actions } of ONCE) {
  test(`${name}: the pull goes on, and memory stays`, async () => {
    for (const action of actions()) registry.faults.add({ when, times: 1, action });
    await memoryStays(async () => assert.equal((await pull()).imageRef, image.imageId));
    assert.equal(registry.faults.unused, 0);
  });
}

for (const { name, when, action, error } of ALWAYS) {
  test(`${name}: a clear error, and memory stays`, async () => {
    registry.faults.add({ when, action });
    await memoryStays(() => assert.rejects(pull(), { message: error }));
    await node.assertClean();
    registry.faults.clear();
    assert.equal((await pull()).imageRef, image.imageId);
    assert.deepEqual(await readdir(join(node.davit.root, 'partials')), []);
  });
}

test('a registry that limits each connection: ranges wait in memory, within their limit', async () => {
  registry.faults.add({ when: isLayer, action: { do: 'trickle', chunkBytes: 256 * 1024, everyMs: 40 } });
  await memoryStays(async () => assert.equal((await pull()).imageRef, image.imageId));
  assert.ok(registry.requests.some((r) => isLayer(r) && /^bytes=\d+-\d+$/.test(r.range)));
});

test('a layer of which most had come when the daemon was killed: the next one asks for the rest', async () => {
  registry.faults.add({ when: isLayer, action: { do: 'hang-body', afterBytes: 60_000_000 } });
  const pulling = pull().catch((error: unknown) => error);
  await eventually('most of the layer', async () => {
    const { info } = await node.davit.client.call('Status', { verbose: true });
    return /"bytes":6\d{7}/.test(info['config'] ?? '');
  });
  await node.davit.kill9();
  await pulling;
  registry.faults.clear();
  await node.davit.start();
  assert.equal((await pull()).imageRef, image.imageId);
  const start = Number(/^bytes=(\d+)-/.exec(registry.requests.findLast(isLayer)?.headers.range ?? '')?.[1] ?? 0);
  assert.ok(start >= 55_000_000, `it asked from byte ${start} on`);
  await node.assertClean();
});

/** `host` has this mirror before the registry from now on. */
async function restartWithMirror(host: string, address: string): Promise<void> {
  const drop = join(node.davit.directory, 'registries.conf.d');
  await mkdir(drop, { recursive: true });
  await writeFile(join(drop, `${host}.conf`), `[[registry]]\nprefix = "${host}"\nlocation = "${registry.address}/${HOST}"\ninsecure = true\n[[registry.mirror]]\nlocation = "${address}/${HOST}"\ninsecure = true\n`);
  await node.davit.stop();
  await node.davit.start();
  restBytes = memoryBytes('VmRSS');
}

for (const [what, action] of [['cut', CUT], ['silent', { do: 'hang-body', afterBytes: 40_000_000 }], ['a trickle', { do: 'trickle', chunkBytes: 10, everyMs: 10, fromByte: 40_000_000 }]] as const) {
  test(`a mirror whose body is ${what} in the middle: the registry behind it sends the rest, and memory stays`, async () => {
    await restartWithMirror('half.example.com', mirror.address);
    mirror.faults.add({ when: isLayer, action });
    await memoryStays(async () => assert.equal((await node.davit.client.call('PullImage', { image: { image: 'half.example.com/app:1' } })).imageRef, image.imageId));
    const asked = registry.requests.filter(isLayer).map(({ range }) => Number(/^bytes=(\d+)-/.exec(range)?.[1] ?? 0));
    assert.ok(asked.length > 0 && asked.every((start) => start > 30_000_000), `the registry was asked from ${asked.join()} on`);
  });
}

test('a dead mirror costs one refused connection, and the registry behind it serves the pull', async () => {
  await restartWithMirror('dead.example.com', '127.0.0.1:1');
  const pullHere = (tag: string): Promise<{ imageRef: string }> => node.davit.client.call('PullImage', { image: { image: `dead.example.com/app:${tag}` } });
  await memoryStays(async () => assert.equal((await pullHere('1')).imageRef, image.imageId));
  assert.ok(registry.requests.some(isLayer));
  await assert.rejects(pullHere('none'), { message: /127\.0\.0\.1:1 \(mirror, anonymous\): not asked again \(no answer \d+ s ago: .*ECONNREFUSED.*\); .*404/ });
});
