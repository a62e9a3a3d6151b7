import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Spec } from '../spec/types.ts';
import { withCdiDevices } from './apply-edits.ts';
import { wantedDevices } from './find-devices.ts';
import { parseSpecification } from './specification.ts';

let directory = '';
before(async () => { directory = await mkdtemp(join(tmpdir(), 'davit-cdi-')); });
after(() => rm(directory, { recursive: true }));

const SPEC: Spec = {
  ociVersion: '1.0.2', process: { user: { uid: 7, gid: 8, additionalGids: [8] }, args: ['x'], env: ['PATH=/bin', 'A=old'], cwd: '/' }, root: { path: '/r' },
  mounts: [{ destination: '/etc/hosts', type: 'bind', source: '/h', options: ['bind'] }, { destination: '/replaced', type: 'tmpfs', source: 'x', options: [] }],
  linux: { namespaces: [], cgroupsPath: '/c', resources: { devices: [{ allow: false, access: 'rwm' }] }, maskedPaths: [], readonlyPaths: [] },
};
const NULL = { path: '/dev/vendor0', hostPath: '/dev/null' };
const vendor = (devices: object[], containerEdits: object = {}): object => ({ cdiVersion: '0.6.0', kind: 'vendor.com/gpu', devices, containerEdits });

/** Directories with one file each. */
async function inDirectories(t: string, ...contents: (object | string)[]): Promise<string[]> {
  return Promise.all(contents.map(async (content, i) => {
    const path = join(directory, t, String(i));
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'vendor.json'), typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }));
}
const inject = (directories: string[], ...cdiDevices: string[]): Promise<Spec> => withCdiDevices(SPEC, { cdiDevices, annotations: {} }, directories);

test('withCdiDevices() leaves the spec of a container without devices alone, and reads nothing', async () => {
  assert.equal(await withCdiDevices(SPEC, { cdiDevices: [], annotations: { other: 'x' } }, ['/dev/null/no']), SPEC);
});

test('withCdiDevices() makes every kind of edit, those of the specification once', async () => {
  const directories = await inDirectories('edits', vendor([
    { name: '0', containerEdits: { env: ['A=new', 'DEVICE=0'], deviceNodes: [NULL], additionalGids: [8, 44, 0] } },
    { name: '1', containerEdits: { env: ['DEVICE=1'], deviceNodes: [{ path: '/dev/made', type: 'b', major: 7, minor: 9, fileMode: 0o600, uid: 1, gid: 2, permissions: 'r' }], mounts: [{ hostPath: '/lib/deep', containerPath: '/a/b/c' }] } },
  ], {
    env: ['VENDOR=yes'], mounts: [{ hostPath: '/lib/v', containerPath: '/replaced', options: ['ro', 'nosuid', 'bind'] }, { hostPath: 'tmpfs', containerPath: '/t', type: 'tmpfs', options: ['size=1k'] }],
    hooks: [{ hookName: 'createRuntime', path: '/bin/hook', args: ['hook', 'x'], env: ['E=1'], timeout: 3 }],
  }));
  const { process, mounts, hooks, linux } = await inject(directories, 'vendor.com/gpu=1', 'vendor.com/gpu=0', 'vendor.com/gpu=1');
  assert.deepEqual(process.env, ['PATH=/bin', 'A=new', 'VENDOR=yes', 'DEVICE=0']);
  assert.deepEqual(process.user.additionalGids, [8, 44]);
  assert.deepEqual(mounts.map((m) => `${m.destination} ${m.type} ${m.source} ${m.options.join()}`), ['/etc/hosts bind /h bind', '/replaced bind /lib/v ro,nosuid,bind', '/t tmpfs tmpfs size=1k', '/a/b/c bind /lib/deep rbind']);
  assert.deepEqual(hooks, { createRuntime: [{ path: '/bin/hook', args: ['hook', 'x'], env: ['E=1'], timeout: 3 }] });
  assert.deepEqual(linux.devices, [
    { path: '/dev/made', type: 'b', major: 7, minor: 9, fileMode: 0o600, uid: 1, gid: 2 }, { path: '/dev/vendor0', type: 'c', major: 1, minor: 3, fileMode: 0o666, uid: 7, gid: 8 },
  ]);
  assert.deepEqual(linux.resources.devices, [{ allow: false, access: 'rwm' }, { allow: true, type: 'b', major: 7, minor: 9, access: 'r' }, { allow: true, type: 'c', major: 1, minor: 3, access: 'rwm' }]);
});

test('withCdiDevices() takes a device from the directory of the highest priority', async () => {
  const directories = await inDirectories('priority', vendor([{ name: '0', containerEdits: { env: ['FROM=first'] } }]), vendor([{ name: '0', containerEdits: { env: ['FROM=second'] } }]));
  assert.ok((await inject(directories, 'vendor.com/gpu=0')).process.env.includes('FROM=second'));
  assert.ok((await inject([...directories].reverse(), 'vendor.com/gpu=0')).process.env.includes('FROM=first'));
});

