import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { NotFoundError } from '#errors';
import type { ProcessRunner, RunResult, RunSpec } from '#linux';
import { createLogger } from '#log';
import type { SecurityProfile } from '../config.ts';
import { noResources } from '../config-for-test.ts';
import type { HandlerConfig, HandlerIdentity } from './handler.ts';
import { byVersion, onKernel, parseFeatures, parseVersion, probeRuntime } from './probe.ts';
import { createRuntimes, type Runtimes } from './runtimes.ts';

const soon = { signal: AbortSignal.timeout(120_000) };
const host = { cgroupKind: 'hybrid', controllers: new Set<string>(), swapAccounting: true } as const;

interface Bench { readonly directory: string; readonly runtimes: Runtimes; readonly runs: RunSpec[]; readonly log: string[]; readonly binary: string }

/** A handler table with one binary that answers as told. */
async function bench(t: { after(f: () => Promise<void>): void }, answer: (command: string, spec: RunSpec) => Partial<RunResult>, more: Partial<HandlerConfig> = {}, cgroupManager: 'cgroupfs' | 'systemd' = 'cgroupfs'): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-rt-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const binary = join(directory, 'runtime');
  await writeFile(binary, '');
  await chmod(binary, 0o755);
  const runs: RunSpec[] = [];
  const log: string[] = [];
  const runner: ProcessRunner = {
    run: async (spec) => {
      runs.push(spec);
      if (spec.file === process.execPath) await writeFile(spec.args.at(-1) ?? '', Buffer.alloc(8));
      else if (spec.file !== binary) throw new NotFoundError(`run: cannot execute '${spec.file}'`);
      const command = spec.args.find((a) => ['--version', 'features', 'delete', 'state', 'update'].includes(a)) ?? '';
      const given = command === '--version' ? { stdout: Buffer.from('crun version 1.8.1\n') } : command === 'features' ? { exitCode: 1 } : answer(command, spec);
      return { exitCode: 0, signal: undefined, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), timedOut: false, ...given };
    },
  };
  const runtimes = await createRuntimes({
    handlers: { crun: { path: binary, root: join(directory, 'state'), type: 'oci', ...more }, gone: { path: join(directory, 'gone'), root: join(directory, 'gone-state'), type: 'oci' } },
    defaultHandler: 'crun', cgroupManager, runner, log: createLogger({ level: 'warn', format: 'text', write: (line) => log.push(line) }),
  });
  return { directory, runtimes, runs, log, binary };
}

test('get() knows handlers by name, the default one by \'\', and refuses others by name', async (t) => {
  const { runtimes } = await bench(t, () => ({}));
  assert.equal(runtimes.get(''), runtimes.get('crun'));
  assert.equal(runtimes.get('').handler.version, 'crun 1.8.1');
  assert.throws(() => runtimes.get('kata'), { code: 'InvalidArgument', message: /'kata': not configured, known are 'crun', 'gone'/ });
  assert.deepEqual(runtimes.list().map((h) => [h.name, h.features.seccompProgram]), [['', true], ['crun', true], ['gone', false]]);
});

test('a missing binary is a word in the log at the start, an error at use, and no more once it is there', async (t) => {
  const { runtimes, log, directory } = await bench(t, () => ({}));
  assert.match(log.join(''), /runtime handler does not answer handler=gone/);
  assert.throws(() => runtimes.get('gone'), { code: 'FailedPrecondition', message: /'gone': cannot execute its binary '.*\/gone'/ });
  await writeFile(join(directory, 'gone'), '');
  await chmod(join(directory, 'gone'), 0o755);
  assert.equal(runtimes.get('gone').handler.name, 'gone');
});

test('of() is the configured handler as long as it is the same, and else what made the containers, at its state directory', async (t) => {
  const { runtimes, directory, binary } = await bench(t, () => ({}));
  const [root, other] = [join(directory, 'state'), join(directory, 'other')];
  assert.equal(runtimes.of({ name: 'crun', path: binary, root }), runtimes.get('crun'));
  const pathAndRoot = (identity: HandlerIdentity): [string, string] => { const { path, root: at } = runtimes.of(identity).handler; return [path, at]; };
  assert.deepEqual(pathAndRoot({ name: 'removed', path: binary, root: other }), [binary, other]);
  assert.deepEqual(pathAndRoot({ name: 'crun', path: binary, root: other }), [binary, other]);
  // The package moved the binary: the configuration knows where it is now.
  assert.deepEqual(pathAndRoot({ name: 'crun', path: '/no/such', root }), [binary, root]);
  assert.throws(() => runtimes.of({ name: 'removed', path: '/no/such', root }), { code: 'FailedPrecondition', message: /'removed': cannot execute its binary '\/no\/such'/ });
});

