/** The life of a daemon, from its start to its end, with nothing running. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient } from '#cri';

const DAVIT = fileURLToPath(new URL('../../../bin/davit', import.meta.url));

/** A daemon whose log is read line by line. */
interface Running { readonly child: ChildProcess; readonly log: () => string; logged(pattern: RegExp): Promise<void>; ended(): Promise<number | null> }

let directory = '';
const children: ChildProcess[] = [];

beforeEach(async () => { directory = await mkdtemp('/tmp/dv-serve-'); });
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) { child.kill('SIGKILL'); await once(child, 'exit'); }
  await rm(directory, { recursive: true });
});

function serve(options: { root?: string; runroot?: string; socket?: string; args?: readonly string[]; env?: Readonly<Record<string, string>> } = {}): Running {
  const { root = 'root', runroot = 'run', socket = 'davit.sock', args = [], env = {} } = options;
  const child = spawn(DAVIT, ['serve', '--config=', '--config-dir=', '--root', join(directory, root), '--runroot', join(directory, runroot), '--listen', join(directory, socket),
    '--cni-config-dir', join(directory, 'cni'), '--registries-conf', join(directory, 'registries.conf'), ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  children.push(child);
  let log = '';
  const ended = once(child, 'close').then(() => child.exitCode);
  child.stderr?.on('data', (chunk: Buffer) => { log += chunk.toString(); });
  return {
    child, log: () => log, ended: () => ended,
    logged: async (pattern) => {
      while (!pattern.test(log)) {
        const gone = await Promise.race([once(child.stderr ?? child, 'data').then(() => false), ended.then(() => true)]);
        if (gone && !pattern.test(log)) assert.fail(`davit ended without ${pattern}:\n${log}`);
      }
    },
  };
}

test('davit serve answers, stays after SIGHUP, and ends with 0 after SIGTERM without a trace', async () => {
  const mountsBefore = await readFile('/proc/self/mountinfo', 'utf8');
  const davit = serve();
  await davit.logged(/davit is ready/);
  using client = createClient(join(directory, 'davit.sock'));
  assert.equal((await client.call('Version', {})).runtimeName, 'davit');
  davit.child.kill('SIGHUP');
  await davit.logged(/warn .*SIGHUP: reloading the configuration is not supported/);
  const { info } = await client.call('Status', { verbose: true });
  const { sandboxImage, storage, daemon } = JSON.parse(info['config'] ?? '') as { sandboxImage: string; storage: { writableQuota: { counted: boolean; reason: string } }; daemon: { loopDelay: object } };
  assert.match(sandboxImage, /pause:/);
  assert.equal(storage.writableQuota.counted, storage.writableQuota.reason === '', 'where nothing counts what containers write, it says why');
  assert.deepEqual(Object.keys(daemon.loopDelay), ['p50Ms', 'p99Ms', 'maxMs', 'samples']);
  davit.child.kill('SIGTERM');
  assert.equal(await davit.ended(), 0, davit.log());
  assert.equal(existsSync(join(directory, 'davit.sock')), false);
  const mountsAfter = await readFile('/proc/self/mountinfo', 'utf8');
  assert.deepEqual(mountsAfter.split('\n').filter((line) => line.includes(directory)), mountsBefore.split('\n').filter((line) => line.includes(directory)));
});

test('a second daemon with the same root, runroot or socket is refused and names what is taken; the first one goes on', async () => {
  const first = serve();
  await first.logged(/davit is ready/);
  const cases = [
    [serve({ runroot: 'run2', socket: 's2' }), new RegExp(`use root directory .*: davit with pid ${first.child.pid} uses it`)],
    [serve({ root: 'root2', socket: 's2' }), new RegExp(`use runroot directory .*: davit with pid ${first.child.pid} uses it`)],
    [serve({ root: 'root3', runroot: 'run3' }), /listen on .*davit\.sock.*another daemon answers there/],
  ] as const;
  for (const [second, message] of cases) {
    assert.equal(await second.ended(), 1);
    assert.match(second.log(), message);
  }
  using client = createClient(join(directory, 'davit.sock'));
  assert.equal((await client.call('Version', {})).runtimeName, 'davit');
});

test('a daemon that was killed leaves nothing that keeps the next one from starting', async () => {
  const first = serve();
  await first.logged(/davit is ready/);
  first.child.kill('SIGKILL');
  await first.ended();
  const second = serve();
  await second.logged(/davit is ready/);
  second.child.kill('SIGINT');
  assert.equal(await second.ended(), 0, second.log());
});

test('a start that fails names what is wrong, ends with 1, and stops what had started', async () => {
  const listen = serve({ args: [], socket: 'x'.repeat(120) });
  assert.equal(await listen.ended(), 1);
  assert.match(listen.log(), /error davit cannot start: listen on .*the kernel takes at most 107/);
  const systemd = serve({ args: ['--cgroup-manager', existsSync('/run/systemd/system') ? 'nonsense' : 'systemd'] });
  assert.equal(await systemd.ended(), 1);
  assert.match(systemd.log(), /cgroup.manager/);
  const fine = serve();
  await fine.logged(/davit is ready/);
});

test('a service manager that does not listen is a warning', async () => {
  const davit = serve({ env: { NOTIFY_SOCKET: join(directory, 'absent') } });
  await davit.logged(/davit is ready/);
  assert.match(davit.log(), /service manager cannot be told/);
});
