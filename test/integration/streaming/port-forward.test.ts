/** port-forward as crictl does it, into a pod's own network and into the host's. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
import { runtime } from '#cri';
import { forwarded, start, TRANSPORTS } from './client.ts';

const node = useNode();
const WEB_PORT = 8080;
const ECHO_PORT = 9000;
/** As many as the web server lets wait. */
const AT_ONCE = 8;
const PAGE_BYTES = 700_000;

async function pod(hostNetwork: boolean): Promise<string> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const { NODE, POD } = runtime.v1.NamespaceMode;
  const running = await runPod(davit, { name: 'web', linux: { securityContext: { namespaceOptions: { network: hostNetwork ? NODE : POD } } } });
  const script = `echo 'a page out of the pod' > /tmp/index.html; head -c ${PAGE_BYTES} /dev/zero | tr '\\0' x > /tmp/big; nc -ll -p ${ECHO_PORT} -e cat & exec httpd -f -p ${WEB_PORT} -h /tmp`;
  const id = await runContainer(davit, running, { name: 'web', command: ['sh', '-c', script], ...(hostNetwork && { linux: { securityContext: { namespaceOptions: { network: NODE } } } }) });
  await eventually('both servers', async () => (await davit.client.call('ExecSync', { containerId: id, cmd: ['sh', '-c', `wget -q -O /dev/null http://127.0.0.1:${WEB_PORT}/index.html && nc 127.0.0.1 ${ECHO_PORT} < /dev/null`], timeout: 60n })).exitCode === 0);
  return running.id;
}

async function page(port: number, name: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/${name}`)).text();
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

/** One at a time: busybox's nc lets no second connection wait. */
async function echoed(port: number, data: Buffer): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const received = buffer(socket);
  socket.end(data);
  return received;
}

for (const transport of TRANSPORTS) {
  for (const hostNetwork of [false, true]) {
    test(`crictl port-forward over ${transport} into the ${hostNetwork ? "host's" : "pod's"} network: ${AT_ONCE} pages at once, and bytes both ways`, async () => {
      const { davit } = node();
      const podId = await pod(hostNetwork);
      const child = start(davit, 'port-forward', '--transport', transport, podId, `:${WEB_PORT}`, `:${ECHO_PORT}`);
      const [web = 0, echo = 0] = await forwarded(child, [WEB_PORT, ECHO_PORT]);
      assert.equal(await page(web, 'index.html'), 'a page out of the pod\n');
      const pages = await Promise.all(Array.from({ length: AT_ONCE }, () => page(web, 'big')));
      assert.deepEqual(pages.map((text) => text === 'x'.repeat(PAGE_BYTES)), pages.map(() => true));
      for (const bytes of [1, 65_536, 3_000_001].map((size) => randomBytes(size))) assert.ok((await echoed(echo, bytes)).equals(bytes), `${bytes.length} bytes`);
      await end(child);
    });
  }
}

test('port-forward to a port that nobody listens on says so, and the daemon serves the next', async () => {
  const { davit } = node();
  const podId = await pod(false);
  const child = start(davit, 'port-forward', podId, ':1', `:${WEB_PORT}`);
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { words += text; });
  const [dead = 0] = await forwarded(child, [1]);
  assert.equal((await echoed(dead, Buffer.from('x'))).length, 0);
  await eventually('the reason', () => /error forwarding port 1 to pod [0-9a-f]{64}, uid : .*127\.0\.0\.1:1: Connection refused; \[::1\]:1: /.test(words));
  await end(child);
  const next = start(davit, 'port-forward', podId, `:${WEB_PORT}`);
  const [web = 0] = await forwarded(next, [WEB_PORT]);
  assert.equal((await fetch(`http://127.0.0.1:${web}/index.html`)).status, 200);
  await end(next);
});
