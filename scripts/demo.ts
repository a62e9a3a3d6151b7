/**
 * `npm run demo`: the main job of davit in front of one's eyes. A registry on loopback, a daemon with its state under a temporary
 * directory, a pod from the registry to its exit code, driven by crictl; then everything down, and where each second went.
 */
import { join } from 'node:path';
import { errorText } from '#errors';
import { createRegistry } from '../test/fixtures/registry/index.ts';
import { startDavit } from '../test/harness/index.ts';
import type { Davit } from '../test/harness/index.ts';
import { DEMO_HOST, ensureDemoImage } from './demo/image.ts';
import { leftovers } from './demo/leftovers.ts';
import { bold, chapter, dim, say, showTable } from './demo/screen.ts';
import { play } from './demo/session.ts';
import { createStopwatch } from './demo/stopwatch.ts';
import type { Stopwatch } from './demo/stopwatch.ts';

const CACHE = join(import.meta.dirname, '../.cache');
const EXIT_INTERRUPTED = 130;

process.exitCode = await main();

async function main(): Promise<number> {
  if (process.getuid?.() !== 0) {
    say('The demo runs containers: start it as root.');
    return 1;
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
  try {
    return await demo(interrupted.signal);
  } catch (error) {
    if (interrupted.signal.aborted) { say('\nInterrupted; everything is down.'); return EXIT_INTERRUPTED; }
    say(`\nThe demo failed: ${errorText(error)}`);
    return 1;
  }
}

async function demo(signal: AbortSignal): Promise<number> {
  const begun = performance.now();
  let log = (): string => '';
  const stopwatch = createStopwatch(() => log());
  const names: string[] = [];
  let directory = '';
  {
    await using running = new AsyncDisposableStack();
    chapter('A registry and davit');
    const image = await stopwatch.time('make the image (kept for the next time)', () => ensureDemoImage(CACHE));
    const registry = running.use(await createRegistry({ directory: image, port: 0 }));
    const davit = await stopwatch.time('start davit', () => startDavit({
      images: registry.address, mirrors: { [DEMO_HOST]: registry.address }, args: ['--log-format', 'json'], env: { DAVIT_CACHE_DIR: join(CACHE, 'davit') },
    }));
    running.defer(() => stopwatch.time('stop davit', () => takeDown(davit)));
    log = () => davit.log();
    directory = davit.directory;
    names.push(directory, davit.network.bridge);
    say(`  the registry: ${registry.address}, with its image as ${DEMO_HOST}/hello:1`);
    say(`  davit: pid ${davit.pid()}, ${davit.socket}, everything else below ${directory}`);
    await play({ davit, stopwatch, signal, onPod: (id) => names.push(id) });
  }
  return report(stopwatch, performance.now() - begun, await leftovers(directory, names));
}

/** Removes what an interrupted session left, then the daemon, which a Ctrl-C may have stopped already. */
async function takeDown(davit: Davit): Promise<void> {
  try {
    const { items } = await davit.client.call('ListPodSandbox', {}).catch(async () => {
      await davit.start();
      return davit.client.call('ListPodSandbox', {});
    });
    for (const { id } of items) await davit.client.call('RemovePodSandbox', { podSandboxId: id });
  } finally {
    await davit[Symbol.asyncDispose]();
  }
}

function report(stopwatch: Stopwatch, totalMs: number, left: readonly string[]): number {
  chapter('Where each second went');
  const round = (ms: number): string => ms.toFixed(ms < 10 ? 1 : 0);
  showTable(['step', 'ms', 'in davit', 'calls'], stopwatch.steps.map((step) => [step.name, round(step.ms), step.davitMs === undefined ? '' : round(step.davitMs), step.calls]));
  say(dim('  "ms" is the whole command, most of it the start of crictl; "in davit" is what the daemon worked for it.'));
  say(`  ${bold(`${(totalMs / 1000).toFixed(1)} s in all.`)}`);
  for (const line of left) say(`  left behind: ${line}`);
  if (left.length > 0) return 1;
  say('  Left behind: nothing (looked at mounts, processes, links, cgroups, firewall rules, directories).');
  return 0;
}
