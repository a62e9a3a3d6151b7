/**
 * Several clients act on the same few pods and containers at once, leave some of their calls and repeat others, while in every second round daemons are
 * killed or stopped at any moment and started again. Each call has an answer of a defined status and what it says holds; in the end everything can be removed, and nothing is left.
 * RACE_ROUNDS and RACE_SEED choose how many rounds and which (npm run test:races).
 */
import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { createClient } from '#cri';
import { BUSYBOX_IMAGE, eventually, useNode } from '../harness/index.ts';
import { actAsClient } from './races/client.ts';
import type { Round } from './races/client.ts';
import { watchStates } from './races/watch.ts';
import { createWorld } from './races/world.ts';
import { createRandom } from './random-calls/random.ts';
import type { Random } from './random-calls/random.ts';

const node = useNode({ logLevel: 'info' });
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 6);
const FIRST_SEED = Number(process.env['RACE_SEED'] ?? 1);
const CLIENTS = 6;
const CALLS_EACH = 8;
/** Until a daemon ends, from the beginning of the round or of the daemon. */
const LIFE_MAX_MS = 500;
/** Of an operation whose callers have left. */
const SETTLE_TIMEOUT_MS = 90_000;
/** Words of a daemon that has lost something, or its way. */
const BAD_WORDS = /uncaught| stack=|is reserved|not fully|recovery is not complete|could not undo/;

for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
  const restless = seed % 2 === 0;
  test(`${CLIENTS} clients on the same pods${restless ? ', and daemons that die' : ''} (seed ${seed})`, async (t) => {
    const { davit } = node();
    const random = createRandom(seed);
    const logged = davit.log().length;
    await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
    const fate = restless ? new Fate(random) : undefined;
    const round: Round = { world: createWorld(davit, random), up: async () => fate?.up, restless, outcomes: new Map(), faults: [] };
    const seen = await watched(async () => {
      await acted(round, seed, fate);
      await settled();
      await Promise.all([removeEverything(), removeEverything()]);
      await node().assertClean();
    });
    t.diagnostic([...round.outcomes].sort().map(([code, count]) => `${code} ${count}`).join(', '));
    const bad = davit.log().slice(logged).split('\n').filter((line) => BAD_WORDS.test(line));
    assert.deepEqual([...round.faults, ...seen, ...bad], []);
  });
}

/** What must not be and was seen in the lists while `work` went on. */
async function watched(work: () => Promise<void>): Promise<string[]> {
  using client = createClient(node().davit.socket);
  const ended = new AbortController();
  const seen = watchStates(client, ended.signal);
  try {
    await work();
  } finally {
    ended.abort();
    await seen;
  }
  return seen;
}

/** Every client makes its calls, while daemons come and go. */
async function acted(round: Round, seed: number, fate: Fate | undefined): Promise<void> {
  const acting = new AbortController();
  const fates = fate?.rule(acting.signal);
  const clients = Array.from({ length: CLIENTS }, () => createClient(node().davit.socket));
  try {
    await Promise.all(clients.map((client, i) => actAsClient(client, round, createRandom(seed * 1000 + i), CALLS_EACH)));
  } finally {
    acting.abort();
    await fates;
    for (const client of clients) client.close();
  }
}

/** Ends daemons, one way or the other, at random moments. */
class Fate {
  readonly #random: Random;
  #up: Promise<void> = Promise.resolve();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Settles when a daemon answers. */
  get up(): Promise<void> {
    return this.#up;
  }

  async rule(ended: AbortSignal): Promise<void> {
    for (let lives = 1 + this.#random.integer(3); lives > 0 && !ended.aborted; lives--) {
      await delay(this.#random.integer(LIFE_MAX_MS));
      const { davit } = node();
      this.#up = (this.#random.chance(0.75) ? davit.kill9() : davit.stop()).then(() => davit.start());
      await this.#up;
    }
  }
}

/** What callers have begun and left has ended. */
async function settled(): Promise<void> {
  await eventually('the end of every operation', async () => {
    const { info } = await node().davit.client.call('Status', { verbose: true });
    return (JSON.parse(info['config'] ?? '{}') as { operations: unknown[] }).operations.length === 0;
  }, SETTLE_TIMEOUT_MS);
}

/** Every pod at once. */
async function removeEverything(): Promise<void> {
  const { client } = node().davit;
  const { items } = await client.call('ListPodSandbox', {});
  await Promise.all(items.map(({ id }) => client.call('RemovePodSandbox', { podSandboxId: id })));
}
