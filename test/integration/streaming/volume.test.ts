/** Much through few, little through many, and clients that do not behave: the daemon stays small and goes on. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
import { run, start } from './client.ts';

const node = useNode({ logLevel: 'info' });
/** DAVIT_TEST_STREAM_MIB=1024 sends a whole GiB each way. */
const MIB = Number(process.env['DAVIT_TEST_STREAM_MIB'] ?? 256);
const SESSIONS = 200;
const CONTAINERS = 4;
/** What the daemon may grow by while more than twice as much goes through. */
const GROWTH_MAX_BYTES = 96 * 1024 * 1024;

async function containers(count: number): Promise<string[]> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'volume' });
  return Promise.all(Array.from({ length: count }, (_, i) => runContainer(davit, pod, { name: `main-${i}`, command: ['sleep', '3600'] })));
}

/** Resident bytes now and at most so far. */
function memory(): { now: number; most: number } {
  const status = readFileSync(`/proc/${node().davit.pid()}/status`, 'utf8');
  const field = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
  return { now: field('VmRSS'), most: field('VmHWM') };
}

test(`${MIB} MiB through exec each way are the same bytes, and the daemon does not grow by them`, async () => {
  const { davit } = node();
  const [id = ''] = await containers(1);
  const block = randomBytes(1024 * 1024);
  const hash = createHash('sha256');
  for (let n = 0; n < MIB; n++) hash.update(block);
  const wanted = hash.digest('hex');
  assert.equal((await run(davit, block, 'exec', '-i', id, 'sh', '-c', 'cat > /tmp/block')).exitCode, 0);
  const before = memory();

  const out = start(davit, 'exec', id, 'sh', '-c', `for n in $(seq ${MIB}); do cat /tmp/block; done`);
  const got = createHash('sha256');
  await pipeline(out.stdout, got);
  assert.equal(got.digest('hex'), wanted);

  const into = start(davit, 'exec', '-i', id, 'sha256sum');
  let sum = '';
  into.stdout.setEncoding('latin1').on('data', (text: string) => { sum += text; });
  await Promise.all([once(into, 'exit'), pipeline(Readable.from((function* () { for (let n = 0; n < MIB; n++) yield block; })()), into.stdin)]);
  assert.equal(sum.slice(0, 64), wanted);
  assert.ok(memory().most - before.now < GROWTH_MAX_BYTES, `the daemon has grown by ${memory().most - before.now} bytes`);
});

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
  const before = memory();
  const floods = async (): Promise<boolean> => (await davit.client.call('ExecSync', { containerId: id, cmd: ['sh', '-c', "grep -qs '/dev/[z]ero' /proc/[0-9]*/cmdline"], timeout: 10n })).exitCode === 0;
  const deaf = start(davit, 'exec', id, 'cat', '/dev/zero');
  deaf.stdout.pause();
  await eventually('the flood', floods);
  for (let n = 0; n < 5; n++) assert.equal((await run(davit, 'x', 'exec', '-i', id, 'cat')).stdout.toString(), 'x');
  assert.ok(memory().now - before.now < GROWTH_MAX_BYTES);
  deaf.kill('SIGKILL');
  await once(deaf, 'exit');
  await eventually('the end of the flood', async () => !await floods());
});
