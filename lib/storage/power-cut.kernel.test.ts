/** Power cuts. `npm run test:crashes -- cuts` plays a hundred, of another seed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syncfs } from '#linux';
import { createRandom, RecordingDisk, type FileSystem } from '../../test/fixtures/disk/index.ts';
import { openStorage, temporaryRoot } from './storage-fixture.ts';
import { EARLY_SYNCS, Expectation, IMAGE_NAMES, operationsOf, perform } from './workload-fixture.ts';

const ROUNDS = Number(process.env['DAVIT_TEST_ROUNDS'] ?? 1);
/** Of the first round: what is done and where the power goes. */
const SEED = Number(process.env['DAVIT_TEST_SEED'] ?? 0);
const DISK_BYTES = 64 * 1024 ** 2;
const OPERATIONS = 10;
const CUTS = 10;

for (const fileSystem of ['ext4'] as FileSystem[]) {
  test(`after a power cut at any point the store opens, what it lists is whole and the rest can be pulled, on ${fileSystem}`, async (t) => {
    using pristine = temporaryRoot();
    const expectation = await Expectation.learn(pristine.path);
    for (let round = SEED; round < SEED + ROUNDS; round++) {
      await using disk = await RecordingDisk.create({ sizeBytes: DISK_BYTES, fileSystem });
      await disk.ask({ kind: 'record' });
      await work(disk, round);
      const length = await disk.ask({ kind: 'length' }) as number;
      const random = createRandom(round);
      for (let cut = 0; cut < CUTS; cut++) {
        const end = Math.floor(random() * (length + 1));
        const what = `round ${round}, power cut before entry ${end} of ${length}`;
        using after = await disk.afterCut(end, round * CUTS + cut);
        const promised = promises(await disk.ask({ kind: 'marksBefore', end }) as string[]);
        const listed = await expectation.check(after.path, what);
        for (const name of IMAGE_NAMES) if (promised[name] !== undefined) assert.equal(listed.includes(name), promised[name], `${what}: image ${name}`);
      }
    }
    t.diagnostic(`${ROUNDS * CUTS} cuts`);
  });
}

/** Pulls and removes, with marks in the log, and now and then a sync of somebody else's. */
async function work(disk: RecordingDisk, seed: number): Promise<void> {
  const random = createRandom(seed + 1000);
  await using storage = await openStorage(disk.path, seed % 2 === 0 ? EARLY_SYNCS : {});
  for (const operation of operationsOf(random, OPERATIONS)) {
    await disk.ask({ kind: 'mark', name: `begin ${operation.kind} ${operation.image}` });
    const performed = perform(storage, operation);
    if (random() < 0.5) await syncfs(disk.path);
    await performed;
    await disk.ask({ kind: 'mark', name: `end ${operation.kind} ${operation.image}` });
  }
}

/** What had been answered when the power went: images that must be there (true) or must not (false). */
function promises(marks: readonly string[]): Record<string, boolean> {
  const promised: Record<string, boolean> = {};
  for (const mark of marks) {
    const [phase, kind, image = ''] = mark.split(' ');
    if (phase === 'end') promised[image] = kind === 'pull';
    else if (promised[image] !== (kind === 'pull')) delete promised[image];
  }
  return promised;
}