test('createRuntimes() refuses a default that is no handler', async () => {
  await assert.rejects(createRuntimes({ handlers: {}, defaultHandler: 'crun', cgroupManager: 'cgroupfs', runner: { run: () => Promise.reject(new Error('unused')) }, log: createLogger({ level: 'error', format: 'text', write: () => undefined }) }), { code: 'InvalidArgument' });
});

test('globalArgs() name the state directory and systemd', async (t) => {
  const { runtimes, directory } = await bench(t, () => ({}));
  assert.deepEqual(runtimes.get('').globalArgs(), ['--root', join(directory, 'state')]);
  const systemd = await bench(t, () => ({}), {}, 'systemd');
  assert.deepEqual(systemd.runtimes.get('').globalArgs(), ['--root', join(systemd.directory, 'state'), '--systemd-cgroup']);
});

test('delete() succeeds for a container that the runtime has no state of, and else gives its text', async (t) => {
  const { runtimes, directory } = await bench(t, () => ({ exitCode: 1, stderr: Buffer.from('error opening file: No such file\n') }));
  await runtimes.get('').delete('c', soon);
  await mkdir(join(directory, 'state/c'));
  await assert.rejects(runtimes.get('').delete('c', soon), { code: 'FailedPrecondition', message: /delete container 'c' by runtime handler 'crun' \(.*\): error opening file: No such file$/ });
});

test('delete() passes force on and reports a runtime that hangs', async (t) => {
  const { runtimes, runs, directory } = await bench(t, () => ({ exitCode: undefined, signal: 'SIGKILL', timedOut: true }));
  await mkdir(join(directory, 'state/c'));
  await assert.rejects(runtimes.get('').delete('c', { force: true, ...soon }), { code: 'Unavailable', message: /no answer after 30000 ms/ });
  assert.deepEqual(runs.at(-1)?.args.slice(2), ['delete', '--force', 'c']);
});

test('state() parses, is undefined for an unknown container, and refuses what is no state', async (t) => {
  let answer: Partial<RunResult> = { stdout: Buffer.from('{"ociVersion":"1.0.0","id":"c","pid":7,"status":"running","bundle":"/b","annotations":{"a":"b"}}') };
  const { runtimes } = await bench(t, () => answer);
  assert.deepEqual(await runtimes.get('').state('c', soon), { ociVersion: '1.0.0', id: 'c', pid: 7, status: 'running', bundle: '/b', annotations: { a: 'b' } });
  answer = { exitCode: 1 };
  assert.equal(await runtimes.get('').state('c', soon), undefined);
  answer = { stdout: Buffer.from('{}') };
  await assert.rejects(runtimes.get('').state('c', soon), { code: 'Internal' });
});

test('update() hands the limits over in a file that is gone afterwards', async (t) => {
  const { readFileSync, readdirSync } = await import('node:fs');
  let given = '';
  const { runtimes, directory } = await bench(t, (_, spec) => { given = readFileSync(spec.args[4] ?? '', 'utf8'); return { exitCode: 1, stderr: Buffer.from('refused') }; });
  const before = readdirSync(directory);
  await assert.rejects(runtimes.get('').update('c', { ...noResources, cpuShares: 5, memoryLimitInBytes: 10 }, { host, bundle: directory, ...soon }), { code: 'FailedPrecondition', message: /refused/ });
  assert.deepEqual(JSON.parse(given), { cpu: { shares: 5 }, memory: { limit: 10, swap: 10 } });
  assert.deepEqual(readdirSync(directory), before);
});

test('report() logs each kind once', async (t) => {
  const { runtimes, log } = await bench(t, () => ({}));
  log.length = 0;
  runtimes.get('').report([{ key: 'a', message: 'first' }, { key: 'a', message: 'again' }]);
  runtimes.get('crun').report([{ key: 'a', message: 'again' }, { key: 'b', message: 'second' }]);
  assert.deepEqual(log.map((line) => line.trim().split(' ').at(-1)), ['first', 'second']);
});

test('warmUp() compiles the default profile once', async (t) => {
  const { runtimes, runs } = await bench(t, () => ({}));
  await runtimes.warmUp(soon);
  const choice = await runtimes.get('').seccomp({ profile: { profileType: 'runtimeDefault', localhostRef: '' }, privileged: false, capabilities: ['CAP_CHOWN'] }, soon);
  assert.equal(choice?.annotations['run.oci.seccomp_bpf_data'], 'AAAAAAAAAAA=');
  assert.equal(choice.linux, undefined);
  assert.equal(runs.filter((r) => r.file === process.execPath).length, 1);
});

