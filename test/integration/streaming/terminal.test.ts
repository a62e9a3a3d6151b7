/** exec and attach as a person uses them, at a terminal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../../harness/index.ts';
import type { ContainerConfig } from '../../harness/index.ts';
import { TRANSPORTS } from './client.ts';
import { openTerminal } from './terminal.ts';

const node = useNode();
/** After it the shell's line editor asks for the cursor's place, and draws again. */
const PROMPT = /# (\x1b\[\d*[A-Za-z])*$/;
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const ESCAPE = '\x1b';
const DETACH = '\x10\x11';

async function container(more: ContainerConfig): Promise<string> {
  await node().davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  return runContainer(node().davit, await runPod(node().davit, { name: 'terminal' }), { name: 'main', ...more });
}

for (const transport of TRANSPORTS) {
  test(`crictl exec -it over ${transport}: prompt, size, ctrl-C, a full-screen program, ctrl-D`, async () => {
    const id = await container({ command: ['sleep', '3600'] });
    await using terminal = await openTerminal(node().davit, 'exec', 'exec', '--transport', transport, '-it', id, 'sh');
    await terminal.see(PROMPT);
    terminal.type('stty size; test -t 0 && test -t 1 && test -t 2 && echo all-tty\n');
    await terminal.see(/30 100\r\nall-tty\r\n/);
    await terminal.see(PROMPT);
    await terminal.resize(50, 120);
    terminal.type('while [ "$(stty size)" != "50 120" ]; do sleep 0.05; done; echo grown\n');
    await terminal.see(/\r\ngrown\r\n/);
    terminal.type('echo begin; sleep 1000\n');
    await terminal.see(/\r\nbegin\r\n/);
    terminal.type(CTRL_C);
    await terminal.see(PROMPT);
    terminal.type('echo code $?\n');
    await terminal.see(/\r\ncode 130\r\n/);
    terminal.type('vi /tmp/note\n');
    await terminal.see(/~[^]*\/tmp\/note/);
    terminal.type('ihello from a person');
    terminal.type(ESCAPE);
    await terminal.see(/- \/tmp\/note/);
    terminal.type(':wq\n');
    await terminal.see(PROMPT);
    terminal.type('cat /tmp/note; (exit 7)\n');
    await terminal.see(/\r\nhello from a person\r\n/);
    // Before the prompt the key would be the end of file of a program that does not read.
    await terminal.see(PROMPT);
    terminal.type(CTRL_D);
    assert.equal(await terminal.ended, 1, 'crictl says 1 for any exit code but 0');
  });
}

test('crictl attach -it: detach by ctrl-P ctrl-Q leaves the program, and a second attach finds it', async () => {
  const { davit } = node();
  const id = await container({ command: ['sh'], tty: true, stdin: true });
  {
    await using first = await openTerminal(davit, 'first', 'attach', '-it', id);
    first.type('word=kept; echo set\n');
    await first.see(/\r\nset\r\n/);
    first.type(DETACH);
    await first.ended;
  }
  assert.equal((await davit.client.call('ContainerStatus', { containerId: id })).status?.state, 1);
  await using second = await openTerminal(davit, 'second', 'attach', '-it', id);
  second.type('echo "still $word"\n');
  await second.see(/\r\nstill kept\r\n/);
  second.type('exit 5\n');
  await second.ended;
});
