/** attach with pipes: clients come and go, the container stays. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
import type { ContainerConfig } from '../../harness/index.ts';
import { run, start, TRANSPORTS } from './client.ts';

const node = useNode();

async function container(more: ContainerConfig): Promise<string> {
  await node().davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  return runContainer(node().davit, await runPod(node().davit, { name: 'attach' }), { name: 'main', ...more });
}

for (const transport of TRANSPORTS) {
  test(`crictl attach over ${transport}: output from now on, and a client that is killed harms nothing`, async () => {
    const { davit } = node();
    const id = await container({ command: ['sh', '-c', 'while [ ! -e /tmp/end ]; do echo tick; echo tock >&2; sleep 0.05; done; exit 4'] });
    const [one, two] = [start(davit, 'attach', '--transport', transport, id), start(davit, 'attach', '--transport', transport, id)];
    let [out, err] = ['', ''];
    two.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    two.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    await once(one.stdout, 'data');
    await eventually('both outputs', () => out.includes('tick\n') && err.includes('tock\n'));
    one.kill('SIGKILL');
    const before = out.length;
    await eventually('more output', () => out.length > before + 20);
    // Looked at from here on: it may have ended when the call that ends it is answered.
    const ended = once(two, 'exit') as Promise<[number | null]>;
    await davit.client.call('ExecSync', { containerId: id, cmd: ['touch', '/tmp/end'], timeout: 60n });
    const [code] = await ended;
    assert.equal(code, 0, err);
  });
}

test('crictl attach -i: the end of stdin detaches, the next client finds the program; with stdinOnce it is the end of its stdin', async () => {
  const { davit } = node();
  const id = await container({ command: ['sh', '-c', 'while read line; do echo "got $line"; done; echo over'], stdin: true });
  for (const word of ['one', 'two']) {
    const client = start(davit, 'attach', '-i', id);
    client.stdin.write(`${word}\n`);
    const [data] = await once(client.stdout, 'data') as [Buffer];
    assert.equal(data.toString(), `got ${word}\n`);
    client.stdin.end();
    await once(client, 'exit');
  }
  assert.equal((await davit.client.call('ContainerStatus', { containerId: id })).status?.state, 1);
  const once1 = await container({ command: ['sh', '-c', 'sleep 1; cat; echo over'], stdin: true, stdinOnce: true });
  const { stdout, stderr } = await run(davit, 'all of it\n', 'attach', '-i', once1);
  assert.equal(stdout.toString(), 'all of it\nover\n', stderr);
});