test('seccomp() is nothing for absent and unconfined profiles and for privileged containers', async (t) => {
  const { runtimes } = await bench(t, () => ({}));
  const seccomp = (profile: SecurityProfile | undefined, privileged = false): Promise<unknown> => runtimes.get('').seccomp({ profile, privileged, capabilities: [] }, soon);
  assert.equal(await seccomp(undefined), undefined);
  assert.equal(await seccomp({ profileType: 'unconfined', localhostRef: '' }), undefined);
  assert.equal(await seccomp({ profileType: 'runtimeDefault', localhostRef: '' }, true), undefined);
  await assert.rejects(seccomp({ profileType: 'localhost', localhostRef: '/no/such' }), { code: 'InvalidArgument' });
});

test('seccomp() takes the configuration\'s files for RuntimeDefault and for privileged containers', async (t) => {
  const seccompProfile = '/no/default.json';
  const { runtimes } = await bench(t, () => ({}), { seccompProfile, privilegedSeccompProfile: '/no/privileged.json' });
  const seccomp = (profile: SecurityProfile | undefined, privileged = false): Promise<unknown> => runtimes.get('').seccomp({ profile, privileged, capabilities: [] }, soon);
  await assert.rejects(seccomp({ profileType: 'runtimeDefault', localhostRef: '' }), { code: 'InvalidArgument', message: /\/no\/default.json/ });
  await assert.rejects(seccomp(undefined, true), { code: 'InvalidArgument', message: /\/no\/privileged.json/ });
  assert.equal(await seccomp(undefined), undefined);
});

test('probeRuntime() says why a runtime gave no version: it hung, or its own words', async () => {
  const answering = (result: Partial<RunResult>): ProcessRunner => ({ run: () => Promise.resolve({ exitCode: 0, signal: undefined, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), timedOut: false, ...result }) });
  await assert.rejects(probeRuntime('/r', answering({ exitCode: undefined, signal: 'SIGKILL', timedOut: true }), soon), { code: 'Unavailable', message: "probe runtime '/r': --version had not ended after 5000 ms" });
  await assert.rejects(probeRuntime('/r', answering({ exitCode: 1, stderr: Buffer.from('no such library\n') }), soon), { code: 'Unavailable', message: "probe runtime '/r': --version gave no version: no such library" });
});

test('parseVersion() and byVersion() tell crun by number', () => {
  assert.equal(parseVersion('no version'), undefined);
  assert.equal(parseVersion('runc version 1.1.5+ds1\ncommit: x\n')?.text, '1.1.5+ds1');
  const features = (text: string): string => Object.entries(byVersion(parseVersion(text) ?? assert.fail())).filter(([, on]) => on as boolean).map(([name]) => name).join();
  assert.equal(features('crun version 0.16'), 'userNamespaces');
  assert.equal(features('crun version 1.8.1'), 'recursiveReadOnlyMounts,userNamespaces,seccompProgram');
  assert.equal(features('crun version 1.14.1'), 'recursiveReadOnlyMounts,userNamespaces,idMappedMounts,seccompProgram');
  assert.equal(features('runc version 1.0.0'), 'userNamespaces,checkpoint');
  assert.equal(features('other version 9.9'), '');
});

test('onKernel() takes away what an old kernel lacks', () => {
  const all = byVersion(parseVersion('crun version 1.14') ?? assert.fail());
  assert.deepEqual(onKernel(all, { release: '6.1.0', userNamespaces: true }), all);
  assert.deepEqual(onKernel(all, { release: '5.4.0', userNamespaces: true }), { ...all, recursiveReadOnlyMounts: false, idMappedMounts: false });
  assert.deepEqual(onKernel(all, { release: '6.1.0', userNamespaces: false }), { ...all, userNamespaces: false });
});

test('parseFeatures() reads what the runtime-spec calls features', () => {
  assert.deepEqual(parseFeatures('{"mountOptions":["ro","rro"],"linux":{"namespaces":["user"],"mountExtensions":{"idmap":{"enabled":true}}}}'), { recursiveReadOnlyMounts: true, userNamespaces: true, idMappedMounts: true });
  assert.deepEqual(parseFeatures('{}'), { recursiveReadOnlyMounts: false, userNamespaces: false, idMappedMounts: false });
  assert.equal(parseFeatures('unknown command'), undefined);
});
