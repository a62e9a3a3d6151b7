import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { containerConfig, sandboxConfig } from '../config-for-test.ts';
import { blockIoClass } from './classes.ts';
import { wantedBlockIo, wantedClass } from './wanted-class.ts';

let directory = '';
before(async () => { directory = await mkdtemp(join(tmpdir(), 'davit-blockio-')); });
after(() => rm(directory, { recursive: true }));

const asking = (container: Record<string, string>, pod: Record<string, string> = {}): Parameters<typeof wantedClass>[0] => ({ config: containerConfig({ annotations: container }), sandbox: { ...sandboxConfig(), annotations: pod } });

test('wantedClass() takes the container\'s word before the pod\'s', () => {
  const [own, forContainer, forPod] = [{ 'io.kubernetes.cri.blockio-class': 'a' }, { 'blockio.resources.beta.kubernetes.io/container.container': 'b' }, { 'blockio.resources.beta.kubernetes.io/pod': 'c' }];
  const of = (...args: Parameters<typeof asking>): string | undefined => wantedClass(asking(...args), 'blockio');
  assert.deepEqual([of(own, { ...forContainer, ...forPod }), of({}, { ...forContainer, ...forPod }), of({}, forPod), of({}), of({ 'io.kubernetes.cri.blockio-class': '' }, forPod)], ['a', 'b', 'c', undefined, undefined]);
});

test('wantedBlockIo() reads the class from the node\'s file, each time anew', async () => {
  const file = join(directory, 'blockio.yaml');
  const wanted = asking({ 'io.kubernetes.cri.blockio-class': 'slow' });
  await writeFile(file, 'Classes:\n  slow:\n  - Weight: 80\n');
  assert.deepEqual(await wantedBlockIo(wanted, file), { weight: 80 });
  await writeFile(file, 'Classes:\n  slow:\n  - Weight: 90\n');
  assert.deepEqual(await wantedBlockIo(wanted, file), { weight: 90 });
  assert.equal(await wantedBlockIo(asking({}), '/no/such'), undefined);
});

test('wantedBlockIo() says what is missing, and that there is no RDT', async () => {
  const wanted = asking({ 'io.kubernetes.cri.blockio-class': 'fast' });
  await assert.rejects(wantedBlockIo(wanted, ''), { code: 'FailedPrecondition', message: /class 'fast': blockio_config_file is not set/ });
  await assert.rejects(wantedBlockIo(wanted, '/no/such'), { code: 'FailedPrecondition', message: /'\/no\/such': ENOENT/ });
  const file = join(directory, 'empty.json');
  await writeFile(file, '{"Classes":{}}');
  await assert.rejects(wantedBlockIo(wanted, file), { code: 'FailedPrecondition', message: /has no such class/ });
  await assert.rejects(wantedBlockIo(asking({}, { 'rdt.resources.beta.kubernetes.io/pod': 'gold' }), file), { code: 'Unimplemented', message: /RDT class 'gold'/ });
});

test('blockIoClass() sorts limits by device, and passes over what is no block device', async () => {
  const data = { Classes: { mixed: [{ Weight: 100 }, { Devices: ['/dev/null', '/no/such*'], Weight: 20, ThrottleReadBps: '60M', ThrottleWriteIOPS: '10k' }] } };
  assert.deepEqual(await blockIoClass(data, 'mixed'), { weight: 100, weightDevice: [], throttleReadBpsDevice: [], throttleWriteIOPSDevice: [] });
  assert.equal(await blockIoClass(data, 'constructor'), undefined);
});

const wrong: [name: string, parameters: object, message: RegExp][] = [
  ['a weight beyond the kernel\'s', { Weight: 5 }, /Weight: 5 must be between 10 and 1000/], ['a rate that is none', { ThrottleReadBps: 'fast' }, /ThrottleReadBps: "fast"/],
  ['a unit of nobody', { ThrottleReadBps: '10X' }, /"10X"/], ['devices that are no list', { Devices: '/dev/sda' }, /Devices: must be a list/],
];
for (const [name, parameters, message] of wrong) test(`blockIoClass() refuses ${name}`, () => assert.rejects(blockIoClass({ Classes: { c: [parameters] } }, 'c'), message));