test('withCdiDevices() refuses what is nowhere, twice in one directory, or not readable, and names the files', async () => {
  const [one = ''] = await inDirectories('refused', vendor([{ name: '0', containerEdits: {} }]));
  await assert.rejects(inject([one, '/no/such'], 'vendor.com/gpu=1'), { code: 'FailedPrecondition', message: 'CDI device \'vendor.com/gpu=1\': no specification on this node has it' });
  await writeFile(join(one, 'again.json'), JSON.stringify(vendor([{ name: '0', containerEdits: {} }])));
  await assert.rejects(inject([one], 'vendor.com/gpu=0'), { code: 'FailedPrecondition', message: /both '.*again.json' and '.*vendor.json' have it/ });
  await writeFile(join(one, 'wrong.yaml'), 'cdiVersion: 0.6.0\nkind: vendor\n');
  await writeFile(join(one, 'giant.json'), '');
  await truncate(join(one, 'giant.json'), 5 * 1024 * 1024);
  await assert.rejects(inject([one], 'vendor.com/gpu=1'), /not readable: '.*giant.json': must be a regular file of at most 4194304 bytes; '.*wrong.yaml': kind: "vendor" must be/);
  await assert.rejects(inject(await inDirectories('no-device', vendor([{ name: '0', containerEdits: { deviceNodes: [{ path: '/dev/x', hostPath: '/etc/passwd' }] } }])), 'vendor.com/gpu=0'), { code: 'FailedPrecondition', message: /'\/dev\/x': '\/etc\/passwd' is no device/ });
});

test('withCdiDevices() reads YAML, as nvidia-ctk writes it', async () => {
  const path = join(directory, 'yaml');
  await mkdir(path);
  await writeFile(join(path, 'nvidia.yaml'), `---
cdiVersion: 0.5.0
kind: nvidia.com/gpu
devices:
- name: "0"
  containerEdits:
    deviceNodes:
    - path: /dev/nvidia0
      hostPath: /dev/null
containerEdits:
  env:
  - NVIDIA_VISIBLE_DEVICES=void
  hooks:
  - hookName: createContainer
    path: /usr/bin/nvidia-cdi-hook
    args:
    - nvidia-cdi-hook
    - update-ldcache
`);
  const spec = await inject([path], 'nvidia.com/gpu=0');
  assert.ok(spec.process.env.includes('NVIDIA_VISIBLE_DEVICES=void'));
  assert.deepEqual([spec.linux.devices?.[0]?.path, spec.hooks?.createContainer?.[0]?.args], ['/dev/nvidia0', ['nvidia-cdi-hook', 'update-ldcache']]);
});

test('withCdiDevices() does not unfold a YAML file without end', async () => {
  const path = join(directory, 'bomb');
  await mkdir(path);
  const lines = Array.from({ length: 30 }, (_, i) => `l${i}: &l${i} [${i === 0 ? 'x' : Array.from({ length: 9 }, () => `*l${i - 1}`).join(', ')}]`);
  await writeFile(join(path, 'bomb.yaml'), lines.join('\n'));
  await assert.rejects(inject([path], 'nvidia.com/gpu=0'), /bomb.yaml': Excessive alias count/);
});

test('wantedDevices() are those of the field and of device plugins\' annotations', () => {
  assert.deepEqual(wantedDevices({ cdiDevices: ['v.com/c=a'], annotations: { 'cdi.k8s.io/plugin': 'v.com/c=b,v.com/c=a', 'other/cdi.k8s.io/': 'x' } }), ['v.com/c=a', 'v.com/c=b']);
  for (const name of ['v.com/c', 'c=a', 'v.com/c=', 'v.com/c=a b', 'a/b/c=d']) assert.throws(() => wantedDevices({ cdiDevices: [name], annotations: {} }), { code: 'InvalidArgument', message: /vendor.com\/class=device/ }, name);
});

const wrong: [name: string, json: unknown, message: RegExp][] = [
  ['no object', [], /the specification: must be an object/], ['no version', { kind: 'v.com/c' }, /^Error: cdiVersion/], ['a kind without class', { cdiVersion: '1', kind: 'vendor' }, /kind: "vendor"/],
  ['a device without a name', { cdiVersion: '1', kind: 'v.com/c', devices: [{}] }, /devices\[0\].name/],
  ['no variable', vendor([], { env: ['NOTHING'] }), /containerEdits.env: "NOTHING"/], ['a relative device', vendor([], { deviceNodes: [{ path: 'x' }] }), /deviceNodes\[0\].path/],
  ['a type of the future', vendor([], { deviceNodes: [{ path: '/x', type: 'z' }] }), /type: "z"/], ['strange permissions', vendor([], { deviceNodes: [{ path: '/x', permissions: 'x' }] }), /permissions: "x"/],
  ['a hook of the future', vendor([], { hooks: [{ hookName: 'later', path: '/x' }] }), /hookName: "later"/], ['what davit does not do', vendor([], { netDevices: [] }), /netDevices: davit does not/],
];
for (const [name, json, message] of wrong) test(`parseSpecification() refuses ${name}`, () => assert.throws(() => parseSpecification(json), message));
