/** Daemons that are killed while they pull and remove. `npm run test:crashes -- kills` kills two hundred, of another seed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../test/fixtures/disk/index.ts';
import { temporaryRoot } from './storage-fixture.ts';
import { Expectation, operationsOf } from './workload-fixture.ts';

const KILLS = 30 * Number(process.env['DAVIT_TEST_ROUNDS'] ?? 1);
const SEED = Number(process.env['DAVIT_TEST_SEED'] ?? 1);
/** Some operations fit into this time, on a slow host the beginning of one. */
const MAX_LIFE_MS = 250;
/** More than a life has time for. */
const OPERATIONS = 200;
/** All images are pulled after every so many kills: what the daemons in between left is worked on by the next. */
const PULL_EVERY = 5;
const VICTIM = fileURLToPath(new URL('./workload-victim.ts', import.meta.url));

test(`after kill -9 at any point of pulls and removals the store opens, what it lists is whole and the rest can be pulled (${KILLS} kills)`, async () => {
  using pristine = temporaryRoot();
  using root = temporaryRoot();
  const expectation = await Expectation.learn(pristine.path);
  const random = createRandom(SEED);
  for (let kill = 0; kill < KILLS; kill++) {
    const victim = spawn(process.execPath, [VICTIM, root.path, JSON.stringify(operationsOf(random, OPERATIONS))], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(victim.stdout, 'data');
    await sleep(random() * MAX_LIFE_MS);
    victim.kill('SIGKILL');
    await once(victim, 'close');
    await expectation.check(root.path, `kill ${kill}`, { pullRest: kill % PULL_EVERY === PULL_EVERY - 1 });
  }
});
