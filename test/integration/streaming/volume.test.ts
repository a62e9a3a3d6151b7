/** Little through many, and clients that do not behave: the daemon stays small and goes on. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
import { run, start } from './client.ts';

const node = useNode({ logLevel: 'info' });
const SESSIONS = 200;
const CONTAINERS = 4;
/** crictl gives up a connection after five seconds; two hundred of them at once are more than that to a small machine by themselves. */
const STARTED_AT_ONCE = 10;
/** What the daemon may grow by while a client does not read. */
const GROWTH_MAX_BYTES = 96 * 1024 * 1024;

async function containers(count: number): Promise<string[]> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'volume' });
  return Promise.all(Array.from({ length: count }, (_, i) => runContainer(davit, pod, { name: `main-${i}`, command: ['sleep', '3600'] })));
}

function residentBytes(): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${node().davit.pid()}/status`, 'utf8'))?.[1]) * 1024;
}

/** Its exit code and what it complained of. */
async function endOf(session: ChildProcess): Promise<string> {
  const [stderr, [code]] = await Promise.all([session.stderr ? text(session.stderr) : '', once(session, 'exit') as Promise<[number | null]>]);
  return `ended with ${code}: ${stderr}`;
}

test(`${SESSIONS} sessions at once, each with its own bytes`, async () => {
  const { davit } = node();
  const ids = await containers(CONTAINERS);
  const sessions: { readonly stdin: Writable; readonly ended: Promise<string> }[] = [];
  while (sessions.length < SESSIONS) {
    await Promise.all(Array.from({ length: STARTED_AT_ONCE }, async () => {
      const n = sessions.length;
      const session = start(davit, 'exec', '-i', ids[n % CONTAINERS] ?? '', 'cat');
      const ended = endOf(session);
      sessions.push({ stdin: session.stdin, ended });
      session.stdin.on('error', () => undefined).write(`hello ${n}\n`);
      assert.equal(await Promise.race([once(session.stdout, 'data').then(([data]) => String(data)), ended]), `hello ${n}\n`);
    }));
  }
  for (const { stdin } of sessions) stdin.end();
  assert.deepEqual(new Set(await Promise.all(sessions.map(({ ended }) => ended))), new Set(['ended with 0: ']));
});

test('a client that never reads holds its own command and nobody else; when it is killed its command is gone', async () => {
  const { davit } = node();
  const [id = ''] = await containers(1);
  const before = residentBytes();
  const floods = async (): Promise<boolean> => (await davit.client.call('ExecSync', { containerId: id, cmd: ['sh', '-c', "grep -qs '/dev/[z]ero' /proc/[0-9]*/cmdline"], timeout: 60n })).exitCode === 0;
  const deaf = start(davit, 'exec', id, 'cat', '/dev/zero');
  deaf.stdout.pause();
  await eventually('the flood', floods);
  for (let n = 0; n < 5; n++) assert.equal((await run(davit, 'x', 'exec', '-i', id, 'cat')).stdout.toString(), 'x');
  assert.ok(residentBytes() - before < GROWTH_MAX_BYTES);
  deaf.kill('SIGKILL');
  await once(deaf, 'exit');
  await eventually('the end of the flood', async () => !await floods());
});
