/** exec as crictl does it, over every transport that crictl knows. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../../harness/index.ts';
import { run, TRANSPORTS } from './client.ts';

const node = useNode();

async function container(): Promise<string> {
  await node().davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  return runContainer(node().davit, await runPod(node().davit, { name: 'exec' }), { name: 'main', command: ['sleep', '3600'] });
}

for (const transport of TRANSPORTS) {
  test(`crictl exec over ${transport}: output, exit code, stdin from a pipe to its end`, async () => {
    const { davit } = node();
    const id = await container();
    const exec = (input: string | Buffer, ...args: readonly string[]): ReturnType<typeof run> => run(davit, input, 'exec', '--transport', transport, ...args);
    const both = await exec('', id, 'sh', '-c', 'echo out; echo err >&2');
    assert.deepEqual([both.exitCode, both.stdout.toString(), both.stderr], [0, 'out\n', 'err\n']);
    const failed = await exec('', id, 'sh', '-c', 'exit 3');
    assert.equal(failed.exitCode, 1);
    assert.match(failed.stderr, /command terminated with exit code 3|exit code 3/);
    const data = randomBytes(3_000_001);
    const echoed = await exec(data, '-i', id, 'cat');
    assert.deepEqual([echoed.exitCode, echoed.stderr], [0, '']);
    assert.ok(echoed.stdout.equals(data));
    const missing = await exec('', id, '/no/such/program');
    assert.equal(missing.exitCode, 1);
    assert.match(missing.stderr, /no such file or directory/i);
    // A program that does not read its stdin ends all the same.
    const unread = await exec(data, '-i', id, 'true');
    assert.equal(unread.exitCode, 0, unread.stderr);
  });
}
