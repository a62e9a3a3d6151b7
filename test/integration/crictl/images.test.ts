/** A person's crictl session: the runtime itself and images. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, NGINX_IMAGE, useNode } from '../../harness/index.ts';

const node = useNode();
const crictl = (): ReturnType<typeof node>['davit']['crictl'] => node().davit.crictl;

interface ListedImage { readonly id: string; readonly repoTags: string[]; readonly repoDigests: string[]; readonly size: string; readonly username: string; readonly pinned: boolean }

async function images(...args: readonly string[]): Promise<ListedImage[]> {
  return (await crictl().json('images', '-o', 'json', ...args))['images'] as ListedImage[];
}

test('crictl version names davit and CRI v1', async () => {
  const text = await crictl().ok('version');
  assert.match(text, /^RuntimeName: +davit$/m);
  assert.match(text, /^RuntimeVersion: +\d+\.\d+\.\d+/m);
  assert.match(text, /^RuntimeApiVersion: +v1$/m);
});

test('crictl info shows both conditions true, handlers and configuration', async () => {
  const info = await crictl().json('info');
  const { conditions } = info['status'] as { conditions: { type: string; status: boolean }[] };
  assert.deepEqual(conditions.filter((c) => /Ready$/.test(c.type)).map((c) => [c.type, c.status]).sort(), [['NetworkReady', true], ['RuntimeReady', true]]);
  const handlers = (info['runtimeHandlers'] as { name?: string }[]).map((h) => h.name ?? '');
  for (const name of ['', 'crun', 'runc']) assert.ok(handlers.includes(name), `handler "${name}" in ${JSON.stringify(handlers)}`);
});

test('crictl runtime-config names the cgroup driver', async () => {
  assert.match(await crictl().ok('runtime-config'), /cgroup driver: +(SYSTEMD|CGROUPFS)/i);
});

test('crictl pull pulls by tag, again without work, and by digest', async () => {
  const first = await crictl().ok('pull', BUSYBOX_IMAGE);
  assert.match(first, /^Image is up to date for sha256:[0-9a-f]{64}$/);
  assert.equal(await crictl().ok('pull', BUSYBOX_IMAGE), first);
  const [digest = ''] = (await images(BUSYBOX_IMAGE))[0]?.repoDigests ?? [];
  assert.match(digest, /^registry\.k8s\.io\/e2e-test-images\/busybox@sha256:[0-9a-f]{64}$/);
  assert.equal(await crictl().ok('pull', digest), first);
});

test('crictl pull completes a short name', async () => {
  assert.match(await crictl().ok('pull', 'busybox'), /^Image is up to date for sha256:/);
  assert.deepEqual((await images('busybox')).map((image) => image.repoTags.includes('docker.io/library/busybox:latest')), [true]);
});

test('crictl pull says what it cannot find, and leaves nothing', async () => {
  const before = await images();
  const { exitCode, stderr } = await crictl().run('pull', 'registry.k8s.io/e2e-test-images/no-such-image:1');
  assert.notEqual(exitCode, 0);
  assert.match(stderr, /no-such-image/);
  assert.match(stderr, /NotFound|not found/i);
  assert.deepEqual(await images(), before);
});

test('crictl images lists what was pulled, whole or filtered', async () => {
  await crictl().ok('pull', BUSYBOX_IMAGE);
  await crictl().ok('pull', NGINX_IMAGE);
  const [nginx] = await images(NGINX_IMAGE);
  assert.ok(nginx);
  assert.deepEqual(nginx.repoTags, [NGINX_IMAGE]);
  assert.ok(Number(nginx.size) > 100_000);
  assert.equal((await images()).length >= 2, true);
  assert.match(await crictl().ok('images'), /^registry\.k8s\.io\/e2e-test-images\/nginx +1\.14-2 +[0-9a-f]{13} +[\d.]+MB$/m);
  assert.match(await crictl().ok('images', '-q'), /^sha256:[0-9a-f]{64}$/m);
});

test('crictl imagefsinfo shows use that grows with a pull', async () => {
  await crictl().run('rmi', NGINX_IMAGE);
  const used = async (): Promise<number> => {
    const info = await crictl().json('imagefsinfo', '-o', 'json') as { status: { imageFilesystems: { usedBytes: { value: string }; fsId: { mountpoint: string }; timestamp: string }[] } };
    const [fs] = info.status.imageFilesystems;
    assert.ok(fs);
    assert.ok(fs.fsId.mountpoint.startsWith('/'));
    assert.ok(BigInt(fs.timestamp) > 0n);
    return Number(fs.usedBytes.value);
  };
  const before = await used();
  await crictl().ok('pull', NGINX_IMAGE);
  assert.ok(await used() > before);
});

test('crictl inspecti shows configuration, by name and by short id', async () => {
  await crictl().ok('pull', NGINX_IMAGE);
  const inspected = await crictl().json('inspecti', NGINX_IMAGE) as { status: ListedImage; info: { imageSpec: { config: { Cmd: string[] } } } };
  assert.deepEqual(inspected.status.repoTags, [NGINX_IMAGE]);
  assert.deepEqual(inspected.info.imageSpec.config.Cmd, ['nginx', '-g', 'daemon off;']);
  const short = inspected.status.id.slice('sha256:'.length, 'sha256:'.length + 12);
  assert.deepEqual((await crictl().json('inspecti', short) as { status: ListedImage }).status, inspected.status);
});

test('crictl inspecti fails for an image that is not there', async () => {
  const { exitCode, stderr } = await crictl().run('inspecti', 'registry.k8s.io/nobody:1');
  assert.notEqual(exitCode, 0);
  assert.match(stderr, /no such image/);
});

test('crictl rmi removes every name of an image', async () => {
  const tags = [1, 2, 3].map((n) => `gcr.io/k8s-staging-cri-tools/test-image-tags:${n}`);
  for (const tag of tags) await crictl().ok('pull', tag);
  const named = async (): Promise<ListedImage[]> => (await images()).filter((i) => i.repoTags.some((tag) => tags.includes(tag)));
  const [image, other] = await named();
  assert.equal(other, undefined);
  assert.deepEqual([...image?.repoTags ?? []].sort(), tags);
  const removed = await crictl().run('rmi', image?.id ?? '');
  assert.equal(removed.exitCode, 0, removed.stderr);
  for (const tag of tags) assert.match(removed.stdout, new RegExp(`^Deleted: ${tag}$`, 'm'));
  assert.deepEqual(await named(), []);
});

test('crictl rmi by short id, and of every image', async () => {
  await crictl().ok('pull', BUSYBOX_IMAGE);
  const [image] = await images(BUSYBOX_IMAGE);
  assert.equal((await crictl().run('rmi', image?.id.slice('sha256:'.length, 'sha256:'.length + 13) ?? '')).exitCode, 0);
  assert.deepEqual(await images(BUSYBOX_IMAGE), []);
  await crictl().ok('pull', NGINX_IMAGE);
  assert.equal((await crictl().run('rmi', '-a')).exitCode, 0);
  assert.deepEqual(await images(), []);
});
