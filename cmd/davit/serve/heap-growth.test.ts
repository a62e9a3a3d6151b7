import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { PodService } from '#pod';
import { followHeapGrowth, heapGrowthPercent } from './heap-growth.ts';

const FLAGS = ['--optimize-for-size', '--single-threaded-gc', '--trace-gc', '--expose-gc', '--no-warnings'];

/** Makes garbage that lives through small collections beside a heap that stays. */
const GARBAGE = (containers: number): string => `
  import { followHeapGrowth } from '${new URL('./heap-growth.ts', import.meta.url).href}';
  let looked;
  const look = new Promise((resolve) => { looked = resolve; });
  using following = followHeapGrowth({ listContainers: () => { setImmediate(looked); return Array.from({ length: ${containers} }); } }, { intervalMs: 1 });
  // It keeps no process alive: this does.
  const alive = setInterval(() => undefined, 1000);
  const stays = Array.from({ length: 200_000 }, (_, n) => ({ n }));
  const lives = [];
  await look;
  clearInterval(alive);
  // Until the first collection of all V8 waits for much more.
  gc();
  for (let n = 0; n < 2_400_000; n++) lives[n % 50_000] = { n, a: [n] };
  console.log(stays.length);`;

/** How often the whole heap was collected. */
async function collections(containers: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, '--input-type=module', '--eval', GARBAGE(containers)]);
  return stdout.match(/Mark-Compact/g)?.length ?? 0;
}

test('heapGrowthPercent() grows with the containers, between bounds', () => {
  assert.deepEqual([0, 50, 52, 110, 250, 1000].map(heapGrowthPercent), [10, 10, 11, 37, 100, 100]);
});

test('followHeapGrowth() says each new percentage once', async () => {
  const counts = [0, 250, 250, 251, 100, 0, 0];
  const said: number[] = [];
  let looks = 0;
  await new Promise<void>((resolve) => {
    const listContainers = (): ReturnType<PodService['listContainers']> => {
      if (looks === counts.length - 1) setImmediate(resolve);
      return Array.from({ length: counts[looks++] ?? 0 });
    };
    followHeapGrowth({ listContainers }, { intervalMs: 1, setPercent: (percent) => said.push(percent) });
    // The timer keeps no process alive: this one does.
    const alive = setInterval(() => { if (looks >= counts.length) clearInterval(alive); }, 1);
  });
  assert.deepEqual(said, [100, 33, 10]);
});

test('with many containers the heap is collected less often', async () => {
  const [few, many] = [await collections(0), await collections(250)];
  assert.ok(many * 3 < few * 2, `${many} collections with many containers, ${few} with none`);
});
