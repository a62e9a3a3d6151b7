/** The story that the demo tells: a person at a node, with crictl. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { containerConfig, podConfig, writeConfig } from '../../test/harness/index.ts';
import type { ContainerConfig, Davit, PodConfig } from '../../test/harness/index.ts';
import { DEMO_EXIT_CODE, DEMO_IMAGE } from './image.ts';
import { watchPull } from './pull-progress.ts';
import { chapter, dim, say, showCommand, showOutput } from './screen.ts';
import type { Stopwatch } from './stopwatch.ts';

/** The program is told to end and does so within its next turn. */
const END_TIMEOUT_MS = 10_000;
const POLL_MS = 20;
const CONTENT_COUNT = 'ls /opt/content | wc -l';

export interface Session {
  readonly davit: Davit;
  readonly stopwatch: Stopwatch;
  /** Aborted when the person had enough. */
  readonly signal: AbortSignal;
  /** Hears of each pod that is made, to look for what it leaves. */
  readonly onPod: (id: string) => void;
}

/** Plays it from the pull to the last removal. @throws Error with crictl's words when something fails. */
export async function play(session: Session): Promise<void> {
  await pull(session);
  const { pod, container } = await run(session);
  await look(session, pod, container);
  await end(session, container);
  await remove(session, pod);
}

async function pull(session: Session): Promise<void> {
  chapter('An image, from the registry to the disk');
  await step(session, 'info', ['version']);
  showCommand(['crictl', 'pull', DEMO_IMAGE]);
  await session.stopwatch.time('pull', async () => {
    const pulled = session.davit.crictl.ok('pull', DEMO_IMAGE);
    await watchPull(session.davit.client, DEMO_IMAGE, pulled);
    showOutput(await pulled);
  });
  await step(session, 'list images', ['images']);
}

async function run(session: Session): Promise<{ pod: string; container: string }> {
  const { davit } = session;
  chapter('A pod on a bridge network, and a container in it');
  const podSpec = podConfig(davit, { name: 'demo', hostname: 'demo' });
  const podFile = await named('pod.json', davit, podSpec);
  const containerFile = await named('container.json', davit, containerConfig({
    name: 'hello', image: { image: DEMO_IMAGE, userSpecifiedImage: DEMO_IMAGE }, labels: { ...podSpec.labels, 'io.kubernetes.container.name': 'hello' },
  }));
  const pod = await step(session, 'run the pod', ['runp', podFile]);
  session.onPod(pod);
  const container = await step(session, 'create the container', ['create', short(pod), containerFile, podFile]);
  await step(session, 'start it', ['start', short(container)]);
  await step(session, 'list', ['ps']);
  return { pod, container };
}

/** Writes what crictl reads, under a name for people. @returns its path */
async function named(name: string, davit: Davit, config: PodConfig | ContainerConfig): Promise<string> {
  const path = join(davit.directory, name);
  await rename(await writeConfig(davit, config), path);
  return path;
}

async function look(session: Session, pod: string, container: string): Promise<void> {
  chapter('Its log, its inside, its address');
  await until(session, 'the third line of the log', async () => (await session.davit.crictl.run('logs', container)).stdout.includes('line 3'));
  await step(session, 'logs', ['logs', '--timestamps', short(container)]);
  await step(session, 'exec', ['exec', '-s', short(container), 'sh', '-c', `id; hostname; ${CONTENT_COUNT}`]);
  const ip = await step(session, 'address', ['inspectp', '-o', 'go-template', '--template', '{{.status.network.ip}}', short(pod)]);
  showCommand(['curl', `http://${ip}/`]);
  await session.stopwatch.time('a page out of the pod', async () => showOutput(await (await fetch(`http://${ip}/`, { signal: session.signal })).text()));
  await step(session, 'stats', ['stats', short(container)]);
}

async function end(session: Session, container: string): Promise<void> {
  chapter('Its end');
  await step(session, 'tell it to end', ['exec', '-s', short(container), 'touch', '/tmp/end']);
  await session.stopwatch.time('until its exit is known', () => until(session, 'the exit of the container', async () =>
    (await session.davit.crictl.run('inspect', '-o', 'go-template', '--template', '{{.status.state}}', container)).stdout.includes('EXITED')));
  const code = await step(session, 'exit code', ['inspect', '-o', 'go-template', '--template', '{{.status.exitCode}} {{.status.reason}}', short(container)]);
  if (code !== `${DEMO_EXIT_CODE} Error`) throw new Error(`the container ended with "${code}", expected "${DEMO_EXIT_CODE} Error"`);
  say(dim(`  the program says "exit ${DEMO_EXIT_CODE}", and that is what kubelet will see`));
}

async function remove(session: Session, pod: string): Promise<void> {
  chapter('Everything down');
  await step(session, 'stop the pod', ['stopp', short(pod)]);
  await step(session, 'remove it', ['rmp', short(pod)]);
  await step(session, 'remove the image', ['rmi', DEMO_IMAGE]);
}

/** Shows and times one crictl command. @returns what it printed, without white space at the ends */
async function step({ davit, stopwatch, signal }: Session, name: string, args: readonly string[]): Promise<string> {
  signal.throwIfAborted();
  showCommand(['crictl', ...args.map((arg) => arg.replace(`${davit.directory}/`, ''))]);
  const { exitCode, stdout, stderr } = await stopwatch.time(name, () => davit.crictl.run(...args));
  if (exitCode !== 0) throw new Error(`crictl ${args.join(' ')}: exit code ${exitCode}\n${stderr}`);
  // A program's log lines come on the stream that it wrote them to.
  showOutput(args[0] === 'logs' ? `${stdout}${stderr}` : stdout);
  return stdout.trim();
}

async function until({ signal }: Session, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + END_TIMEOUT_MS;
  while (!await isSo()) {
    signal.throwIfAborted();
    if (performance.now() > deadline) throw new Error(`${what} did not come in ${END_TIMEOUT_MS} ms`);
    await delay(POLL_MS);
  }
}

function short(id: string): string {
  return id.slice(0, 13);
}
