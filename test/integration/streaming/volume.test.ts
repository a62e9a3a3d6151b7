/** Little through many, and clients that do not behave: the daemon stays small and goes on. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
import { run, start } from './client.ts';

const node = useNode({ logLevel: 'info' });
const SESSIONS = 200;
const CONTAINERS = 4;
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

test(`${SESSIONS} sessions at once, each with its own bytes`, async () => {
  const { davit } = node();
  const ids = await containers(CONTAINERS);
  const sessions = Array.from({ length: SESSIONS }, (_, i) => start(davit, 'exec', '-i', ids[i % CONTAINERS] ?? '', 'cat'));
  const echoes = sessions.map(async (session, i) => {
    session.stdin.write(`hello ${i}\n`);
    return String((await once(session.stdout, 'data'))[0]);
  });
  assert.deepEqual(await Promise.all(echoes), sessions.map((_, i) => `hello ${i}\n`));
  const exits = sessions.map((session) => once(session, 'exit'));
  for (const session of sessions) session.stdin.end();
  assert.deepEqual((await Promise.all(exits)).map(([code]) => code as number), sessions.map(() => 0));
});

test('a client that never reads holds its own command and nobody else; when it is killed its command is gone', async () => {
  const { davit } = node();
  const [id = ''] = await containers(1);
  const before = residentBytes();
  const floods = async (): Promise<boolean> => (await davit.client.call('ExecSync', { containerId: id, cmd: ['sh', '-c', "grep -qs '/dev/[z]ero' /proc/[0-9]*/cmdline"], timeout: 10n })).exitCode === 0;
  const deaf = start(davit, 'exec', id, 'cat', '/dev/zero');
  deaf.stdout.pause();
  await eventually('the flood', floods);
  for (let n = 0; n < 5; n++) assert.equal((await run(davit, 'x', 'exec', '-i', id, 'cat')).stdout.toString(), 'x');
  assert.ok(residentBytes() - before < GROWTH_MAX_BYTES);
  deaf.kill('SIGKILL');
  await once(deaf, 'exit');
  await eventually('the end of the flood', async () => !await floods());
});
