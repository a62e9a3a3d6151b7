/** exec and attach as a person uses them, at a terminal. */
import assert from 'node:assert/strict';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
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
    // Said by what is in the foreground: a key that comes before the shell has put it there would be the shell's own.
    terminal.type('sh -c "echo begin; exec sleep 1000"\n');
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

test('a shell at a terminal outlives its monitor, under the first daemon and under the next one; afterwards nobody holds the terminal', async () => {
  const { davit } = node();
  const id = await container({ command: ['sh'], tty: true, stdin: true });
  const other = await container({ command: ['sh'], tty: true, stdin: true });
  await using before = await openTerminal(davit, 'before', 'attach', '-it', id);
  before.type('word=kept; echo set\n');
  await before.see(/\r\nset\r\n/);
  await before.resize(33, 77);
  before.type('while [ "$(stty size)" != "33 77" ]; do sleep 0.05; done; echo grown\n');
  await before.see(/\r\ngrown\r\n/);
  for (const restart of [false, true]) {
    if (restart) { await davit.kill9(); await davit.start(); }
    await eventually('both terminals held', async () => await masters(davit.pid()) === 2);
    const others = davit.log().split('another one goes on').length;
    process.kill(await monitorOf(id), 'SIGKILL');
    await eventually('another monitor', () => davit.log().split('another one goes on').length > others);
    await using after = await openTerminal(davit, restart ? 'restarted' : 'after', 'attach', '-it', id);
    after.type('echo "still $word"\n');
    await after.see(/\r\nstill kept\r\n/);
    after.type(restart ? 'exit 5\n' : DETACH);
    await after.ended;
  }
  await eventually('its end', async () => (await davit.client.call('ContainerStatus', { containerId: id })).status?.exitCode === 5);
  assert.equal(await masters(davit.pid()), 1);
  await davit.client.call('StopContainer', { containerId: other });
  assert.equal(await masters(davit.pid()), 0);
});

/** The pid of its monitor. */
async function monitorOf(id: string): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (words[words.indexOf('--id') + 1] === id) return Number(pid);
  }
  throw new Error(`container ${id} has no monitor`);
}

/** Masters of terminals that a process has open. */
async function masters(pid: number): Promise<number> {
  const targets = await Promise.all((await readdir(`/proc/${pid}/fd`)).map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return targets.filter((target) => target.endsWith('ptmx')).length;
}
